// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/records/CellDelegate.h"

namespace desk {

// Booleans as a checkbox that a click or Space turns over at once. An empty value of a column that may be
// empty is drawn as a dash. GUI thread.
class CheckDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    QWidget *createEditor(QWidget *, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return nullptr;
    }
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, int width) const override;

private:
    [[nodiscard]] static QRect boxIn(const QRect &content);
};

} // namespace desk
