// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaIds.h"

#include <QRandomGenerator>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr int AnswerMilliseconds = 3'000;
constexpr std::chrono::milliseconds ShortestPause = 500ms;
constexpr std::chrono::milliseconds LongestPause = 10s;
constexpr std::chrono::milliseconds RefusedSchemaIsAskedAgain = 60s;

std::chrono::milliseconds pauseAfter(int failures)
{
    const std::chrono::milliseconds most = std::min(LongestPause,
                                                    ShortestPause * (1 << std::min(failures, 8)));
    return most / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(int(most.count() / 2)));
}

} // namespace

SchemaIds::SchemaIds(const BrokerSettings &settings, std::function<void()> onAnswer)
    : m_settings(settings)
    , m_onAnswer(std::move(onAnswer))
{ }

SchemaIds::~SchemaIds()
{
    const std::scoped_lock lock(m_mutex);
    m_isStopping = true;
    if (m_registry)
        m_registry->cancel();
    m_changed.notify_all();
}

SchemaIds::Answer SchemaIds::find(const std::shared_ptr<const WireSchema> &schema)
{
    if (m_settings.registryUrl.isEmpty())
        return {Answer::Kind::Refused, 0, noRegistryError()};
    const std::scoped_lock lock(m_mutex);
    Entry &entry = m_entries[schema];
    if (entry.answer.kind != Answer::Kind::Known && !entry.isAsked && Clock::now() >= entry.askAgainAt) {
        entry.isAsked = true;
        if (entry.answer.kind == Answer::Kind::Refused)
            entry.answer = {};
        m_questions.push_back(schema);
        if (!m_thread.joinable())
            m_thread = std::jthread([this] { work(); });
        m_changed.notify_all();
    }
    return entry.answer;
}

void SchemaIds::work()
{
    SchemaRegistry registry(m_settings, AnswerMilliseconds);
    std::unique_lock lock(m_mutex);
    m_registry = &registry;
    while (true) {
        m_changed.wait(lock, [this] { return m_isStopping || !m_questions.empty(); });
        if (m_isStopping)
            break;
        const Schema schema = m_questions.front();
        m_questions.pop_front();
        lock.unlock();
        const Answer answer = answerFrom(registry.idOf(*schema));
        lock.lock();
        Entry &entry = m_entries[schema];
        entry.answer = answer;
        entry.isAsked = false;
        entry.askAgainAt = Clock::now()
            + (answer.kind == Answer::Kind::Refused ? RefusedSchemaIsAskedAgain
                                                    : pauseAfter(entry.failures++));
        if (m_isStopping)
            break;
        lock.unlock();
        m_onAnswer();
        lock.lock();
    }
    m_registry = nullptr;
}

SchemaIds::Answer SchemaIds::answerFrom(const Expected<qint32> &id)
{
    if (id)
        return {Answer::Kind::Known, *id, {}};
    const bool isRefused = id.error().code == ErrorCode::Conflict || id.error().code == ErrorCode::BadSchema;
    return {isRefused ? Answer::Kind::Refused : Answer::Kind::Waiting, 0, id.error()};
}

} // namespace desk
