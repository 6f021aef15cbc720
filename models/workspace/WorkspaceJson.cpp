// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceJson.h"

#include <limits>

namespace desk {
namespace {

constexpr int newestFormat = 1;

// Reads members of an object, and remembers the first whose type is wrong.
class Reader
{
public:
    explicit Reader(const QJsonObject &json) : m_json(json) { }

    QString text(const char *name)
    {
        const QJsonValue value = m_json.value(QLatin1String(name));
        note(name, value.isUndefined() || value.isString());
        return value.toString();
    }
    bool flag(const char *name, bool otherwise)
    {
        const QJsonValue value = m_json.value(QLatin1String(name));
        note(name, value.isUndefined() || value.isBool());
        return value.toBool(otherwise);
    }
    int number(const char *name, int otherwise, int least, int most)
    {
        return int(longNumber(name, otherwise, least, most));
    }
    qint64 longNumber(const char *name, qint64 otherwise, qint64 least, qint64 most)
    {
        const QJsonValue value = m_json.value(QLatin1String(name));
        if (value.isUndefined())
            return otherwise;
        const qint64 number = value.toInteger(least - 1);
        note(name, number >= least && number <= most);
        return number;
    }
    QJsonObject object(const char *name)
    {
        const QJsonValue value = m_json.value(QLatin1String(name));
        note(name, value.isUndefined() || value.isObject());
        return value.toObject();
    }
    [[nodiscard]] const QString &wrong() const { return m_wrong; }

private:
    void note(const char *name, bool fine)
    {
        if (!fine && m_wrong.isEmpty())
            m_wrong = QLatin1String(name);
    }

    QJsonObject m_json;
    QString m_wrong;
};

tl::unexpected<Error> wrongValue(const QString &name)
{
    return failure(ErrorCode::Format, QStringLiteral("\"%1\" has no sensible value.").arg(name), {}, name);
}

QJsonObject brokersToJson(const BrokerSettings &brokers)
{
    QJsonObject json{
        {QStringLiteral("embedded"), brokers.embedded},
        {QStringLiteral("bootstrapServers"), brokers.bootstrapServers},
        {QStringLiteral("securityProtocol"), brokers.securityProtocol},
        {QStringLiteral("saslMechanism"), brokers.saslMechanism},
        {QStringLiteral("saslUser"), brokers.saslUser},
        {QStringLiteral("registryUrl"), brokers.registryUrl},
        {QStringLiteral("partitions"), brokers.partitions},
        {QStringLiteral("replicas"), brokers.replicas},
        {QStringLiteral("readOnly"), brokers.readOnly},
    };
    QJsonObject properties;
    for (auto property = brokers.properties.cbegin(); property != brokers.properties.cend(); ++property)
        properties.insert(property.key(), property.value());
    json.insert(QStringLiteral("properties"), properties);
    return json;
}

Expected<BrokerSettings> brokersFromJson(const QJsonObject &json)
{
    Reader reader(json);
    BrokerSettings brokers;
    brokers.embedded = reader.flag("embedded", false);
    brokers.bootstrapServers = reader.text("bootstrapServers");
    brokers.securityProtocol = reader.text("securityProtocol");
    brokers.saslMechanism = reader.text("saslMechanism");
    brokers.saslUser = reader.text("saslUser");
    brokers.registryUrl = reader.text("registryUrl");
    brokers.partitions = reader.number("partitions", brokers.partitions, 1, 10'000);
    brokers.replicas = reader.number("replicas", brokers.replicas, 1, std::numeric_limits<qint16>::max());
    brokers.readOnly = reader.flag("readOnly", false);
    const QJsonObject properties = reader.object("properties");
    for (auto property = properties.begin(); property != properties.end(); ++property)
        brokers.properties.insert(property.key(), property.value().toVariant().toString());
    if (!reader.wrong().isEmpty())
        return wrongValue(QStringLiteral("brokers.") + reader.wrong());
    return brokers;
}

Expected<StreamLogSettings> streamLogFromJson(const QJsonObject &json)
{
    Reader reader(json);
    StreamLogSettings log;
    log.rows = reader.longNumber("rows", log.rows, log.LeastRows, log.MostRows);
    log.mebibytes = reader.longNumber("mebibytes", log.mebibytes, log.LeastMebibytes, log.MostMebibytes);
    if (!reader.wrong().isEmpty())
        return wrongValue(QStringLiteral("streamLog.") + reader.wrong());
    return log;
}

} // namespace

bool isSecretProperty(const QString &name)
{
    for (const char *word : {"password", "secret", "token", "key.pem", "oauthbearer.config", "jaas"}) {
        if (name.contains(QLatin1String(word), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

Expected<QJsonObject> workspaceToJson(const Workspace &workspace)
{
    for (auto property = workspace.brokers.properties.cbegin();
         property != workspace.brokers.properties.cend(); ++property) {
        if (isSecretProperty(property.key())) {
            return failure(
                ErrorCode::InvalidValue,
                QStringLiteral("The broker setting \"%1\" is a secret and cannot be kept in a file. Use the "
                               "password field or the environment.")
                    .arg(property.key()),
                {}, QStringLiteral("brokers"));
        }
    }
    if (!QUrl(workspace.brokers.registryUrl).password().isEmpty()) {
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("The registry's address holds a password, which cannot be kept in a file. Set "
                           "SCHEMA_REGISTRY_URL in the environment instead."),
            {}, QStringLiteral("registryUrl"));
    }
    if (const Expected<> log = checkStreamLog(workspace.streamLog); !log)
        return tl::make_unexpected(log.error());
    return QJsonObject{
        {QStringLiteral("format"), newestFormat},
        {QStringLiteral("name"), workspace.name},
        {QStringLiteral("database"), workspace.database.toUrl()},
        {QStringLiteral("brokers"), brokersToJson(workspace.brokers)},
        {QStringLiteral("entityFolder"), workspace.entityFolder},
        {QStringLiteral("publish"), workspace.publish},
        {QStringLiteral("ingest"), workspace.ingest},
        {QStringLiteral("decoding"), decodingToJson(workspace.decoding)},
        {QStringLiteral("streamLog"),
         QJsonObject{{QStringLiteral("rows"), workspace.streamLog.rows},
                     {QStringLiteral("mebibytes"), workspace.streamLog.mebibytes}}},
    };
}

Expected<Workspace> workspaceFromJson(const QJsonObject &json)
{
    Reader reader(json);
    if (reader.number("format", newestFormat, 1, std::numeric_limits<int>::max()) > newestFormat)
        return failure(ErrorCode::Format,
                       QStringLiteral("It was written by a newer version of this program."));
    Workspace workspace;
    workspace.name = reader.text("name");
    workspace.entityFolder = reader.text("entityFolder");
    workspace.publish = reader.flag("publish", true);
    workspace.ingest = reader.flag("ingest", false);
    const QString address = reader.text("database");
    const QJsonObject brokersJson = reader.object("brokers");
    const QJsonObject decodingJson = reader.object("decoding");
    const QJsonObject streamLogJson = reader.object("streamLog");
    if (!reader.wrong().isEmpty())
        return wrongValue(reader.wrong());
    if (workspace.name.trimmed().isEmpty())
        return wrongValue(QStringLiteral("name"));
    Expected<DatabaseSettings> database = DatabaseSettings::fromUrl(address);
    if (!database)
        return failure(ErrorCode::Format, database.error().sentence, {}, QStringLiteral("database"));
    Expected<BrokerSettings> brokers = brokersFromJson(brokersJson);
    if (!brokers)
        return tl::make_unexpected(brokers.error());
    workspace.database = *std::move(database);
    workspace.database.password.clear(); // a hand-written file may hold one; it is not taken from there
    workspace.brokers = *std::move(brokers);
    Expected<DecodingSettings> decoding = decodingFromJson(decodingJson);
    if (!decoding)
        return tl::make_unexpected(decoding.error());
    workspace.decoding = *std::move(decoding);
    const Expected<StreamLogSettings> streamLog = streamLogFromJson(streamLogJson);
    if (!streamLog)
        return tl::make_unexpected(streamLog.error());
    workspace.streamLog = *streamLog;
    return workspace;
}

} // namespace desk
