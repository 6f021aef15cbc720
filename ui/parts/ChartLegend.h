// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/TimeChart.h"

#include <QWidget>

namespace desk {

// Which line is which, in one row; what has no room is counted at its end. GUI thread.
class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    ChartLegend(Theme &theme, QWidget *parent);

    // Of these only the name, the colour and the style are of interest.
    void setLines(const QList<ChartLine> &lines);
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Entry {
        QString name;
        int colour = ChartLine::Muted;
        ChartLine::Style style = ChartLine::Style::Solid;

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    Theme &m_theme;
    QList<Entry> m_entries;
};

} // namespace desk
