// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/StreamSession.h"
#include "kafka/filter/MessageFilter.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace desk {

struct TopicSearchRequest {
    QStringList topics;
    StreamStart start{.kind = StreamStart::Kind::Beginning};
    FilterNode filter;
    qint64 mostMatches = 10'000;
    StreamEnd end = {};         // never beyond what was there when the search began
    QString pattern = {};       // of further topics, see TopicPattern
    QList<int> partitions = {}; // of each topic; empty: all
};

// How far a search has come, partition by partition. A value.
struct TopicSearchProgress {
    struct Partition {
        QString topic;
        qint32 partition = 0;
        qint64 begin = 0; // offsets: where it begins,
        qint64 next = 0;  // what is read next,
        qint64 end = 0;   // and one past the last that is looked at
        bool isDone = false;
        QString problem; // why it was not searched to its end, or empty
    };
    QList<Partition> partitions;
    qint64 lookedAt = 0; // messages
    qint64 found = 0;
    QString filterProblem; // why the filter finds less than it should, or empty

    // Offsets passed and to pass in all. What compaction has taken out counts as passed.
    [[nodiscard]] qint64 passed() const;
    [[nodiscard]] qint64 toPass() const;
    [[nodiscard]] QStringList problems() const; // a sentence each
};

class TopicSearchWorker;

// Looks through topics for messages that a filter holds for: reads them from the broker, from where the request says
// to where it says, at most to the end they had when it began, with assign() and no commits, and keeps only what
// it finds, in a log of its own. A partition that cannot be read is said, and the others are searched. Lives on
// one thread, usually the GUI's; the reading goes on on another and nothing here waits for it.
class TopicSearch : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Running,
        Away,      // the broker does not answer; it is asked again until the search is cancelled
        Finished,  // everything has been looked at, but for what problems() tells
        Full,      // as many as the request allows have been found; the rest was not looked at
        Cancelled, // what was found until then is kept
        Failed,    // see error()
    };
    Q_ENUM(State)

    TopicSearch(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                std::shared_ptr<const DescriptorSource> descriptors, QObject *parent = nullptr);
    ~TopicSearch() override;

    // Ends what is running, and forgets what it found.
    void start(const TopicSearchRequest &request);
    void cancel();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running || m_state == State::Away; }
    [[nodiscard]] const Error &error() const { return m_error; } // of Away and Failed
    [[nodiscard]] const TopicSearchProgress &progress() const { return m_progress; }
    [[nodiscard]] const std::shared_ptr<MessageLog> &matches() const { return m_matches; }

Q_SIGNALS:
    void progressed(); // a few times a second while running, and once at the end
    void stateChanged(desk::TopicSearch::State state);

private:
    void look();
    void dismissWorker();
    void setState(State state);

    BrokerSettings m_brokers;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    std::shared_ptr<MessageLog> m_matches;
    std::shared_ptr<TopicSearchWorker> m_worker;
    std::vector<std::shared_ptr<TopicSearchWorker>> m_ending; // told to stop; their clients take a moment
    State m_state = State::Idle;
    Error m_error;
    TopicSearchProgress m_progress;
    QTimer m_timer;
};

} // namespace desk
