// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "kafka/StreamHistory.h"
#include "ui/parts/HistoryLines.h"

#include <QElapsedTimer>
#include <QWidget>

namespace desk {

class ChartLegend;
class ChartPane;
class EmptyState;
class Theme;

// How far a group has been behind since it was chosen, a line for each topic, over the last minutes. Draws only while
// it is seen. GUI thread.
class GroupLagChart : public QWidget
{
    Q_OBJECT

public:
    GroupLagChart(Theme &theme, QWidget *parent);

    void clear(); // another group
    void add(const GroupDetail &detail);
    [[nodiscard]] TimeChart &chart() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void draw();

    StreamHistory m_history;
    TopicColours m_colours;
    ChartPane *m_pane;
    ChartLegend *m_legend;
    EmptyState *m_empty;
    QElapsedTimer m_sinceAnswer;
};

} // namespace desk
