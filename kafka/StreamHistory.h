// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamProgress.h"

#include <QHash>
#include <QStringList>

#include <deque>

namespace desk {

// What came of each topic over the last minutes, made of counters that are looked at now and then: the numbers behind
// the charts. Bounded in time, in looks and in topics. Knows no clock: who looks says when it is. A value.
class StreamHistory
{
public:
    static constexpr qint64 KeptMilliseconds = 15 * 60 * 1000;
    static constexpr size_t MaximumLooks = 4 * 15 * 60;
    // Of one look; the quietest beyond that are counted together, as a topic without a name.
    static constexpr qsizetype MaximumTopics = 40;

    // What came between two looks, or in several of those together. A value.
    struct Interval {
        qint64 at = 0;              // its end, milliseconds since 1970
        double seconds = 0;         // that it took; always positive
        QList<TopicReading> topics; // by name. Of the interval, `behind` at its end

        [[nodiscard]] const TopicReading *find(const QString &topic) const; // null: was not read
        [[nodiscard]] double messagesPerSecond(const TopicReading &topic) const;
        [[nodiscard]] double bytesPerSecond(const TopicReading &topic) const;
        // Over all topics; `largest` is the largest of all.
        [[nodiscard]] TopicReading total() const;
    };

    // Reading begins anew: counters go from zero again. What came before stays.
    void begin();
    // `elapsed`: milliseconds since the look before, or since begin(), by a clock that nobody sets. A look that comes
    // at once counts with the next one.
    void add(qint64 now, qint64 elapsed, const QList<TopicReading> &counters);

    // Those that ended after `from` and not after `to`, several together where they are shorter than `width`
    // milliseconds. Which are put together depends on the time alone, so that they stay together when time moves on.
    [[nodiscard]] QList<Interval> intervals(qint64 from, qint64 to, qint64 width) const;
    // The topics of those of which anything came or is still to be read: the busiest first, then those furthest behind,
    // then by name.
    [[nodiscard]] static QStringList busiest(const QList<Interval> &intervals);
    [[nodiscard]] bool isEmpty() const { return m_looks.empty(); }

private:
    struct Counted {
        qint64 messages = 0;
        qint64 bytes = 0;
    };

    [[nodiscard]] QList<TopicReading> since(const QList<TopicReading> &counters);
    void forget(qint64 now);

    std::deque<Interval> m_looks; // by time
    QHash<QString, Counted> m_before;
    QHash<QString, qint64> m_largest; // of looks that came at once
    qint64 m_elapsed = 0;             // of those
};

} // namespace desk
