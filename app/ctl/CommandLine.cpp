// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CommandLine.h"

#include <QCommandLineParser>

#include <algorithm>

namespace desk::ctl {
namespace {

const QList<Option> &globalOptions()
{
    static const QList<Option> options{
        {QStringLiteral("workspace"), QStringLiteral("NAME"),
         QStringLiteral("use the connections of this workspace")},
        {QStringLiteral("database"), QStringLiteral("URL"),
         QStringLiteral("postgresql://USER@HOST:PORT/NAME or sqlite:PATH")},
        {QStringLiteral("brokers"), QStringLiteral("LIST"),
         QStringLiteral("HOST:PORT,HOST:PORT or embedded")},
        {QStringLiteral("registry"), QStringLiteral("URL"), QStringLiteral("address of the schema registry")},
        {QStringLiteral("entities"), QStringLiteral("DIR"),
         QStringLiteral("folder with further .proto files")},
        {QStringLiteral("env-file"), QStringLiteral("FILE"),
         QStringLiteral("read settings from NAME=VALUE lines")},
        {QStringLiteral("json"), {}, QStringLiteral("one JSON object per line instead of text")},
        {QStringLiteral("verbose"), {}, QStringLiteral("say more on stderr when something goes wrong")},
        {QStringLiteral("help"), {}, QStringLiteral("show this help (after a command: that command's)")},
        {QStringLiteral("version"), {}, QStringLiteral("show the version")},
    };
    return options;
}

const Command *findCommand(const QList<Command> &commands, const QString &name)
{
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command &command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

// The first word that is neither an option nor the value of one; which options there are further on
// depends on it.
QString commandWord(const QStringList &words)
{
    for (qsizetype index = 0; index < words.size(); ++index) {
        const QString &word = words[index];
        if (word == QLatin1String("--"))
            return words.value(index + 1);
        if (!word.startsWith(QLatin1Char('-')) || word.size() == 1)
            return word;
        for (const Option &option : globalOptions()) {
            if (!option.value.isEmpty() && word == QLatin1String("--") + option.name)
                ++index;
        }
    }
    return {};
}

QString parserSentence(const QCommandLineParser &parser)
{
    const QStringList unknown = parser.unknownOptionNames();
    if (!unknown.isEmpty() && unknown.constFirst().at(0).isDigit())
        return QStringLiteral("-%1 looks like an option; write -- before values that begin with a minus.")
            .arg(unknown.constFirst());
    if (!unknown.isEmpty())
        return QStringLiteral("There is no option --%1 here.").arg(unknown.constFirst());
    return parser.errorText();
}

QString columns(const QList<std::pair<QString, QString>> &rows)
{
    qsizetype width = 0;
    for (const auto &row : rows)
        width = qMax(width, row.first.size());
    QString text;
    for (const auto &row : rows)
        text += QStringLiteral("  ") + row.first.leftJustified(width + 3) + row.second + QLatin1Char('\n');
    return text;
}

QString optionHelp(const QList<Option> &options)
{
    QList<std::pair<QString, QString>> rows;
    for (const Option &option : options)
        rows.append({(QLatin1String("--") + option.name + QLatin1Char(' ') + option.value).trimmed(),
                     option.description});
    return columns(rows);
}

} // namespace

tl::expected<CommandLine, QString> readCommandLine(const QStringList &words, const QList<Command> &commands)
{
    CommandLine line;
    line.command = commandWord(words);
    const bool asksForHelp = line.command == QLatin1String("help");
    const Command *command = findCommand(commands, line.command);
    if (!command && !asksForHelp && !line.command.isEmpty())
        return tl::make_unexpected(QStringLiteral("There is no command \"%1\".").arg(line.command));

    QList<Option> options = command ? command->options : QList<Option>();
    for (const Option &option : globalOptions()) {
        if (!command || !command->hasOption(option.name)) // "set --version 3" means another version
            options.append(option);
    }
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    for (const Option &option : std::as_const(options)) {
        QStringList names{option.name};
        if (option.name == QLatin1String("help"))
            names.append(QStringLiteral("h"));
        parser.addOption(QCommandLineOption(names, option.description, option.value));
    }
    const bool isParsed = parser.parse(QStringList{QStringLiteral("catalogctl")} + words);
    line.arguments = parser.positionalArguments();
    if (!line.arguments.isEmpty())
        line.arguments.removeFirst();
    for (const Option &option : std::as_const(options)) {
        if (parser.isSet(option.name))
            line.options.insert(option.name,
                                option.value.isEmpty() ? QStringList{QString()} : parser.values(option.name));
    }
    line.wantsHelp = line.isSet(QStringLiteral("help")) || asksForHelp;
    line.wantsVersion = line.isSet(QStringLiteral("version")) && !(command && command->hasOption(u"version"));
    if (asksForHelp)
        line.command = line.arguments.value(0);
    if (asksForHelp && !line.command.isEmpty() && !findCommand(commands, line.command))
        return tl::make_unexpected(QStringLiteral("There is no command \"%1\".").arg(line.command));
    if (!isParsed)
        return tl::make_unexpected(parserSentence(parser));
    if (line.wantsHelp || line.wantsVersion)
        return line;
    if (!command)
        return tl::make_unexpected(QStringLiteral("Which command?"));
    if (line.arguments.size() < command->minimumArguments)
        return tl::make_unexpected(
            QStringLiteral("%1 needs more: %2.").arg(command->name, command->arguments));
    if (command->maximumArguments >= 0 && line.arguments.size() > command->maximumArguments) {
        return tl::make_unexpected(QStringLiteral("\"%1\" is too much for %2.")
                                       .arg(line.arguments[command->maximumArguments], command->name));
    }
    return line;
}

QString generalHelp(const QList<Command> &commands)
{
    QList<std::pair<QString, QString>> rows;
    for (const Command &command : commands)
        rows.append({command.name, command.summary});
    return QStringLiteral(R"(Usage: catalogctl COMMAND … [OPTIONS]

Edits the shop's catalog from scripts: the same as the window, without one.

Commands:
%1
Options:
%2
Without --workspace or --database, the environment says where to work: DATABASE_URL (or DATABASE_HOST,
DATABASE, DATABASE_USER, DATABASE_PASSWORD; or POSTGRES_HOST, …), BOOTSTRAP_SERVERS, SECURITY_PROTOCOL,
SASL_MECHANISM, SASL_USERNAME, SASL_PASSWORD, TOPICS_PARTITIONS, TOPICS_REPLICAS, SCHEMA_REGISTRY_URL. If it
names no database either, the sample workspace is used. A workspace that is named takes only passwords from
the environment. Passwords are asked for on a terminal when they are missing.

Exit status: 0 done, 1 failed (a sentence on stderr says why), 2 wrong use; 78 if relay or ingest cannot begin with
these settings.
)")
        .arg(columns(rows), optionHelp(globalOptions()));
}

QString helpFor(const Command &command)
{
    QString text = QStringLiteral("Usage: catalogctl %1").arg(command.name);
    if (!command.arguments.isEmpty())
        text += QLatin1Char(' ') + command.arguments;
    text += QStringLiteral(" [OPTIONS]\n\n%1\n").arg(command.summary);
    if (!command.details.isEmpty())
        text += QLatin1Char('\n') + command.details.trimmed() + QLatin1Char('\n');
    if (!command.options.isEmpty())
        text += QStringLiteral("\nOptions of this command:\n") + optionHelp(command.options);
    return text + QStringLiteral("\nOptions of every command: see \"catalogctl --help\".\n");
}

} // namespace desk::ctl
