// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace desk {

struct Colours;
struct DeskServices;

// What all cells of a record table have in common: the ground (selection, hairline, the frame of the
// current cell, the mark of a value that is not committed) and the placeholder of rows that are not there
// yet. Subclasses paint what stands in the cell. Owned by its view. GUI thread.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int Margin = 8; // pixels left and right of what stands in a cell

    CellDelegate(DeskServices &services, QAbstractItemView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    // `content` is the cell without its margins and hairline.
    virtual void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const = 0;
    // Width of what stands in the cell, for columns that are fitted to their contents.
    [[nodiscard]] virtual int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const;
    // Empty: no tool tip.
    [[nodiscard]] virtual QString toolTip(const QModelIndex &index, int width) const;
    [[nodiscard]] virtual QString placeholder() const { return {}; }

    [[nodiscard]] DeskServices &services() const { return m_services; }
    [[nodiscard]] QAbstractItemView *view() const { return m_view; }
    [[nodiscard]] const Colours &colours() const;

private:
    DeskServices &m_services;
    QAbstractItemView *m_view;
};

} // namespace desk
