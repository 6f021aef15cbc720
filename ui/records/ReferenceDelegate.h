// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/records/ValueDelegate.h"

namespace desk {

// References, shown by the name of the record they hold and edited in a list that is searched in the
// database as one types. Empty references are a muted dash. GUI thread.
class ReferenceDelegate : public ValueDelegate
{
    Q_OBJECT

public:
    using ValueDelegate::ValueDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, int width) const override;

private:
    [[nodiscard]] static QString nameOf(const QModelIndex &index);
};

} // namespace desk
