// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskOptions.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace desk {

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        text("Edit a shop's catalog and watch every edit become an event.\n"
             "Without options it opens the workspace that was open last, at first "
             "the sample workspace, which needs no server."));
    parser.addOptions({
        {text("workspace"), text("Open the workspace NAME."), text("NAME")},
        {text("database"), text("Use the database postgresql://… or sqlite:PATH."), text("URL")},
        {text("brokers"), text("Publish to these brokers, host:port,…, or \"embedded\"."), text("LIST")},
        {text("registry"), text("Use the schema registry at URL."), text("URL")},
        {text("entities"), text("Read further entities from the .proto files in DIR."), text("DIR")},
        {text("env-file"), text("Read settings from a .env file."), text("FILE")},
        {text("theme"), text("light, dark or system."), text("MODE")},
        {text("page"), text("Open on this page: an entity's name, topics, groups or journal."), text("PAGE")},
        {text("screenshot"), text("Draw the window into a PNG file and exit."), text("FILE")},
        {text("screenshot-set"),
         text("Draw the documentation's pictures of a fresh sample workspace and exit."), text("FOLDER")},
        {text("size"), text("The window's size for --screenshot, 1280x800 if not given."), text("WxH")},
    });
}

Expected<std::optional<Theme::Mode>> themeFromText(const QString &name)
{
    if (name.isEmpty())
        return std::optional<Theme::Mode>();
    if (name == QLatin1String("light"))
        return Theme::Mode::Light;
    if (name == QLatin1String("dark"))
        return Theme::Mode::Dark;
    if (name == QLatin1String("system"))
        return Theme::Mode::System;
    return failure(ErrorCode::InvalidValue,
                   QStringLiteral("--theme is light, dark or system, not \"%1\".").arg(name));
}

Expected<QSize> sizeFromText(const QString &words)
{
    static const QRegularExpression form(QStringLiteral("\\A(\\d{3,5})x(\\d{3,5})\\z"));
    const QRegularExpressionMatch match = form.match(words);
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || size.width() < 800 || size.height() < 500 || size.width() > 8192
        || size.height() > 8192)
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("--size is WIDTHxHEIGHT from 800x500 to 8192x8192, not \"%1\".").arg(words));
    return size;
}

} // namespace

Expected<CommandLineAnswer> readDeskOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    if (!parser.parse(arguments))
        return failure(ErrorCode::InvalidValue, parser.errorText());
    if (!parser.positionalArguments().isEmpty()) {
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("\"%1\" is no option; see --help.")
                           .arg(parser.positionalArguments().constFirst()));
    }
    CommandLineAnswer answer;
    if (parser.isSet(help)) {
        answer.output = parser.helpText();
        return answer;
    }
    if (parser.isSet(version)) {
        answer.output = QStringLiteral("catalog-desk %1\n").arg(QStringLiteral(CATALOG_VERSION));
        return answer;
    }
    DeskOptions &options = answer.options;
    options.workspace = parser.value(text("workspace"));
    options.databaseUrl = parser.value(text("database"));
    options.brokers = parser.value(text("brokers"));
    options.registryUrl = parser.value(text("registry"));
    options.entityFolder = parser.value(text("entities"));
    options.environmentFile = parser.value(text("env-file"));
    options.page = parser.value(text("page"));
    options.screenshot = parser.value(text("screenshot"));
    options.screenshotSet = parser.value(text("screenshot-set"));
    const Expected<std::optional<Theme::Mode>> theme = themeFromText(parser.value(text("theme")));
    if (!theme)
        return tl::make_unexpected(theme.error());
    options.theme = *theme;
    if (parser.isSet(text("size"))) {
        const Expected<QSize> size = sizeFromText(parser.value(text("size")));
        if (!size)
            return tl::make_unexpected(size.error());
        options.size = *size;
    }
    return answer;
}

} // namespace desk
