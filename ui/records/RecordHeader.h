// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace desk {

class FilterRow;
class Theme;

// The head of a record table: titles with the arrow of the sort order, and under them the row of filters.
// A right click offers the columns to show and hide. GUI thread.
class RecordHeader : public QHeaderView
{
    Q_OBJECT

public:
    static constexpr int TitleHeight = 30; // pixels

    RecordHeader(Theme &theme, QWidget *parent);

    // The row becomes part of the header; owned by it as its child.
    void setFilterRow(FilterRow *row);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void columnsReset(); // widths, order and hiding as they were at first

protected:
    void updateGeometries() override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    Theme &m_theme;
    FilterRow *m_filterRow = nullptr;
};

} // namespace desk
