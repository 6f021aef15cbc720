// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayEngine.h"

#include "kafka/BrokerErrors.h"
#include "kafka/TopicCreation.h"

#include <algorithm>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr int ReadLimit = 2500;
constexpr int ReleaseLimit = 200;
constexpr auto RefusedTopicIsAskedAgain = 60s;
constexpr auto DecisionsAreAskedFor = 200ms;
constexpr int ProbeMilliseconds = 700;
// While events wait for a schema registry, others overtake them and are remembered until the cursor may pass.
constexpr qsizetype EventsBehindWaiting = 200'000;
constexpr qsizetype BytesBehindWaiting = 64 * 1024 * 1024;

} // namespace

RelayEngine::RelayEngine(Store &store, const BrokerSettings &brokers, const RelayOptions &options,
                         RelayWaker &waker, RelayStatus &status)
    : m_store(store)
    , m_brokers(brokers)
    , m_options(options)
    , m_waker(waker)
    , m_status(status)
    , m_encoder(store.catalog(), store.databaseId())
    , m_framing(brokers, m_window, [&waker] { waker.wake(); })
{ }

RelayEngine::~RelayEngine()
{
    m_waker.setProducer(nullptr);
}

Expected<> RelayEngine::begin()
{
    // Events are named by the database's id; one without would be named like another database's.
    if (m_store.databaseId().isEmpty())
        return failure(ErrorCode::Unreachable, QStringLiteral("The database is not set up yet."));
    const auto refused = m_store.refusedEvents();
    if (!refused)
        return tl::make_unexpected(refused.error());
    const auto cursor = m_store.relayCursor();
    if (!cursor)
        return tl::make_unexpected(cursor.error());
    // On a disk that is full, say, every attempt would publish the same again and note nothing.
    if (const auto noted = m_store.advanceRelay(*cursor, {}); !noted)
        return noted;
    m_window.setHeldBack(*refused);
    m_readPosition = *cursor;
    m_status.cursor = *cursor;
    m_status.state = RelayStatus::State::Starting;
    m_status.reason.clear();
    return {};
}

Expected<> RelayEngine::step(const std::stop_token &stop)
{
    const bool isWoken = m_waker.takeWoken();
    const bool isDue = m_hasMore || isWoken
        || Clock::now() - m_lastRead >= std::chrono::milliseconds(m_options.idleMilliseconds);
    // While there is much to publish, a question to the database for every batch would be most of the waiting.
    const auto now = Clock::now();
    if (isDue && (isWoken || !m_hasMore || now - m_lastAsked >= DecisionsAreAskedFor)) {
        m_lastAsked = now;
        if (auto noticed = noticeDecisions(); !noticed)
            return noticed;
    }
    if (m_isReleasing && m_window.size() == 0) {
        if (auto released = release(); !released)
            return released;
    }
    if (isDue && !m_isReleasing && hasRoom()) {
        if (auto filled = fill(); !filled)
            return filled;
    }
    if (!makeProducer()) {
        m_waker.wait(1s);
        return {};
    }
    m_framing.takeAnswers();
    if (seeToTopics(stop))
        send();
    m_producer->poll(waitingTime(), [this](const Producer::Delivery &delivery) { take(delivery); });
    watchHealth();
    if (m_producer->fatalError() && !m_renewal)
        m_renewal = *m_producer->fatalError();
    if (m_renewal) {
        renew(*m_renewal);
        m_renewal.reset();
    }
    return advance(Advance::WhenWorthwhile);
}

Expected<> RelayEngine::drain(std::chrono::milliseconds time)
{
    const auto deadline = Clock::now() + time;
    while (m_producer && m_window.inFlight() > 0 && Clock::now() < deadline) {
        m_producer->poll(50, [this](const Producer::Delivery &delivery) { take(delivery); });
        if (m_renewal || m_producer->fatalError())
            break; // would have to be sent again; the next relay does
    }
    return advance(Advance::Now);
}

Expected<> RelayEngine::noticeDecisions()
{
    const auto decision = m_store.lastDecision();
    if (!decision)
        return tl::make_unexpected(decision.error());
    if (*decision == m_lastDecision)
        return {};
    m_lastDecision = *decision;
    m_isReleasing = true;
    m_refusedTopics.clear(); // the operator may have seen to them
    m_timesMissing.clear();
    return {};
}

// The window is empty: what is held back stands in the list, nothing of those records is on its way.
Expected<> RelayEngine::release()
{
    const auto due = m_store.releasedEvents(ReleaseLimit);
    if (!due)
        return tl::make_unexpected(due.error());
    if (due->isEmpty()) {
        const auto refused = m_store.refusedEvents();
        if (!refused)
            return tl::make_unexpected(refused.error());
        m_window.setHeldBack(*refused);
        m_isReleasing = false;
        m_holdsReleased = false;
        return {};
    }
    QList<qint64> positions;
    for (const RefusedEvent &event : *due)
        positions.append(event.position);
    const auto entries = m_store.journalEntries(positions);
    if (!entries)
        return tl::make_unexpected(entries.error());
    for (const RefusedEvent &event : *due)
        m_window.letGo(event.entity, event.id);
    auto entry = entries->cbegin();
    for (const RefusedEvent &event : *due) {
        if (entry != entries->cend() && entry->position == event.position) {
            addEntry(*entry++);
            continue;
        }
        JournalEntry gone;
        gone.position = event.position;
        gone.entity = event.entity;
        gone.id = event.id;
        m_window.addRefused(gone, QStringLiteral("The journal no longer holds this change."));
        ++m_status.refused;
    }
    m_holdsReleased = true;
    return {};
}

bool RelayEngine::hasRoom() const
{
    const bool isWaiting = m_window.parked() > 0;
    return m_window.size() < (isWaiting ? EventsBehindWaiting : 2 * m_options.eventsInFlight)
        && m_window.bytes() < (isWaiting ? BytesBehindWaiting : m_options.bytesInFlight);
}

bool RelayEngine::makeProducer()
{
    if (m_producer)
        return true;
    auto producer = Producer::create(m_brokers, m_batchBytes);
    if (!producer) {
        setAway(producer.error());
        return false;
    }
    m_producer = std::move(*producer);
    m_waker.setProducer(m_producer.get());
    m_lastProgress = Clock::now();
    return true;
}

Expected<> RelayEngine::fill()
{
    QString obstacle;
    const auto count = m_store.readToPublish(m_readPosition, ReadLimit, [&](const JournalEntry &entry) {
        obstacle = obstacleTo(entry);
        if (!obstacle.isEmpty())
            return false;
        addEntry(entry);
        m_readPosition = entry.position;
        return true;
    });
    if (!count)
        return tl::make_unexpected(count.error());
    m_lastRead = Clock::now();
    m_obstacle = obstacle;
    m_hasMore = *count >= ReadLimit && obstacle.isEmpty(); // an obstacle is looked at again at the next poll
    if (!m_obstacle.isEmpty())
        return {};
    if (!m_hasMore)
        m_head = m_readPosition;
    return {};
}

// An entity that is not described here, or described otherwise than its table, may be published by a relay
// with the right description: this one stops before it and loses nothing. Going on with the other entities
// would leave a gap that the cursor cannot pass, and every start would publish again what lies behind it.
QString RelayEngine::obstacleTo(const JournalEntry &entry) const
{
    if (isSkipped(entry))
        return {};
    const EntityType *entity = m_store.catalog().find(entry.entity);
    if (!entity) {
        return QStringLiteral("“%1” cannot be published here: there is no description of “%1”. Everything "
                              "behind it waits.")
            .arg(entry.entity);
    }
    if (const Expected<> open = m_store.checkOpen(*entity); !open) {
        return QStringLiteral("“%1” cannot be published here, and everything behind it waits. %2")
            .arg(entry.entity, open.error().sentence);
    }
    return {};
}

bool RelayEngine::isSkipped(const JournalEntry &entry) const
{
    return !m_options.origins.contains(entry.origin) || m_options.quietEntities.contains(entry.entity);
}

void RelayEngine::addEntry(const JournalEntry &entry)
{
    if (isSkipped(entry)) {
        m_window.addSkipped(entry);
        return;
    }
    auto event = m_encoder.encode(entry);
    if (!event) {
        m_window.addRefused(entry, event.error().sentence);
        ++m_status.refused;
        return;
    }
    const EntityType &entity = *m_store.catalog().find(entry.entity);
    if (!m_topics.contains(event->topic)) {
        // All of the entity's at once, so that its first update need not wait for a topic again.
        for (const Operation operation : {Operation::Add, Operation::Update, Operation::Delete}) {
            const QString topic = entity.topics.value(verbOf(operation));
            if (!topic.isEmpty() && !m_topics.contains(topic))
                m_missingTopics.insert(topic);
        }
    }
    const auto ordering = entity.keyColumn == entity.idColumn ? RelayWindow::Ordering::PerRecord
                                                              : RelayWindow::Ordering::PerEntity;
    m_window.add(entry, std::move(*event), ordering);
}

bool RelayEngine::seeToTopics(const std::stop_token &stop)
{
    if (m_missingTopics.isEmpty())
        return true;
    QStringList topics(m_missingTopics.cbegin(), m_missingTopics.cend());
    topics.sort();
    const auto outcome = createMissingTopics(m_producer->client(), m_brokers, topics, 5'000, [&stop, this] {
        m_producer->poll(0, [this](const Producer::Delivery &delivery) { take(delivery); });
        return stop.stop_requested() || m_producer->health().isSuspect() || m_renewal;
    });
    if (!outcome) {
        m_producer->poll(0, [this](const Producer::Delivery &delivery) { take(delivery); });
        m_producer->health().unanswered(outcome.error());
        return false;
    }
    m_producer->health().answered();
    m_hasAnswered = true;
    for (const QString &topic : topics) {
        const auto refused = outcome->refused.find(topic);
        if (refused == outcome->refused.end()) {
            m_topics.insert(topic);
            m_missingTopics.remove(topic);
            continue;
        }
        const auto reason = outcome->reasons.find(topic);
        const Error error = brokerError(refused->second, m_brokers,
                                        reason == outcome->reasons.end() ? QString() : reason->second);
        if (deliveryFailure(refused->second) == DeliveryFailure::Refused) {
            m_refusedTopics[topic] = {
                QStringLiteral("The topic %1 was not created. %2").arg(topic, error.sentence), Clock::now()};
            m_missingTopics.remove(topic);
        } else {
            setAway(error); // too few brokers for the replicas, a controller that moves: wait for it
        }
    }
    return true;
}

void RelayEngine::send()
{
    while (RelayWindow::Item *item = m_window.next()) {
        if (m_window.inFlight() >= (isCareful() ? 1 : m_options.eventsInFlight))
            return;
        const auto framed = m_framing.frame(*item);
        m_status.refused += framed == RelayFraming::Outcome::Refused;
        if (framed != RelayFraming::Outcome::Framed)
            continue;
        const QString topic = item->event.topic;
        if (const auto refused = m_refusedTopics.find(topic); refused != m_refusedTopics.end()) {
            if (Clock::now() - refused->second.since < RefusedTopicIsAskedAgain) {
                m_window.refuse(*item, refused->second.sentence);
                ++m_status.refused;
                continue;
            }
            m_refusedTopics.erase(refused);
            m_missingTopics.insert(topic);
        }
        if (!m_topics.contains(topic)) {
            m_missingTopics.insert(topic);
            return;
        }
        const qsizetype bytes = item->event.bytes();
        const auto code = m_producer->send(item->event, item);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
            m_window.sent(*item);
        } else if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            return;
        } else if (deliveryFailure(code) == DeliveryFailure::Refused) {
            m_window.refuse(*item, refusalSentence(code, topic, bytes));
            ++m_status.refused;
        } else {
            m_topics.remove(topic);
            m_renewal = brokerError(code, m_brokers);
            return;
        }
    }
}

std::optional<Error> RelayEngine::hopeless() const
{
    const bool isRest = m_head && !m_window.isBusy() && m_window.parked() > 0;
    if (isRest && m_framing.error() && m_framing.error()->code != ErrorCode::Unreachable)
        return m_framing.error();
    return {};
}

bool RelayEngine::isCareful() const
{
    if (m_carefulUntil == 0)
        return false;
    const RelayWindow::Item *first = m_window.firstUnderWay();
    return first && first->position <= m_carefulUntil;
}

void RelayEngine::take(const Producer::Delivery &delivery)
{
    auto &item = *static_cast<RelayWindow::Item *>(delivery.tag);
    if (delivery.error == RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_timesMissing.remove(item.event.topic);
        m_renewals = 0;
        m_hasAnswered = true;
        m_window.delivered(item);
        ++m_status.published;
    } else if (!m_renewal) { // otherwise it is sent again in any case
        takeFailure(item, delivery.error);
    }
}

void RelayEngine::takeFailure(RelayWindow::Item &item, rd_kafka_resp_err_t code)
{
    const QString topic = item.event.topic;
    const Error error = brokerError(code, m_brokers);
    switch (deliveryFailure(code)) {
    case DeliveryFailure::Refused:
        if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
            m_refusedTopics[topic] = {refusalSentence(code, topic, item.event.bytes()), Clock::now()};
            m_renewal = error;
        } else if (m_window.inFlight() == 1) {
            // It was alone on its way, so it is the one that is meant.
            m_window.refuse(item, refusalSentence(code, topic, item.event.bytes()));
            ++m_status.refused;
        } else {
            // A request carries many events and is refused as a whole.
            m_carefulUntil = std::max(m_carefulUntil, item.position);
            m_batchBytes = std::max(16 * 1024, m_batchBytes / 2);
            m_renewal = error;
        }
        break;
    case DeliveryFailure::TopicMissing:
        m_topics.remove(topic);
        if (++m_timesMissing[topic] > 3)
            m_refusedTopics[topic] = {
                QStringLiteral("The topic %1 is not there, also after it was created.").arg(topic),
                Clock::now()};
        m_renewal = error;
        break;
    case DeliveryFailure::TryAgain:
        m_renewal = error;
        break;
    }
}

void RelayEngine::renew(const Error &reason)
{
    m_waker.setProducer(nullptr);
    m_producer.reset();
    m_window.rewind();
    ++m_renewals;
    if (m_renewals > 1) {
        setAway(reason);
        m_waker.wait(std::min<std::chrono::milliseconds>(5s, 100ms * (1 << std::min(m_renewals, 6))));
    }
}

void RelayEngine::watchHealth()
{
    BrokerHealth &health = m_producer->health();
    const auto now = Clock::now();
    if (std::exchange(m_publishedSeen, m_status.published) != m_status.published)
        m_lastProgress = now;
    const bool isStuck = m_window.inFlight() > 0 && now - m_lastProgress > 5s;
    if ((!m_hasAnswered || health.isSuspect() || health.isAway() || isStuck) && now - m_lastProbe >= 1s) {
        m_lastProbe = now;
        if (health.probe(m_producer->client(), ProbeMilliseconds))
            m_hasAnswered = true;
    }
    if (health.isAway()) {
        setAway(health.error());
    } else if (m_hasAnswered && m_renewals < 2 && m_missingTopics.isEmpty()) {
        m_status.state = m_framing.error() ? RelayStatus::State::RegistryAway : RelayStatus::State::Running;
        m_status.reason = m_framing.error() ? m_framing.reason() : m_obstacle;
    }
}

void RelayEngine::setAway(const Error &error)
{
    m_status.state = RelayStatus::State::BrokerAway;
    m_status.reason = error.sentence;
}

int RelayEngine::waitingTime() const
{
    if (m_renewal || m_status.state == RelayStatus::State::Starting
        || m_status.state == RelayStatus::State::StandingBy)
        return m_hasAnswered ? 0 : 50; // the state that follows is to be told first
    if (m_isReleasing && m_window.size() == 0)
        return 0;
    if (m_hasMore && !m_isReleasing && hasRoom())
        return 0;
    if (!m_missingTopics.isEmpty())
        return 500; // before they are asked for again
    if (m_window.size() > 0)
        return m_window.inFlight() > 0 || !m_window.isBusy() ? 100 : 0;
    return m_options.idleMilliseconds;
}

Expected<> RelayEngine::advance(Advance when)
{
    if (!m_window.isFrontSettled())
        return {};
    const auto now = Clock::now();
    if (when == Advance::WhenWorthwhile && !m_window.isAllSettled() && now - m_lastAdvance < 100ms)
        return {};
    const auto done = m_window.takeSettled();
    m_lastAdvance = now;
    if (m_holdsReleased)
        return m_store.settleReleased(done->positions, done->refused);
    if (auto advanced = m_store.advanceRelay(done->cursor, done->refused); !advanced)
        return advanced;
    m_status.cursor = done->cursor;
    return {};
}

} // namespace desk
