// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordStates.h"
#include "ui/records/CellDelegate.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace desk {

struct StateColours;

// The state column: how far a record's newest change has come, as a coloured chip with its word. The state
// nearly all rows are in, published, is plain muted text; only where one has just watched a record get there
// it is a ticked chip for a few seconds. The reason is in the tool tip. GUI thread.
class StateDelegate : public CellDelegate
{
    Q_OBJECT

public:
    static constexpr int RecentMilliseconds = 8'000;

    StateDelegate(const QString &entity, DeskServices &services, QAbstractItemView *view);

    [[nodiscard]] static const StateColours &coloursOf(RecordState state, const Colours &colours);

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, int width) const override;

private:
    void follow(const RecordId &id, RecordState state);
    [[nodiscard]] bool isRecent(const RecordId &id, RecordState state) const;

    QSet<RecordId> m_underway;                       // were in another state than published
    mutable QHash<RecordId, QElapsedTimer> m_recent; // since they were published
    QTimer m_fade;
};

} // namespace desk
