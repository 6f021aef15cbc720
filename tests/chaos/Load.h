// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/Database.h"
#include "tests/chaos/Topics.h"

#include <QRandomGenerator>

#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace desk::chaos {

// Programs that change records in the database, each on a thread and a connection of its own: transactions of
// a few additions, changes and deletions each, over few records, so that every record has many changes and
// theirs interleave; some are rolled back. They live through a database that goes away. Test thread.
class Writers
{
public:
    struct Options {
        DatabaseSettings database;
        QStringList entities{QStringLiteral("article"), QStringLiteral("parcel")};
        QString tag; // begins every mark
        quint32 seed = 0;
        int count = 2;
        int records = 25;          // of each entity
        int noteLength = 0;        // at most
        int pauseMilliseconds = 4; // between two transactions, at most
    };

    explicit Writers(const Options &options);
    ~Writers();

    void start();
    void stop();
    [[nodiscard]] QList<Edit> edits() const;

private:
    void work(const std::stop_token &stop, int number, quint32 seed);
    // One transaction; false if the connection is to be opened again.
    bool transact(Database &database, QRandomGenerator &random, int number);
    bool change(Database &database, QRandomGenerator &random, const QString &entity, int id,
                const QString &mark, QStringList &marks);
    void note(const QStringList &marks, Edit::Outcome outcome);

    Options m_options;
    int m_starts = 0;
    std::vector<std::jthread> m_threads;
    mutable std::mutex m_mutex; // for the edits
    QList<Edit> m_edits;
    std::atomic<int> m_number = 0;
};

// A program that writes whole records and deletions to a topic, keyed by id, and now and then something that
// nobody can apply. Test thread.
class Inputs
{
public:
    struct Options {
        QString brokers;
        QString topic;
        QString tag;
        quint32 seed = 0;
        int records = 200;
        int perSecond = 150;
    };

    explicit Inputs(const Options &options);
    ~Inputs();

    void start();
    // Waits until the broker has everything; false if it does not take it.
    [[nodiscard]] bool stop();
    // Moves the clock that stamps the messages.
    void setClock(qint64 milliseconds) { m_clock = milliseconds; }
    // The values that nobody can apply.
    [[nodiscard]] const QSet<QByteArray> &spoiled() const { return m_spoiled; }

private:
    void work(const std::stop_token &stop);
    void sendOne(TopicWriter &writer, QRandomGenerator &random);

    Options m_options;
    std::jthread m_thread;
    std::atomic<qint64> m_clock = 0;
    QSet<QByteArray> m_spoiled; // the thread's, while it runs
    int m_number = 0;
    bool m_isFlushed = false;
};

} // namespace desk::chaos
