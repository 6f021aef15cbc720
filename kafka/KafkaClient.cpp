// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/KafkaClient.h"

#include <algorithm>
#include <array>
#include <future>
#include <thread>

namespace desk {

Q_LOGGING_CATEGORY(kafkaLog, "catalog.kafka", QtWarningMsg)

namespace {

using namespace std::chrono_literals;

struct ConfigurationDeleter {
    void operator()(rd_kafka_conf_t *configuration) const { rd_kafka_conf_destroy(configuration); }
};
using Configuration = std::unique_ptr<rd_kafka_conf_t, ConfigurationDeleter>;

// Runs on librdkafka's threads.
void logMessage(const rd_kafka_t *, int level, const char *facility, const char *text)
{
    constexpr int Critical = 2; // syslog's numbers
    constexpr int Warning = 4;
    constexpr int Information = 6;
    // A broker that is away is told to the operator in a sentence; the log repeats it for each attempt. A
    // producer that ends early leaves its messages to the next one.
    static constexpr std::array<const char *, 4> Routine{"FAIL", "CONFWARN", "TERMINATE", "GETPID"};
    const bool isRoutine = std::any_of(Routine.begin(), Routine.end(),
                                       [facility](const char *name) { return qstrcmp(facility, name) == 0; });
    if (level <= Critical)
        qCCritical(kafkaLog, "%s: %s", facility, text);
    else if (level <= Warning && !isRoutine)
        qCWarning(kafkaLog, "%s: %s", facility, text);
    else if (level <= Information)
        qCInfo(kafkaLog, "%s: %s", facility, text);
    else
        qCDebug(kafkaLog, "%s: %s", facility, text);
}

QMap<QString, QString> connectionProperties(const BrokerSettings &settings)
{
    QMap<QString, QString> properties{
        {"bootstrap.servers", settings.bootstrapServers},
        {"client.id", "catalog-desk"},
        {"client.software.name", "catalog-desk"},
        {"socket.keepalive.enable", "true"},
        {"log.connection.close", "false"},
        // A broker that comes back is found within two seconds.
        {"reconnect.backoff.ms", "100"},
        {"reconnect.backoff.max.ms", "2000"},
        {"socket.connection.setup.timeout.ms", "10000"},
        // Topics are created with the workspace's partitions, never by asking for them. The embedded
        // broker knows no other way.
        {"allow.auto.create.topics", settings.embedded ? "true" : "false"},
    };
    QString protocol = settings.securityProtocol;
    if (protocol.isEmpty() && !settings.saslMechanism.isEmpty())
        protocol = "SASL_SSL";
    if (!protocol.isEmpty())
        properties["security.protocol"] = protocol.toLower();
    if (protocol.startsWith(QLatin1String("SASL"), Qt::CaseInsensitive)) {
        properties["sasl.mechanisms"] = settings.saslMechanism.isEmpty() ? "PLAIN" : settings.saslMechanism;
        if (!settings.saslUser.isEmpty())
            properties["sasl.username"] = settings.saslUser;
        if (!settings.saslPassword.isEmpty())
            properties["sasl.password"] = settings.saslPassword;
    }
    return properties;
}

Expected<> setProperties(rd_kafka_conf_t *configuration, const QMap<QString, QString> &properties)
{
    std::array<char, 512> reason{};
    for (auto property = properties.cbegin(); property != properties.cend(); ++property) {
        const auto result = rd_kafka_conf_set(configuration, property.key().toUtf8().constData(),
                                              property.value().toUtf8().constData(), reason.data(),
                                              reason.size());
        if (result == RD_KAFKA_CONF_UNKNOWN)
            return failure(ErrorCode::InvalidValue,
                           QStringLiteral("There is no Kafka setting called “%1”.").arg(property.key()), {},
                           property.key());
        // The library's reason repeats the value, which may be a password.
        if (result != RD_KAFKA_CONF_OK)
            return failure(
                ErrorCode::InvalidValue,
                QStringLiteral("The Kafka setting “%1” cannot have this value.").arg(property.key()), {},
                property.key());
    }
    return {};
}

Expected<ClientHandle> makeClient(rd_kafka_type_t type, Configuration configuration)
{
    std::array<char, 512> reason{};
    rd_kafka_t *client = rd_kafka_new(type, configuration.get(), reason.data(), reason.size());
    if (!client)
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("The Kafka settings do not fit together: %1")
                           .arg(QString::fromUtf8(reason.data())));
    static_cast<void>(configuration.release()); // the client has taken it
    return ClientHandle(client);
}

} // namespace

void ClientDeleter::operator()(rd_kafka_t *client) const
{
    std::packaged_task<void()> task([client] { rd_kafka_destroy(client); });
    const std::future<void> done = task.get_future();
    std::thread thread(std::move(task));
    if (done.wait_for(500ms) == std::future_status::ready)
        thread.join();
    else
        thread.detach();
}

Expected<ClientHandle> openClient(rd_kafka_type_t type, const BrokerSettings &settings,
                                  const ClientProperties &properties,
                                  const std::function<void(rd_kafka_conf_t *)> &tune)
{
    if (settings.bootstrapServers.isEmpty()) {
        return failure(ErrorCode::Unreachable,
                       settings.embedded ? QStringLiteral("The in-process broker has not been started.")
                                         : QStringLiteral("This workspace has no Kafka brokers."));
    }
    // It would load code from wherever a workspace file says.
    if (settings.properties.contains("plugin.library.paths"))
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("The Kafka setting “plugin.library.paths” is not allowed here."), {},
                       "plugin.library.paths");

    Configuration configuration(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(configuration.get(), logMessage);
    for (const auto &layer :
         {connectionProperties(settings), properties.preferred, settings.properties, properties.required}) {
        if (auto set = setProperties(configuration.get(), layer); !set)
            return tl::make_unexpected(set.error());
    }
    if (tune)
        tune(configuration.get());
    return makeClient(type, std::move(configuration));
}

Expected<ClientHandle> openCarrier()
{
    Configuration configuration(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(configuration.get(), logMessage);
    return makeClient(RD_KAFKA_PRODUCER, std::move(configuration));
}

namespace {

enum class Topics { Known, All };

tl::expected<MetadataHandle, rd_kafka_resp_err_t> askForMetadata(rd_kafka_t *client, Topics topics,
                                                                 rd_kafka_topic_t *topic,
                                                                 int timeoutMilliseconds)
{
    const rd_kafka_metadata_t *metadata = nullptr;
    const auto error = rd_kafka_metadata(client, topics == Topics::All, topic, &metadata,
                                         timeoutMilliseconds);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return tl::make_unexpected(error);
    return MetadataHandle(metadata);
}

} // namespace

tl::expected<MetadataHandle, rd_kafka_resp_err_t> fetchMetadata(rd_kafka_t *client, rd_kafka_topic_t *topic,
                                                                int timeoutMilliseconds)
{
    return askForMetadata(client, Topics::Known, topic, timeoutMilliseconds);
}

tl::expected<MetadataHandle, rd_kafka_resp_err_t> fetchClusterMetadata(rd_kafka_t *client,
                                                                       int timeoutMilliseconds)
{
    return askForMetadata(client, Topics::All, nullptr, timeoutMilliseconds);
}

} // namespace desk
