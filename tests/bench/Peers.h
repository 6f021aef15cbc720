// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicCreation.h"
#include "models/workspace/Workspace.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QThread>

#include <array>

namespace desk::bench {

// What the programs are measured against: psql, and librdkafka with nothing around it. They end the
// benchmark when something fails. Any thread.

inline BrokerSettings brokersOfStack(int partitions)
{
    BrokerSettings brokers;
    brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
    brokers.partitions = partitions;
    if (brokers.bootstrapServers.isEmpty())
        qFatal("BOOTSTRAP_SERVERS must name the test broker; ./dev bench sets it.");
    return brokers;
}

// Rows to measure with, unless CATALOG_BENCH_ROWS says another number.
inline int rowsOr(int usual)
{
    const int rows = qEnvironmentVariableIntValue("CATALOG_BENCH_ROWS");
    return rows > 0 ? rows : usual;
}

// Runs the commands with psql, one after the other; what they print goes to /dev/null.
inline void psql(const DatabaseSettings &database, const QStringList &commands)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PGPASSWORD"), database.password);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{QStringLiteral("-Xqd"), database.toUrl(), QStringLiteral("-v"),
                          QStringLiteral("ON_ERROR_STOP=1")};
    for (const QString &command : commands)
        arguments << QStringLiteral("-c") << command;
    process.start(QStringLiteral("psql"), arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("psql failed");
}

// Runs catalogctl, which stands beside this program, on the database and the stack's broker. Returns what it says
// at its end.
inline QJsonObject runCatalogctl(const DatabaseSettings &database, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DATABASE_PASSWORD"), database.password);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/catalogctl"),
                  arguments
                      + QStringList{QStringLiteral("--json"), QStringLiteral("--database"), database.toUrl(),
                                    QStringLiteral("--brokers"), qEnvironmentVariable("BOOTSTRAP_SERVERS")});
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("catalogctl failed");
    return QJsonDocument::fromJson(process.readAllStandardOutput().trimmed()).object();
}

inline void deleteTopics(const BrokerSettings &brokers, const QStringList &topics)
{
    const ClientHandle client = *openClient(RD_KAFKA_PRODUCER, brokers);
    for (const QString &topic : topics) {
        rd_kafka_DeleteTopic_t *gone = rd_kafka_DeleteTopic_new(topic.toUtf8().constData());
        const QueueHandle queue(rd_kafka_queue_new(client.get()));
        rd_kafka_DeleteTopics(client.get(), &gone, 1, nullptr, queue.get());
        rd_kafka_DeleteTopic_destroy(gone);
        const EventHandle done(rd_kafka_queue_poll(queue.get(), 30'000));
    }
    QThread::sleep(1); // the controller's word takes a moment to reach the broker
}

// Makes the topics anew, empty.
inline void makeTopics(const BrokerSettings &brokers, const QStringList &topics)
{
    deleteTopics(brokers, topics);
    const ClientHandle client = *openClient(RD_KAFKA_PRODUCER, brokers);
    const auto made = createMissingTopics(client.get(), brokers, topics, 30'000);
    if (!made || !made->refused.empty())
        qFatal("The topics could not be made");
}

// A message in memory.
struct BareMessage {
    QByteArray key;
    QByteArray payload;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

// librdkafka straight from memory: idempotent, acks=all, and otherwise set as the relay's producer is.
class BareProducer
{
public:
    explicit BareProducer(const BrokerSettings &brokers, const QString &topic,
                          const QString &compression = QStringLiteral("none"))
        : m_client(*openClient(RD_KAFKA_PRODUCER, brokers,
                               {.preferred = {{"linger.ms", "2"},
                                              {"batch.size", "1000000"},
                                              {"compression.type", compression},
                                              {"queue.buffering.max.messages", "200000"}},
                                .required = {{"enable.idempotence", "true"}, {"acks", "all"}}},
                               [this](rd_kafka_conf_t *configuration) {
                                   rd_kafka_conf_set_opaque(configuration, this);
                                   rd_kafka_conf_set_dr_msg_cb(configuration, &BareProducer::delivered);
                               }))
        , m_topic(topic.toUtf8())
    { }

    // A message with an empty key has none.
    void send(const BareMessage &message, int partition = RD_KAFKA_PARTITION_UA)
    {
        rd_kafka_headers_t *headers = rd_kafka_headers_new(size_t(message.headers.size()));
        for (const auto &[name, value] : message.headers)
            rd_kafka_header_add(headers, name.constData(), name.size(), value.constData(), value.size());
        while (true) {
            const auto code = rd_kafka_producev(
                m_client.get(), RD_KAFKA_V_TOPIC(m_topic.constData()),
                RD_KAFKA_V_VALUE(const_cast<char *>(message.payload.constData()),
                                 size_t(message.payload.size())),
                RD_KAFKA_V_KEY(message.key.isEmpty() ? nullptr : message.key.constData(),
                               size_t(message.key.size())),
                RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
            if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
                break;
            if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                qFatal("%s", rd_kafka_err2str(code));
            rd_kafka_poll(m_client.get(), 10);
        }
        ++m_sent;
        if (m_sent % 1000 == 0)
            rd_kafka_poll(m_client.get(), 0);
    }

    // Returns when everything sent is acknowledged.
    void flush()
    {
        while (m_acknowledged < m_sent)
            rd_kafka_poll(m_client.get(), 100);
    }

private:
    static void delivered(rd_kafka_t *, const rd_kafka_message_t *message, void *opaque)
    {
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
            qFatal("%s", rd_kafka_err2str(message->err));
        ++static_cast<BareProducer *>(opaque)->m_acknowledged;
    }

    ClientHandle m_client;
    QByteArray m_topic;
    qint64 m_sent = 0;
    qint64 m_acknowledged = 0;
};

} // namespace desk::bench
