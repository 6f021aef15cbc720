// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamHistory.h"
#include "ui/parts/TimeChart.h"

namespace desk {

// Which topics have a line of their own, and in which colour: the busiest. A topic keeps its colour as long as it has
// a line. A value.
class TopicColours
{
public:
    static constexpr qsizetype MaximumTopics = 6; // as many as there are colours

    // The busiest first.
    void setTopics(const QStringList &busiest);
    [[nodiscard]] QStringList topics() const { return m_topics; } // that have a line, the busiest first
    [[nodiscard]] int colourOf(const QString &topic) const
    {
        return m_colours.value(topic, ChartLine::Muted);
    }
    [[nodiscard]] bool hasOthers() const { return m_hasOthers; } // that have none

private:
    QStringList m_topics;
    QHash<QString, int> m_colours;
    bool m_hasOthers = false;
};

enum class HistoryMeasure { Messages, Bytes, Size, Lag };

// The lines of a chart, one for each topic, and one for all others where there are some. Of sizes, the means, and the
// largest over all topics as a line of its own.
[[nodiscard]] QList<ChartLine> historyLines(const QList<StreamHistory::Interval> &intervals,
                                            HistoryMeasure measure, const TopicColours &topics);

} // namespace desk
