// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"

#include <QTimer>

namespace desk {

// The database thread's end of a StoreClient: owns the store, runs the jobs one after another, opens the
// store again when it is lost, follows the journal. Lives on that thread.
class StoreWorker : public QObject
{
    Q_OBJECT

public:
    using Job = std::function<void(Store *, const Error &)>;

    explicit StoreWorker(StoreClient::Opener opener);

    void start();
    void run(const Job &job);
    void reconnect();
    void follow(); // looks at the journal and the publishing state

Q_SIGNALS:
    void stateChanged(desk::StoreClient::State state, const desk::Error &error);
    void journalChanged(const QList<desk::JournalEntry> &entries);
    void everythingChanged();
    void publishingChanged(const desk::PublishingState &state);

private:
    void open();
    void lose(const Error &error);
    [[nodiscard]] Expected<> followJournal();
    [[nodiscard]] Expected<> followPublishing();

    StoreClient::Opener m_opener;
    std::unique_ptr<Store> m_store;
    Error m_away;
    QTimer m_followTimer;
    QTimer m_retryTimer;
    int m_attempt = 0;
    qint64 m_position = -1; // of the journal, up to which the window has been told; -1: not looked yet
    qint64 m_lastHead = -1;
    qint64 m_lastCursor = -1;
    QList<RefusedEvent> m_lastRefused;
};

} // namespace desk
