// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskApplication.h"
#include "app/desk/DeskOptions.h"
#include "app/desk/KeychainSecretStore.h"
#include "app/desk/QuitSignals.h"
#include "app/desk/Screenshots.h"
#include "app/desk/StartWorkspace.h"
#include "models/schema/ProtobufLog.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

using namespace desk;

namespace {

constexpr int Failed = 1;
constexpr int WrongUse = 2;

int fail(int code, const Error &error)
{
    QTextStream(stderr) << "catalog-desk: " << error.sentence << '\n';
    return code;
}

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int index = 0; index < argc; ++index)
        words.append(QString::fromLocal8Bit(argv[index]));
    return words;
}

// The options are read before there is an application, since drawing into a file needs no display.
int run(int argc, char **argv, const DeskOptions &options)
{
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY")
        || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (options.drawsOnly() && !hasDisplay && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Pictures are made of a fresh sample workspace: the operator's own data stays out of them.
    QTemporaryDir pictureHome;
    if (!options.screenshotSet.isEmpty())
        qputenv("CATALOG_DESK_HOME", pictureHome.path().toLocal8Bit());

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("catalog-desk"));
    QApplication::setApplicationDisplayName(QStringLiteral("Catalog Desk"));
    QApplication::setApplicationVersion(QStringLiteral(CATALOG_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("catalog-desk"));

    const WorkspaceRepository repository = WorkspaceRepository::standard();
    const Expected<Workspace> workspace = startWorkspace(options, repository,
                                                         QProcessEnvironment::systemEnvironment(),
                                                         DeskApplication::rememberedWorkspace(repository));
    if (!workspace)
        return fail(Failed, workspace.error());

    Theme theme(options.theme.value_or(DeskApplication::rememberedTheme(repository)));
    DeskApplication desk(theme, repository, std::make_unique<KeychainSecretStore>());
    const QuitSignals signals;
    QObject::connect(&signals, &QuitSignals::quitRequested, &desk, &DeskApplication::quit);
    Screenshots screenshots(desk, theme);
    if (options.drawsOnly()) {
        desk.setRemembers(false);
        if (options.screenshot.isEmpty())
            screenshots.addSet(options.screenshotSet);
        else
            screenshots.add(options.screenshot, options.size);
        QObject::connect(&desk, &DeskApplication::opened, &screenshots, &Screenshots::start);
        QObject::connect(&screenshots, &Screenshots::finished, &application,
                         [](bool allWritten) { QApplication::exit(allWritten ? 0 : Failed); });
    }
    QTimer::singleShot(0, &desk, [&desk, &workspace, &options] { desk.open(*workspace, options.page); });
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const Expected<CommandLineAnswer> answer = readDeskOptions(wordsOf(argc, argv));
    if (!answer)
        return fail(WrongUse, answer.error());
    if (!answer->output.isEmpty()) {
        QTextStream(stdout) << answer->output;
        return 0;
    }
    logProtobufThroughQt();
    return run(argc, argv, answer->options);
}
