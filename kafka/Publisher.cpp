// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/Publisher.h"

#include "kafka/BrokerErrors.h"
#include "kafka/Producer.h"
#include "kafka/SchemaRegistry.h"
#include "kafka/TopicCreation.h"

#include <chrono>

namespace desk {
namespace {

using Clock = std::chrono::steady_clock;

// Produces events and waits for all of them. The time runs anew with every acknowledgement.
class Publication
{
public:
    Publication(Store &store, const BrokerSettings &brokers, int timeoutMilliseconds)
        : m_brokers(brokers)
        , m_timeout(timeoutMilliseconds)
        , m_encoder(store.catalog(), store.databaseId())
    { }

    EventEncoder &encoder() { return m_encoder; }

    Expected<> open(const EntityType &entity, Verb verb)
    {
        const QString topic = entity.topics.value(verb);
        if (topic.isEmpty())
            return failure(ErrorCode::NotSupported,
                           QStringLiteral("%1 have no topic for “%2”.").arg(entity.plural, verbText(verb)));
        auto producer = Producer::create(m_brokers);
        if (!producer)
            return tl::make_unexpected(producer.error());
        m_producer = std::move(*producer);
        const auto outcome = createMissingTopics(m_producer->client(), m_brokers, {topic}, m_timeout, [this] {
            m_producer->poll(0, [](const Producer::Delivery &) {});
            return m_producer->health().isSuspect();
        });
        if (!outcome) {
            m_producer->poll(0, [](const Producer::Delivery &) {});
            return away(outcome.error());
        }
        if (!outcome->refused.empty())
            return tl::make_unexpected(brokerError(outcome->refused.begin()->second, m_brokers));
        if (entity.framing == Framing::Confluent) {
            const auto schema = wireSchema(entity, verb);
            if (!schema)
                return tl::make_unexpected(schema.error());
            const auto id = SchemaRegistry(m_brokers, RegistryMilliseconds).idOf(*schema);
            if (!id)
                return tl::make_unexpected(id.error());
            m_schemaId = *id;
        }
        m_progress = Clock::now();
        return {};
    }

    Expected<> send(Event event)
    {
        if (event.schema)
            event.addFrame(m_schemaId);
        while (true) {
            const auto code = m_producer->send(event, nullptr);
            if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
                ++m_sent;
                return waitFor(MaximumInFlight);
            }
            if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                return failure(ErrorCode::Broker, refusalSentence(code, event.topic, event.bytes()));
            if (auto waited = waitFor(MaximumInFlight / 2); !waited)
                return waited;
        }
    }

    Expected<qint64> finish()
    {
        if (auto waited = waitFor(0); !waited)
            return tl::make_unexpected(waited.error());
        return m_acknowledged;
    }

private:
    static constexpr qint64 MaximumInFlight = 2'000;
    static constexpr int RegistryMilliseconds = 5'000;

    Expected<> waitFor(qint64 inFlight)
    {
        while (m_sent - m_acknowledged > inFlight) {
            m_producer->poll(100, [this](const Producer::Delivery &delivery) {
                if (delivery.error != RD_KAFKA_RESP_ERR_NO_ERROR) {
                    m_failure = delivery.error;
                    return;
                }
                ++m_acknowledged;
                m_progress = Clock::now();
            });
            if (m_failure != RD_KAFKA_RESP_ERR_NO_ERROR)
                return tl::make_unexpected(brokerError(m_failure, m_brokers));
            if (m_producer->fatalError())
                return tl::make_unexpected(*m_producer->fatalError());
            if (Clock::now() - m_progress > std::chrono::milliseconds(m_timeout))
                return away(RD_KAFKA_RESP_ERR__TIMED_OUT);
        }
        return {};
    }

    Expected<> away(rd_kafka_resp_err_t code)
    {
        m_producer->health().unanswered(code);
        return tl::make_unexpected(m_producer->health().isAway() ? m_producer->health().error()
                                                                 : brokerError(code, m_brokers));
    }

    BrokerSettings m_brokers;
    int m_timeout;
    EventEncoder m_encoder;
    std::unique_ptr<Producer> m_producer;
    Clock::time_point m_progress;
    qint32 m_schemaId = 0; // of an entity whose events are framed
    qint64 m_sent = 0;
    qint64 m_acknowledged = 0;
    rd_kafka_resp_err_t m_failure = RD_KAFKA_RESP_ERR_NO_ERROR;
};

} // namespace

Expected<qint64> publishList(Store &store, const EntityType &entity, const BrokerSettings &brokers,
                             int timeoutMilliseconds)
{
    Publication publication(store, brokers, timeoutMilliseconds);
    if (auto opened = publication.open(entity, Verb::List); !opened)
        return tl::make_unexpected(opened.error());

    constexpr qsizetype Overhead = 8; // tag and length of an entry, generously
    QList<QByteArray> payloads;
    qsizetype bytes = 0;
    Expected<> result;
    const auto flush = [&] {
        const auto event = publication.encoder().encodeList(entity, payloads);
        result = event ? publication.send(*event) : tl::make_unexpected(event.error());
        payloads.clear();
        bytes = 0;
        return result.has_value();
    };
    const RecordQuery everything{
        .entity = &entity, .search = {}, .filters = {}, .sortColumn = entity.idColumn};
    const auto visited = store.forEach(everything, [&](const RecordRow &row) {
        QByteArray payload = publication.encoder().payload(entity, row.record);
        if (!payloads.isEmpty() && bytes + payload.size() + Overhead > MaximumListBytes && !flush())
            return false;
        bytes += payload.size() + Overhead;
        payloads.append(std::move(payload));
        return true;
    });
    if (!visited)
        return tl::make_unexpected(visited.error());
    if (!result || !flush()) // an empty table is an empty list
        return tl::make_unexpected(result.error());
    return publication.finish();
}

Expected<qint64> publishRecords(Store &store, const EntityType &entity, const QList<RecordId> &ids,
                                const BrokerSettings &brokers, int timeoutMilliseconds)
{
    const auto rows = store.fetchMany(entity, ids);
    if (!rows)
        return tl::make_unexpected(rows.error());
    Publication publication(store, brokers, timeoutMilliseconds);
    if (auto opened = publication.open(entity, Verb::Get); !opened)
        return tl::make_unexpected(opened.error());
    for (const RecordRow &row : *rows) {
        const auto event = publication.encoder().encodeRecord(entity, row.record);
        if (!event)
            return tl::make_unexpected(event.error());
        if (auto sent = publication.send(*event); !sent)
            return tl::make_unexpected(sent.error());
    }
    return publication.finish();
}

} // namespace desk
