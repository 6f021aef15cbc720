// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicSearch.h"

#include "kafka/TopicSearchWorker.h"

#include <utility>

namespace desk {
namespace {

constexpr int LookMilliseconds = 100;
constexpr qint64 MatchesBytes = 256LL * 1024 * 1024;

} // namespace

qint64 TopicSearchProgress::passed() const
{
    qint64 sum = 0;
    for (const Partition &partition : partitions)
        sum += (partition.isDone ? partition.end : partition.next) - partition.begin;
    return sum;
}

qint64 TopicSearchProgress::toPass() const
{
    qint64 sum = 0;
    for (const Partition &partition : partitions)
        sum += partition.end - partition.begin;
    return sum;
}

QStringList TopicSearchProgress::problems() const
{
    QStringList problems;
    if (!filterProblem.isEmpty())
        problems.append(filterProblem);
    for (const Partition &partition : partitions) {
        if (!partition.problem.isEmpty())
            problems.append(partition.problem);
    }
    return problems;
}

TopicSearch::TopicSearch(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                         std::shared_ptr<const DescriptorSource> descriptors, QObject *parent)
    : QObject(parent)
    , m_brokers(brokers)
    , m_catalog(std::move(catalog))
    , m_descriptors(std::move(descriptors))
    , m_matches(std::make_shared<MessageLog>(MessageLog::Bounds{1'000'000, MatchesBytes}))
{
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &TopicSearch::look);
}

TopicSearch::~TopicSearch()
{
    dismissWorker();
    for (const auto &worker : m_ending)
        worker->stop();
}

void TopicSearch::start(const TopicSearchRequest &request)
{
    dismissWorker();
    m_matches->clear();
    m_progress = {};
    m_error = {};
    auto filter = std::make_unique<MessageFilter>(
        request.filter, m_catalog, m_descriptors,
        [matches = m_matches](quint32 topic) { return matches->topicName(topic); });
    m_worker = std::make_shared<TopicSearchWorker>(m_brokers, request, std::move(filter), m_matches);
    m_worker->start();
    m_timer.start();
    setState(State::Running);
}

void TopicSearch::cancel()
{
    if (!isRunning())
        return;
    m_progress = m_worker->told().progress;
    dismissWorker();
    setState(State::Cancelled);
    Q_EMIT progressed();
}

// Does not wait for it.
void TopicSearch::dismissWorker()
{
    m_timer.stop();
    if (!m_worker)
        return;
    m_worker->requestStop();
    m_ending.push_back(std::exchange(m_worker, nullptr));
    std::erase_if(m_ending, [](const auto &worker) {
        const bool hasEnded = worker->hasEnded();
        if (hasEnded)
            worker->stop();
        return hasEnded;
    });
}

void TopicSearch::look()
{
    const TopicSearchWorker::Told told = m_worker->told();
    m_progress = told.progress;
    m_error = told.error;
    if (told.state != State::Running && told.state != State::Away)
        dismissWorker();
    setState(told.state);
    Q_EMIT progressed();
}

void TopicSearch::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace desk
