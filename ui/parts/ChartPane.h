// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/TimeChart.h"

#include <QWidget>

class QLabel;

namespace desk {

// A chart under its title, which says what it comes to now. GUI thread.
class ChartPane : public QWidget
{
    Q_OBJECT

public:
    ChartPane(const QString &title, ChartAmount amount, Theme &theme, QWidget *parent);

    [[nodiscard]] TimeChart &chart() const { return *m_chart; }
    // `more` stands at the right end as far as there is room; all of it is in its tool tip.
    void setNow(const QString &now, const QString &more = {});

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitMore();

    TimeChart *m_chart;
    QLabel *m_now;
    QLabel *m_more;
    QString m_moreText;
};

} // namespace desk
