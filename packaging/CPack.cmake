# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is installed where, and the Debian package made of it (cpack -G DEB in a release build, or
# "./dev package"). Included by the top CMakeLists.txt when every target is known.
set(CMAKE_INSTALL_DOCDIR share/doc/catalog-desk) # the package's name, where the units look for the manual
include(GNUInstallDirs)

foreach(program catalog-desk catalogctl)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()

set(packaging ${PROJECT_SOURCE_DIR}/packaging)
install(FILES ${packaging}/catalog-desk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${packaging}/org.catalogdesk.CatalogDesk.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/catalog-desk.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES
    ${packaging}/catalog-relay@.service
    ${packaging}/catalog-ingest@.service
    ${packaging}/catalog-journal-prune@.service
    ${packaging}/catalog-journal-prune@.timer
    DESTINATION lib/systemd/system)
# For people who describe entities of their own.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/proto/catalog
    DESTINATION ${CMAKE_INSTALL_DATADIR}/catalog-desk/proto FILES_MATCHING PATTERN "*.proto")
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(FILES
    ${PROJECT_SOURCE_DIR}/docs/architecture.md
    ${PROJECT_SOURCE_DIR}/docs/connect.md
    ${PROJECT_SOURCE_DIR}/docs/deployment.md
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
# To be copied and changed: for Kafka Connect and for Prometheus.
install(DIRECTORY ${packaging}/connect ${packaging}/prometheus DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME catalog-desk)
set(CPACK_PACKAGE_VENDOR "The Catalog Desk authors")
set(CPACK_PACKAGE_CONTACT "The Catalog Desk authors <catalog-desk@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "edit a shop's catalog and watch its events arrive")
set(CPACK_PACKAGE_DESCRIPTION
    "Catalog Desk edits products, categories, images and todos in PostgreSQL (or offline in SQLite),
publishes every committed change to Kafka, and shows the events as they arrive. catalogctl is the same
core without a window, for scripts and services.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Plugins, which no library dependency names.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-psql, libqt6sql6-sqlite, libqt6svg6, qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-jetbrains-mono, gnome-keyring | kwalletmanager, qt6-image-formats-plugins")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
include(CPack)
