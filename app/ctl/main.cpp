// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"

#include "models/transfer/Utf8Text.h"
#include "models/schema/ProtobufLog.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace desk::ctl {
namespace {

// Qt reads arguments and file names by the locale, and complains about one that is not UTF-8, as
// services often have.
void useUtf8Locale()
{
    setlocale(LC_ALL, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setenv("LC_ALL", "C.UTF-8", 1);
}

// Index of the first argument that is no UTF-8, or 0.
int firstBrokenArgument(int count, char **arguments)
{
    for (int index = 1; index < count; ++index) {
        if (firstMalformedByte(QByteArrayView(arguments[index], qsizetype(strlen(arguments[index])))) >= 0)
            return index;
    }
    return 0;
}

// Qt's PostgreSQL driver complains of statements that went with their connection or transaction; why that
// is gone has been said.
void passOnMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (!text.startsWith(QLatin1String("Unable to free statement")))
        fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
    if (type == QtFatalMsg)
        abort();
}

ExitCode runCommand(const Command &command, const CommandLine &line)
{
    Output output(line.isSet(QStringLiteral("json")) ? Format::Json : Format::Text);
    Session session(command, line, output);
    if (const Expected<> begun = session.begin(); !begun)
        return session.failToStart(begun.error());
    const ExitCode code = command.run(session);
    output.flush();
    if (code == ExitCode::Done && !output.isIntact()) {
        output.problem(QStringLiteral("Not everything could be written to the output."));
        return ExitCode::Failed;
    }
    return code;
}

ExitCode run(const QStringList &words)
{
    const QList<Command> commands = allCommands();
    const tl::expected<CommandLine, QString> line = readCommandLine(words, commands);
    Output output(Format::Text);
    if (!line) {
        output.problem(line.error() + QStringLiteral(" See \"catalogctl --help\"."));
        return ExitCode::WrongUse;
    }
    if (line->wantsVersion) {
        output.line(QStringLiteral("catalogctl " CATALOG_VERSION));
        return ExitCode::Done;
    }
    for (const Command &command : commands) {
        if (command.name != line->command)
            continue;
        if (!line->wantsHelp)
            return runCommand(command, *line);
        output.line(helpFor(command).chopped(1));
        return ExitCode::Done;
    }
    output.line(generalHelp(commands).chopped(1));
    return ExitCode::Done;
}

} // namespace
} // namespace desk::ctl

int main(int count, char **arguments)
{
    using namespace desk::ctl;
    useUtf8Locale();
    desk::logProtobufThroughQt();
    if (const int broken = firstBrokenArgument(count, arguments); broken > 0) {
        Output(Format::Text).problem(QStringLiteral("Argument %1 is no UTF-8 text.").arg(broken));
        return int(ExitCode::WrongUse);
    }
    QCoreApplication application(count, arguments);
    QCoreApplication::setApplicationName(QStringLiteral("catalogctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CATALOG_VERSION));
    // The sentences say what went wrong; the libraries' log would say it twice.
    if (!QCoreApplication::arguments().contains(QLatin1String("--verbose")))
        QLoggingCategory::setFilterRules(QStringLiteral("catalog.*=false"));
    qInstallMessageHandler(passOnMessage);
    qSetMessagePattern(QStringLiteral("catalogctl: %{if-category}%{category}: %{endif}%{message}"));
    return int(run(QCoreApplication::arguments().mid(1)));
}
