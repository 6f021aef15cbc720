// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/Workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QUrlQuery>

namespace desk {
namespace {

const QStringList sslModes{QStringLiteral("disable"),   QStringLiteral("allow"),
                           QStringLiteral("prefer"),    QStringLiteral("require"),
                           QStringLiteral("verify-ca"), QStringLiteral("verify-full")};

// Sentences never quote the address: it may hold a password.
tl::unexpected<Error> badAddress(const QString &sentence)
{
    return failure(ErrorCode::InvalidValue, sentence, {}, QStringLiteral("database"));
}

Expected<DatabaseSettings> sqliteFromPath(QString path)
{
    // "sqlite:///file" is relative and "sqlite:////file" absolute in the addresses of the older services;
    // "sqlite:file" and "sqlite:/file" are ours.
    if (path.startsWith(QLatin1String("///")))
        path.remove(0, 3);
    else if (path.startsWith(QLatin1String("//")))
        return badAddress(
            QStringLiteral("Write the database file as sqlite:PATH, for example sqlite:/data/shop.db."));
    if (path.isEmpty())
        return badAddress(QStringLiteral("The database address names no file. Write sqlite:PATH."));
    if (path.contains(QChar::Null))
        return badAddress(
            QStringLiteral("The path of the database file holds a character that no path can hold."));
    DatabaseSettings settings;
    settings.kind = DatabaseKind::Sqlite;
    settings.path = path;
    return settings;
}

Expected<DatabaseSettings> postgresFromUrl(const QString &text)
{
    QUrl url(text, QUrl::TolerantMode);
    if (!url.isValid()) {
        return badAddress(
            QStringLiteral("The database address cannot be read. Write "
                           "postgresql://USER:PASSWORD@HOST:PORT/NAME, with %40 for an @ and %2F for a / "
                           "inside the password."));
    }
    const QUrlQuery query(url);
    const auto parameter = [&query](const char *name) {
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    };

    DatabaseSettings settings;
    settings.kind = DatabaseKind::PostgreSql;
    settings.host = url.host(QUrl::FullyDecoded);
    if (settings.host.isEmpty())
        settings.host = parameter("host"); // libpq's way to name a socket folder
    if (settings.host.isEmpty())
        settings.host = QStringLiteral("localhost");
    settings.user = url.userName(QUrl::FullyDecoded);
    if (settings.user.isEmpty())
        settings.user = parameter("user");
    settings.password = url.password(QUrl::FullyDecoded);
    if (settings.password.isEmpty())
        settings.password = parameter("password");

    settings.port = url.port(5432);
    if (const QString port = parameter("port"); !port.isEmpty()) {
        bool ok = false;
        settings.port = port.toInt(&ok);
        if (!ok)
            settings.port = 0;
    }
    if (settings.port < 1 || settings.port > 65535)
        return badAddress(QStringLiteral("The port in the database address is no number from 1 to 65535."));

    settings.name = url.path(QUrl::FullyDecoded).mid(1);
    if (settings.name.isEmpty())
        settings.name = parameter("dbname");
    if (settings.name.isEmpty()) {
        return badAddress(QStringLiteral("The database address names no database. Write "
                                         "postgresql://USER@HOST:PORT/NAME."));
    }
    settings.sslMode = parameter("sslmode");
    if (!settings.sslMode.isEmpty() && !sslModes.contains(settings.sslMode)) {
        return badAddress(QStringLiteral("sslmode in the database address is none of %1.")
                              .arg(sslModes.join(QLatin1String(", "))));
    }
    return settings;
}

} // namespace

Expected<DatabaseSettings> DatabaseSettings::fromUrl(const QString &url)
{
    const QString text = url.trimmed();
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    // "postgresql+psycopg2" and the like: what follows the plus names a Python driver.
    const QString scheme = text.left(qMax(colon, qsizetype(0))).section(QLatin1Char('+'), 0, 0).toLower();
    const QString rest = text.mid(colon + 1);
    if (scheme == QLatin1String("sqlite"))
        return sqliteFromPath(rest);
    if ((scheme == QLatin1String("postgresql") || scheme == QLatin1String("postgres"))
        && rest.startsWith(QLatin1String("//")))
        return postgresFromUrl(QStringLiteral("postgresql:") + rest);
    return badAddress(QStringLiteral("The database address must begin with postgresql:// or sqlite:."));
}

QString DatabaseSettings::toText() const
{
    if (kind == DatabaseKind::Sqlite)
        return QFileInfo(path).fileName();
    QString text = user.isEmpty() ? host : user + QLatin1Char('@') + host;
    if (port != 5432)
        text += QLatin1Char(':') + QString::number(port);
    return text + QLatin1Char('/') + name;
}

QString DatabaseSettings::toUrl() const
{
    if (kind == DatabaseKind::Sqlite)
        return QStringLiteral("sqlite:") + path;
    QUrl url;
    url.setScheme(QStringLiteral("postgresql"));
    QUrlQuery query;
    if (host.startsWith(QLatin1Char('/')))
        query.addQueryItem(QStringLiteral("host"), QString::fromLatin1(QUrl::toPercentEncoding(host)));
    else
        url.setHost(host);
    if (!user.isEmpty())
        url.setUserName(user, QUrl::DecodedMode);
    // QUrl writes no authority for a port alone; the parameter always reads back.
    if (port != 5432 && url.host().isEmpty())
        query.addQueryItem(QStringLiteral("port"), QString::number(port));
    else if (port != 5432)
        url.setPort(port);
    url.setPath(QLatin1Char('/') + name, QUrl::DecodedMode);
    if (!sslMode.isEmpty())
        query.addQueryItem(QStringLiteral("sslmode"), sslMode);
    if (!query.isEmpty())
        url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

QString Workspace::secretKey(const QString &which) const
{
    return (id.isEmpty() ? name : id) + QLatin1Char('/') + which;
}

Expected<> mayWriteTo(const BrokerSettings &brokers)
{
    if (!brokers.readOnly)
        return {};
    return failure(ErrorCode::NotSupported,
                   QStringLiteral("This workspace only reads from its brokers. Take “Only read” off in the "
                                  "workspace (Ctrl+O) to change anything there."));
}

Workspace sampleWorkspace(const QString &dataFolder)
{
    Workspace workspace;
    workspace.name = QStringLiteral("Sample");
    workspace.id = QStringLiteral("sample");
    workspace.database.kind = DatabaseKind::Sqlite;
    workspace.database.path = QDir(dataFolder).filePath(QStringLiteral("sample.db"));
    workspace.brokers.embedded = true;
    workspace.entityFolder = QDir(dataFolder).filePath(QStringLiteral("entities")); // need not exist
    workspace.isSample = true;
    return workspace;
}

} // namespace desk
