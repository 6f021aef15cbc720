// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/EnvironmentSettings.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStringDecoder>

#include <initializer_list>
#include <limits>
#include <optional>

namespace desk {
namespace {

constexpr qint64 maximumBytes = 1024 * 1024;

// A variable's name, and its value in the environment.
struct Setting {
    QString name;
    QString value;
};

// The first of the names that is set to something. A variable set to nothing counts as not set: compose
// files pass every name on, empty where the host has none.
std::optional<Setting> firstOf(const QProcessEnvironment &environment,
                               std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const QString value = environment.value(QLatin1String(name));
        if (!value.trimmed().isEmpty())
            return Setting{QLatin1String(name), value};
    }
    return {};
}

// The value is not quoted: it may be a password put under the wrong name.
tl::unexpected<Error> wrongVariable(const Setting &setting, const QString &sentence)
{
    return failure(ErrorCode::InvalidValue, QStringLiteral("%1: %2").arg(setting.name, sentence), {},
                   setting.name);
}

Expected<> readNumber(const std::optional<Setting> &setting, int most, int &number)
{
    if (!setting)
        return {};
    bool ok = false;
    const int value = setting->value.trimmed().toInt(&ok);
    if (!ok || value < 1 || value > most)
        return wrongVariable(*setting, QStringLiteral("This must be a whole number from 1 to %1.").arg(most));
    number = value;
    return {};
}

Expected<> readWord(const std::optional<Setting> &setting, const QStringList &allowed, QString &word)
{
    if (!setting)
        return {};
    const QString value = setting->value.trimmed().toUpper();
    if (!allowed.contains(value))
        return wrongVariable(
            *setting, QStringLiteral("This must be one of %1.").arg(allowed.join(QLatin1String(", "))));
    word = value;
    return {};
}

// True if the database was named here.
Expected<bool> readDatabase(const QProcessEnvironment &environment, DatabaseSettings &database)
{
    const auto password = firstOf(environment, {"DATABASE_PASSWORD", "POSTGRES_PASSWORD"});
    const auto url = firstOf(environment, {"DATABASE_URL"});
    if (url) {
        Expected<DatabaseSettings> fromUrl = DatabaseSettings::fromUrl(url->value);
        if (!fromUrl)
            return wrongVariable(*url, fromUrl.error().sentence);
        database = *std::move(fromUrl);
        if (password && database.password.isEmpty())
            database.password = password->value;
        return true;
    }

    const auto host = firstOf(environment, {"DATABASE_HOST", "POSTGRES_HOST"});
    const auto name = firstOf(environment, {"DATABASE", "POSTGRES_DB"});
    // A user or port alone cannot turn a file into a server.
    const bool isNamed = host || name;
    if (isNamed && database.kind == DatabaseKind::Sqlite) {
        database = DatabaseSettings{};
        database.kind = DatabaseKind::PostgreSql;
        database.host = QStringLiteral("localhost");
    }
    if (database.kind != DatabaseKind::PostgreSql)
        return false;
    if (host)
        database.host = host->value.trimmed();
    if (name)
        database.name = name->value.trimmed();
    if (const auto user = firstOf(environment, {"DATABASE_USER", "POSTGRES_USER"}))
        database.user = user->value.trimmed();
    if (database.name.isEmpty())
        database.name = database.user; // as PostgreSQL itself does
    if (password)
        database.password = password->value;
    const Expected<> port = readNumber(firstOf(environment, {"DATABASE_PORT", "POSTGRES_PORT"}), 65535,
                                       database.port);
    if (!port)
        return tl::make_unexpected(port.error());
    return isNamed;
}

// "host" or "host:port", several with commas; a host without a port gets Kafka's usual one.
QString withPorts(const QString &servers)
{
    QStringList complete;
    for (const QString &part : servers.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString server = part.trimmed();
        static const QRegularExpression port(QStringLiteral(":[0-9]+\\z"));
        complete.append(port.match(server).hasMatch() ? server : server + QStringLiteral(":9092"));
    }
    return complete.join(QLatin1Char(','));
}

Expected<bool> readBrokers(const QProcessEnvironment &environment, BrokerSettings &brokers)
{
    const auto servers = firstOf(environment, {"BOOTSTRAP_SERVERS", "BOOTSTRAP_SERVER", "KAFKA_HOST"});
    if (servers) {
        brokers.embedded = servers->value.trimmed() == QLatin1String("embedded");
        brokers.bootstrapServers = brokers.embedded ? QString() : withPorts(servers->value);
    }
    const QStringList protocols{QStringLiteral("PLAINTEXT"), QStringLiteral("SSL"),
                                QStringLiteral("SASL_PLAINTEXT"), QStringLiteral("SASL_SSL")};
    const QStringList mechanisms{QStringLiteral("PLAIN"), QStringLiteral("SCRAM-SHA-256"),
                                 QStringLiteral("SCRAM-SHA-512"), QStringLiteral("OAUTHBEARER")};
    Expected<> read = readWord(firstOf(environment, {"SECURITY_PROTOCOL"}), protocols,
                               brokers.securityProtocol);
    if (read)
        read = readWord(firstOf(environment, {"SASL_MECHANISM", "SASL_MECHANISMS"}), mechanisms,
                        brokers.saslMechanism);
    if (read)
        read = readNumber(firstOf(environment, {"TOPICS_PARTITIONS"}), 10'000, brokers.partitions);
    if (read) {
        read = readNumber(firstOf(environment, {"TOPICS_REPLICAS"}), std::numeric_limits<qint16>::max(),
                          brokers.replicas);
    }
    if (!read)
        return tl::make_unexpected(read.error());
    if (const auto user = firstOf(environment, {"SASL_USERNAME"}))
        brokers.saslUser = user->value;
    if (const auto password = firstOf(environment, {"SASL_PASSWORD"}))
        brokers.saslPassword = password->value;
    if (const auto registry = firstOf(environment, {"SCHEMA_REGISTRY_URL"})) {
        const QUrl url(registry->value.trimmed());
        if (!url.isValid() || !url.scheme().startsWith(QLatin1String("http")) || url.host().isEmpty())
            return wrongVariable(*registry, QStringLiteral("This must be an address like http://HOST:PORT."));
        brokers.registryUrl = registry->value.trimmed();
    }
    return servers.has_value();
}

// What stands after the "=": a quoted or a bare value, perhaps with a comment behind it. Empty: neither.
std::optional<QString> valueOf(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QChar quote = trimmed.isEmpty() ? QChar() : trimmed.front();
    if (quote != QLatin1Char('"') && quote != QLatin1Char('\'')) {
        static const QRegularExpression comment(QStringLiteral("(\\A|\\s)#.*\\z"));
        return QString(trimmed).remove(comment).trimmed();
    }
    QString value;
    qsizetype at = 1;
    for (; at < trimmed.size() && trimmed[at] != quote; ++at) {
        if (trimmed[at] == QLatin1Char('\\') && quote == QLatin1Char('"') && at + 1 < trimmed.size()) {
            const QChar escaped = trimmed[++at];
            value += escaped == QLatin1Char('n') ? QLatin1Char('\n')
                : escaped == QLatin1Char('t')    ? QLatin1Char('\t')
                                                 : escaped;
        } else {
            value += trimmed[at];
        }
    }
    const QString rest = trimmed.mid(at + 1).trimmed();
    if (at >= trimmed.size() || !(rest.isEmpty() || rest.startsWith(QLatin1Char('#'))))
        return {};
    return value;
}

} // namespace

Expected<Workspace> withEnvironment(Workspace workspace, const QProcessEnvironment &environment)
{
    const Expected<bool> namesDatabase = readDatabase(environment, workspace.database);
    if (!namesDatabase)
        return tl::make_unexpected(namesDatabase.error());
    const Expected<bool> namesBrokers = readBrokers(environment, workspace.brokers);
    if (!namesBrokers)
        return tl::make_unexpected(namesBrokers.error());
    if (*namesDatabase || *namesBrokers)
        workspace.isSample = false; // the sample's promise, "needs no server", no longer holds
    return workspace;
}

Workspace withPasswords(Workspace workspace, const QProcessEnvironment &environment)
{
    const auto database = firstOf(environment, {"DATABASE_PASSWORD", "POSTGRES_PASSWORD"});
    if (database && workspace.database.kind == DatabaseKind::PostgreSql
        && workspace.database.password.isEmpty())
        workspace.database.password = database->value;
    const auto brokers = firstOf(environment, {"SASL_PASSWORD"});
    if (brokers && workspace.brokers.saslPassword.isEmpty())
        workspace.brokers.saslPassword = brokers->value;
    return workspace;
}

Expected<QProcessEnvironment> readEnvironmentFile(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(file.exists() ? ErrorCode::NoAccess : ErrorCode::NotFound,
                       QStringLiteral("%1 cannot be read: %2.").arg(shown, file.errorString()));
    }
    if (file.size() > maximumBytes)
        return failure(ErrorCode::Format,
                       QStringLiteral("%1 is too large for a file of settings.").arg(shown));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(file.readAll());
    if (decoder.hasError())
        return failure(ErrorCode::Format, QStringLiteral("%1 is no UTF-8 text.").arg(shown));

    QProcessEnvironment environment;
    int number = 0;
    for (const QString &whole : text.split(QLatin1Char('\n'))) {
        ++number;
        const QString line = whole.trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        static const QRegularExpression assignment(
            QStringLiteral("\\A(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)\\z"));
        const QRegularExpressionMatch match = assignment.match(line);
        const std::optional<QString> value = match.hasMatch() ? valueOf(match.captured(2)) : std::nullopt;
        if (!value) {
            return failure(ErrorCode::Format,
                           QStringLiteral("%1:%2: This line is no NAME=VALUE, or its quote is not closed.")
                               .arg(shown)
                               .arg(number));
        }
        environment.insert(match.captured(1), *value);
    }
    return environment;
}

} // namespace desk
