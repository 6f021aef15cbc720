// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnText.h"
#include "models/schema/EntityCatalog.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class EntityCatalogTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    void write(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
    }
    static QByteArray entity(const QByteArray &name, const QByteArray &fields,
                             const QByteArray &options = "{}")
    {
        return "syntax = \"proto3\";\nimport \"catalog/options.proto\";\nimport "
               "\"google/protobuf/timestamp.proto\";\nmessage "
            + name + " {\n  option (catalog.entity) = " + options + ";\n" + fields + "\n}\n";
    }

private Q_SLOTS:
    void cleanup()
    {
        const QStringList files = QDir(m_folder.path()).entryList(QDir::Files);
        for (const QString &file : files)
            QFile::remove(m_folder.filePath(file));
    }

    void knowsTheContractsOfTheBuiltInEntities()
    {
        const auto catalog = EntityCatalog::load();
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        QStringList names;
        for (const auto &entity : catalog->entities())
            names.append(entity->name);
        QCOMPARE(names,
                 QStringList({QStringLiteral("product"), QStringLiteral("category"), QStringLiteral("image"),
                              QStringLiteral("todo")}));
        const EntityType &product = *catalog->find(u"product");
        QCOMPARE(product.topics.value(Verb::Add), QStringLiteral("products_add"));
        QCOMPARE(product.topics.value(Verb::List), QStringLiteral("products_list"));
        QCOMPARE(catalog->find(u"category")->topics.value(Verb::Update), QStringLiteral("categories_update"));
        QCOMPARE(catalog->find(u"todo")->topics.value(Verb::Add), QStringLiteral("todos2"));
        QCOMPARE(catalog->find(u"todo")->topics.value(Verb::Delete), QStringLiteral("todos_delete"));
        QCOMPARE(catalog->forTopic(QStringLiteral("images_delete")).entity, catalog->find(u"image"));
        QCOMPARE(catalog->forTopic(QStringLiteral("images_delete")).verb, Verb::Delete);
        const Column &price = product.columns[product.indexOf(u"price")];
        QCOMPARE(price.type, ColumnType::Decimal);
        QCOMPARE(price.scale, 2);
        QVERIFY(price.approximation);
        QCOMPARE(product.columns[product.indexOf(u"category_id")].reference, QStringLiteral("category"));
        QCOMPARE(product.indexOf(u"exact_price"), -1);
    }

    // The player generator's topic is read and filled, but there are no players to keep.
    void knowsMessagesThatAreNoRecords()
    {
        const auto catalog = EntityCatalog::load();
        QVERIFY(catalog->problems().isEmpty());
        QVERIFY(!catalog->find(u"player"));
        QVERIFY(!catalog->require(u"player"));
        const EntityType *player = catalog->findDescribed(u"player");
        QVERIFY(player && player->streamOnly);
        QCOMPARE(*catalog->requireDescribed(u"player"), player);
        QCOMPARE(catalog->forTopic(QStringLiteral("players")).entity, player);
        QCOMPARE(catalog->streamEntities().size(), size_t(1));
        for (const auto &entity : catalog->entities())
            QVERIFY(!entity->streamOnly);
        QCOMPARE(catalog->findDescribed(u"product"), catalog->find(u"product"));
        const QString sentence = catalog->requireDescribed(u"plaier").error().sentence;
        QVERIFY2(sentence.contains("product") && sentence.contains("player"), qPrintable(sentence));
    }

    void ownDescriptionsComeBeforeBuiltInMessages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("options");
        QTest::newRow("records of that name") << "Player"
                                              << "{ topics: { all: \"others\" } }";
        QTest::newRow("records of that topic") << "Footballer"
                                               << "{ topics: { all: \"players\" } }";
        QTest::newRow("messages of that name") << "Player"
                                               << "{ stream_only: true topics: { all: \"players\" } }";
    }
    void ownDescriptionsComeBeforeBuiltInMessages()
    {
        QFETCH(QString, message);
        QFETCH(QString, options);
        write("own.proto",
              entity(message.toUtf8().constData(), "  int32 id = 1;", options.toUtf8().constData()));
        const auto catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType *own = catalog->findDescribed(message.toLower());
        QVERIFY(own);
        QCOMPARE(own->file, QStringLiteral("own.proto"));
        QCOMPARE(catalog->forTopic(own->topics.value(Verb::Add)).entity, own);
        QCOMPARE(catalog->streamEntities().size(), size_t(own->streamOnly ? 1 : 0));
    }

    void warnsOfTwoEntitiesWithOneTopic()
    {
        write("first.proto", entity("First", "  int32 id = 1;", "{ topics: { all: \"things\" } }"));
        write("second.proto", entity("Second", "  int32 id = 1;", "{ topics: { all: \"things\" } }"));
        const auto catalog = EntityCatalog::load(m_folder.path());
        QCOMPARE(catalog->problems().size(), 1);
        const QString text = catalog->problems()[0].toText();
        QVERIFY2(text.startsWith(QStringLiteral("second.proto:4:"))
                     && text.contains(QStringLiteral("things")),
                 qPrintable(text));
        QVERIFY(catalog->find(u"first") && catalog->find(u"second"));
    }

    void makesAnEntityOfAFileInTheFolder()
    {
        write("player.proto",
              entity("Player",
                     "  string id = 1;\n"
                     "  string name = 2 [(catalog.column) = { required: true, max_len: 5, pattern: "
                     "\"[A-Z].*\" }];\n"
                     "  enum Position { FORWARD = 0; GOALKEEPER = 1; }\n"
                     "  Position position = 3;\n"
                     "  message Skill { int32 speed = 1 [(catalog.column) = { lte: \"10\" }]; optional "
                     "double weight = 2; }\n"
                     "  Skill skill = 4;\n"
                     "  repeated string clubs = 5;\n"
                     "  google.protobuf.Timestamp born = 6;\n"
                     "  bytes photo = 7;",
                     "{ plural: \"Players\" topics: { all: \"players\" } encoding: JSON key: \"position\" "
                     "key_lower_case: true }"));
        const auto catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType *player = catalog->find(u"player");
        QVERIFY(player);
        QVERIFY(player->hasTextId());
        QCOMPARE(player->encoding, Encoding::Json);
        QCOMPARE(player->keyColumn, player->indexOf(u"position"));
        QVERIFY(player->keyLowerCase);
        QCOMPARE(player->topics.value(Verb::Delete), QStringLiteral("players"));
        QVERIFY(!catalog->forTopic(QStringLiteral("players")).verb);
        QCOMPARE(player->columns[player->indexOf(u"position")].allowed,
                 QStringList({QStringLiteral("FORWARD"), QStringLiteral("GOALKEEPER")}));
        QVERIFY(player->columns[player->indexOf(u"skill_speed")].nullable);
        QCOMPARE(player->columns[player->indexOf(u"clubs")].type, ColumnType::List);
        QCOMPARE(player->columns[player->indexOf(u"born")].type, ColumnType::Timestamp);
        QCOMPARE(player->displayColumn, player->indexOf(u"name"));

        const Column &name = player->columns[player->indexOf(u"name")];
        QVERIFY(validateValue(name, QStringLiteral("Zoë")));
        QVERIFY(!validateValue(name, QStringLiteral("zoë")));
        QVERIFY(!validateValue(name, QStringLiteral("   ")));
        QVERIFY(!validateValue(name, QStringLiteral("Zoëzoë")));
        QVERIFY(validateValue(name, QStringLiteral("Z👍👍👍👍"))); // five characters, though nine units
        const Column &speed = player->columns[player->indexOf(u"skill_speed")];
        QVERIFY(!validateValue(speed, QVariant::fromValue<qint64>(11)));
    }

    void theWorkspaceSaysWhichNamesAreSensitive()
    {
        write(
            "person.proto",
            "syntax = \"proto3\";\nimport \"catalog/options.proto\";\n"
            "message Part { string first = 1; string last = 2 [(catalog.column) = { sensitive: false }]; }\n"
            "message Person {\n  option (catalog.entity) = { display: \"tax_code\" };\n  int32 id = 1;\n"
            "  string tax_code = 2;\n  string password = 3;\n  string name = 4;\n"
            "  string old_tax_code = 5 [(catalog.column) = { sensitive: false }];\n"
            "  string mail = 6 [(catalog.column) = { sensitive: true }];\n"
            "  Part tax_code_parts = 7;\n}\n");
        const auto sensitive = [&](const EntityCatalog &catalog) {
            QStringList names;
            for (const Column &column : catalog.find(u"person")->columns) {
                if (column.sensitive)
                    names.append(column.name);
            }
            return names.join(u' ');
        };
        const auto usual = EntityCatalog::load(m_folder.path());
        QVERIFY2(usual->problems().isEmpty(), qPrintable(usual->problems().value(0).toText()));
        QCOMPARE(sensitive(*usual), QStringLiteral("password mail"));
        QCOMPARE(usual->find(u"person")->display().name, QStringLiteral("tax_code"));
        QCOMPARE(usual->sensitivePatterns(), SensitiveNames::defaultPatterns());

        const QStringList patterns{QStringLiteral("tax_code")};
        const auto own = EntityCatalog::load(m_folder.path(), patterns);
        QCOMPARE(sensitive(*own), QStringLiteral("tax_code mail tax_code_parts_first tax_code_parts_last"));
        QCOMPARE(own->sensitivePatterns(), patterns);
        // What a record is called by is not one of them.
        QCOMPARE(own->find(u"person")->display().name, QStringLiteral("password"));
    }

    void reportsABrokenFileWithItsPlaceAndGoesOn_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("syntax") << QByteArray("syntax = \"proto3\";\nmessage Broken {\n  int32 id 1;\n}\n")
                                << 3 << "field number";
        QTest::newRow("unknown import")
            << QByteArray("syntax = \"proto3\";\nimport \"nowhere.proto\";\n") << 2 << "nowhere.proto";
        QTest::newRow("unknown type")
            << entity("Broken", "  int32 id = 1;\n  Nothing x = 2;") << 7 << "Nothing";
        QTest::newRow("no id") << entity("Broken", "  string name = 1;") << 4 << "\"id\"";
        QTest::newRow("map") << entity("Broken", "  int32 id = 1;\n  map<string, string> x = 2;") << 7
                             << "map";
        QTest::newRow("repeated message")
            << entity("Broken", "  int32 id = 1;\n  message M {}\n  repeated M x = 2;") << 8
            << "repeated message";
        QTest::newRow("decimal on an int") << entity(
            "Broken", "  int32 id = 1;\n  int32 x = 2 [(catalog.column) = { decimal: { scale: 2 } }];")
                                           << 7 << "decimal";
        QTest::newRow("unknown reference") << entity(
            "Broken", "  int32 id = 1;\n  int32 x = 2 [(catalog.column) = { reference: \"ship\" }];")
                                           << 7 << "ship";
        QTest::newRow("bad pattern") << entity(
            "Broken", "  int32 id = 1;\n  string x = 2 [(catalog.column) = { pattern: \"(\" }];")
                                     << 7 << "regular expression";
        QTest::newRow("bad bound") << entity(
            "Broken", "  int32 id = 1;\n  int32 x = 2 [(catalog.column) = { gte: \"much\" }];")
                                   << 7 << "much";
        QTest::newRow("own column") << entity("Broken", "  int32 id = 1;\n  int32 version = 2;") << 7
                                    << "version";
        QTest::newRow("taken name") << entity("Product", "  int32 id = 1;") << 4 << "already";
        QTest::newRow("taken table") << entity("Broken", "  int32 id = 1;", "{ table: \"product\" }") << 4
                                     << "product";
        QTest::newRow("injection") << entity("Broken", "  int32 id = 1;",
                                             "{ table: \"x; drop table product\" }")
                                   << 4 << "table name";
        QTest::newRow("word of SQL") << entity("Broken", "  int32 id = 1;\n  string when = 2;") << 7
                                     << "name: \"broken_when\"";
        QTest::newRow("system column")
            << entity("Broken", "  int32 id = 1;\n  string ctid = 2;") << 7 << "ctid";
        QTest::newRow("table of a word")
            << entity("Broken", "  int32 id = 1;", "{ table: \"order\" }") << 4 << "order";
        QTest::newRow("system table")
            << entity("Broken", "  int32 id = 1;", "{ table: \"pg_class\" }") << 4 << "pg_class";
        QTest::newRow("recursion") << entity("Broken", "  int32 id = 1;\n  Broken inner = 2;") << 7 << "nest";
        QTest::newRow("not UTF-8") << QByteArray("syntax = \"proto3\";\n// \xff\xfe\n") << 0 << "UTF-8";
    }
    void reportsABrokenFileWithItsPlaceAndGoesOn()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, line);
        QFETCH(QString, words);
        write("broken.proto", content);
        write("fine.proto", entity("Fine", "  int32 id = 1;"));
        const auto catalog = EntityCatalog::load(m_folder.path());
        QVERIFY(!catalog->problems().isEmpty());
        QStringList texts;
        for (const SchemaProblem &problem : catalog->problems())
            texts.append(problem.toText());
        const QString all = texts.join(u'\n');
        QVERIFY2(all.contains(words), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("broken.proto")), qPrintable(all));
        if (line > 0)
            QVERIFY2(all.contains(QStringLiteral("broken.proto:%1:").arg(line)), qPrintable(all));
        QVERIFY(catalog->find(u"product"));
        QVERIFY(catalog->find(u"fine"));
        QVERIFY(!catalog->find(u"broken"));
    }
};

QTEST_GUILESS_MAIN(EntityCatalogTest)
#include "EntityCatalogTest.moc"
