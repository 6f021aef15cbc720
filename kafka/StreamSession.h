// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/StreamProgress.h"
#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace desk {

// Where reading starts in each partition.
struct StreamStart {
    enum class Kind { Beginning, End, LastMessages, Offset, Time };
    Kind kind = Kind::End;
    qint64 count = 0;  // LastMessages: per partition
    qint64 offset = 0; // Offset; moved into what the partition still holds
    QDateTime time;    // Time

    friend bool operator==(const StreamStart &, const StreamStart &) = default;
};

// Where reading ends in each partition.
struct StreamEnd {
    enum class Kind {
        Never, // goes on with what arrives
        AtEnd, // with what was there when reading began
        Time,  // before the first message of that time or later
        Offset,
    };
    Kind kind = Kind::Never;
    QDateTime time;    // Time
    qint64 offset = 0; // Offset: before it, or with what was there when reading began

    friend bool operator==(const StreamEnd &, const StreamEnd &) = default;
};

struct StreamRequest {
    QStringList topics;
    StreamStart start;
    StreamEnd end;
    // The topics whose whole name it matches are read as well, also those that come later. Internal ones (they begin
    // with two underscores) only if it begins so itself. Empty: none.
    QString pattern;       // PCRE
    QList<int> partitions; // of each topic; empty: all
};

class StreamReader;

// Reads topics into a MessageLog on a thread of its own, with assign() and no commits, so that no
// consumer group ever notices. Lives on the GUI thread; nothing blocks. Topics and partitions that are not
// there yet are waited for, and read from their beginning when they come.
class StreamSession : public QObject
{
    Q_OBJECT

public:
    // Complete: read to the end that was asked for; the log keeps what is there.
    enum class State { Stopped, Starting, Reading, Paused, Away, Complete };
    Q_ENUM(State)

    StreamSession(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log, QObject *parent = nullptr);
    ~StreamSession() override;

    [[nodiscard]] const std::shared_ptr<MessageLog> &log() const { return m_log; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; } // why it is away
    [[nodiscard]] StreamProgress progress() const;
    [[nodiscard]] QList<PartitionReading> partitions() const; // by topic and number
    // For charts, with so many partitions that are furthest behind; see PartitionBoard. For one caller only.
    [[nodiscard]] ReadingSample takeSample(qsizetype worst);

    void start(const StreamRequest &request); // also restarts with other topics; the log is cleared
    void stop();                              // keeps what is there
    void pause();                             // stops fetching; resume() goes on from there
    void resume();

Q_SIGNALS:
    void stateChanged(desk::StreamSession::State state);
    // Messages per second and bytes per second over the last second.
    void rateChanged(double messages, double bytes);

private:
    void setState(State state);
    void report(qint64 run, State state, const Error &error);
    void measureRate();

    BrokerSettings m_brokers;
    std::shared_ptr<MessageLog> m_log;
    std::shared_ptr<StreamReader> m_reader;
    qint64 m_run = 0; // counts start()s: what an earlier reader still has to say is not listened to
    bool m_isPaused = false;
    State m_state = State::Stopped;
    Error m_error;
    StreamProgress m_lastProgress; // of the reader before
    QList<PartitionReading> m_lastPartitions;
    ReadingSample m_lastSample;
    QTimer m_rateTimer;
    QElapsedTimer m_sinceRate;
    qint64 m_messagesBefore = 0;
    qint64 m_bytesBefore = 0;
};

} // namespace desk
