// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamHistory.h"
#include "ui/parts/HistoryLines.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QGridLayout;

namespace desk {

class ChartLegend;
class ChartPane;
class EmptyState;
class StreamSession;
class Theme;

// What the live stream has come to over the last minutes, as four charts: messages and bytes per second, the sizes of
// messages, and how far reading is behind; a line for each topic. Looks at the session once a second, seen or not, so
// that the minutes before it is opened are there; draws only while it is seen. GUI thread.
class StreamCharts : public QWidget
{
    Q_OBJECT

public:
    // The session outlives it; nobody else takes its samples.
    StreamCharts(StreamSession &session, Theme &theme, QWidget *parent);

    // How many minutes are shown: one of 1, 5, 15.
    [[nodiscard]] int minutes() const;
    void setMinutes(int minutes);
    // Reading begins anew.
    void beginReading();
    [[nodiscard]] const StreamHistory &history() const { return m_history; }
    void look(); // now, not in a second

Q_SIGNALS:
    void minutesChanged(int minutes);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addPane(const QString &title, HistoryMeasure measure, ChartAmount amount, const char *name);
    void buildHead();
    void place();
    void draw();
    void drawNow(const QList<StreamHistory::Interval> &intervals);
    [[nodiscard]] QString worstText() const;

    StreamSession &m_session;
    Theme &m_theme;
    StreamHistory m_history;
    TopicColours m_colours;
    QList<PartitionLag> m_worst;
    ChartLegend *m_legend;
    QComboBox *m_span;
    QWidget *m_room; // of the charts
    QGridLayout *m_grid;
    EmptyState *m_empty;
    struct Pane {
        ChartPane *pane = nullptr;
        HistoryMeasure measure = HistoryMeasure::Messages;
        ChartAmount amount = ChartAmount::Number;
    };
    QList<Pane> m_panes;
    int m_columns = 0;
    QTimer m_timer;
    QElapsedTimer m_sinceLook;
};

} // namespace desk
