// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/records/ValueDelegate.h"

namespace desk {

// Cells that hold the URL of a picture: its thumbnail, and the URL shortened to what tells it apart. The
// column of a reference to such records shows the thumbnail too. A picture that cannot be had is drawn as a
// crossed frame, with the reason in the tool tip. GUI thread.
class ThumbnailDelegate : public ValueDelegate
{
    Q_OBJECT

public:
    static constexpr int PictureSize = 22; // pixels

    ThumbnailDelegate(const Column &column, DeskServices &services, QAbstractItemView *view);

    // "cdn.example/…/chair.webp"
    [[nodiscard]] static QString shortUrl(const QString &url);

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, int width) const override;

private:
    [[nodiscard]] QSize devicePixels() const;
};

} // namespace desk
