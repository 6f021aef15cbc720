// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/StoreWorker.h"

#include <QRandomGenerator>

namespace desk {
namespace {

// What others wrote shows in the open window well within a second.
constexpr int followMilliseconds = 300;
// A wave larger than this is not told change by change.
constexpr int tellAtMost = 2'000;
constexpr int firstPauseMilliseconds = 500;
constexpr int longestPauseMilliseconds = 15'000;

} // namespace

StoreWorker::StoreWorker(StoreClient::Opener opener)
    : m_opener(std::move(opener))
    , m_followTimer(this)
    , m_retryTimer(this)
{
    m_followTimer.setInterval(followMilliseconds);
    m_retryTimer.setSingleShot(true);
    connect(&m_followTimer, &QTimer::timeout, this, &StoreWorker::follow);
    connect(&m_retryTimer, &QTimer::timeout, this, &StoreWorker::open);
}

void StoreWorker::start()
{
    open();
}

void StoreWorker::open()
{
    Expected<std::unique_ptr<Store>> store = m_opener();
    if (!store) {
        lose(store.error());
        return;
    }
    m_store = *std::move(store);
    m_attempt = 0;
    m_lastHead = m_lastCursor = -1;
    Q_EMIT stateChanged(StoreClient::State::Ready, {});
    follow();
    m_followTimer.start();
}

void StoreWorker::lose(const Error &error)
{
    m_followTimer.stop();
    m_store.reset();
    m_away = error;
    const int pause = std::min(firstPauseMilliseconds << std::min(m_attempt, 10), longestPauseMilliseconds);
    ++m_attempt;
    // Jitter, so that the windows of a whole shop do not come back in one wave.
    m_retryTimer.start(pause / 2 + QRandomGenerator::global()->bounded(pause / 2 + 1));
    Q_EMIT stateChanged(StoreClient::State::Away, error);
}

void StoreWorker::reconnect()
{
    if (m_store)
        return;
    m_retryTimer.stop();
    m_attempt = 0;
    open();
}

void StoreWorker::run(const Job &job)
{
    job(m_store.get(), m_away);
}

void StoreWorker::follow()
{
    if (!m_store)
        return;
    Expected<> followed = followJournal();
    if (followed)
        followed = followPublishing();
    if (!followed && followed.error().code == ErrorCode::Unreachable)
        lose(followed.error());
}

Expected<> StoreWorker::followJournal()
{
    if (m_position < 0) {
        const Expected<qint64> head = m_store->journalHead();
        if (!head)
            return tl::make_unexpected(head.error());
        m_position = *head;
        return {};
    }
    const Expected<QList<JournalEntry>> entries = m_store->readJournal(m_position, tellAtMost);
    if (!entries)
        return tl::make_unexpected(entries.error());
    if (entries->isEmpty())
        return {};
    if (entries->size() < tellAtMost) {
        m_position = entries->constLast().position;
        Q_EMIT journalChanged(*entries);
        return {};
    }
    const Expected<qint64> head = m_store->journalHead();
    if (!head)
        return tl::make_unexpected(head.error());
    m_position = *head;
    Q_EMIT everythingChanged();
    return {};
}

Expected<> StoreWorker::followPublishing()
{
    const Expected<PublishingState> state = m_store->publishingState();
    if (!state)
        return tl::make_unexpected(state.error());
    if (state->head == m_lastHead && state->cursor == m_lastCursor && state->refused == m_lastRefused)
        return {};
    m_lastHead = state->head;
    m_lastCursor = state->cursor;
    m_lastRefused = state->refused;
    Q_EMIT publishingChanged(*state);
    return {};
}

} // namespace desk
