// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordStates.h"
#include "ui/records/CellDelegate.h"

namespace desk {

struct StateColours;

// The state column: how far a record's newest change has come, as a coloured chip with its word. The state
// nearly all rows are in, published, is plain muted text. The reason is in the tool tip. GUI thread.
class StateDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    [[nodiscard]] static const StateColours &coloursOf(RecordState state, const Colours &colours);

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, int width) const override;
};

} // namespace desk
