// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ThumbnailDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/records/ImageLoader.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QFileInfo>
#include <QPainter>
#include <QPainterPath>
#include <QUrl>

namespace desk {

ThumbnailDelegate::ThumbnailDelegate(const Column &column, DeskServices &services, QAbstractItemView *view)
    : ValueDelegate(column, services, view)
{
    // Which rows show the URL is not known here; a repaint of what is visible is cheap.
    connect(&services.images, &ImageLoader::pictureChanged, view->viewport(), qOverload<>(&QWidget::update));
}

QString ThumbnailDelegate::shortUrl(const QString &url)
{
    const QUrl parsed(url);
    const QString file = QFileInfo(parsed.path()).fileName();
    if (parsed.host().isEmpty() || file.isEmpty())
        return file.isEmpty() ? url : file;
    return parsed.path().count(u'/') > 1 ? parsed.host() + QStringLiteral("/…/") + file
                                         : parsed.host() + u'/' + file;
}

QSize ThumbnailDelegate::devicePixels() const
{
    return QSize(PictureSize, PictureSize) * view()->devicePixelRatioF();
}

void ThumbnailDelegate::paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const
{
    const QString url = index.data(Qt::DisplayRole).toString();
    if (url.isEmpty())
        return;
    const QRect frame(content.left(), content.center().y() - PictureSize / 2, PictureSize, PictureSize);
    const ImageLoader::Picture picture = services().images.picture(url, devicePixels());
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (picture.status == ImageLoader::Status::Ready) {
        const QSizeF size = QSizeF(picture.image.size()).scaled(frame.size(), Qt::KeepAspectRatio);
        QRectF place(QPointF(), size);
        place.moveCenter(QRectF(frame).center());
        QPainterPath rounded;
        rounded.addRoundedRect(place, 4, 4);
        painter->save();
        painter->setClipPath(rounded, Qt::IntersectClip);
        painter->drawImage(place, picture.image);
        painter->restore();
    } else {
        const bool isFailed = picture.status == ImageLoader::Status::Failed;
        painter->setPen(isFailed ? colours().refused.text : colours().line);
        painter->setBrush(colours().ground);
        painter->drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        if (isFailed)
            painter->drawLine(frame.bottomLeft() + QPoint(6, -6), frame.topRight() + QPoint(-6, 6));
    }
    if (column().isReference())
        return;
    painter->setPen(colours().muted);
    const QRect text = content.adjusted(PictureSize + 8, 0, 0, 0);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(shortUrl(url), Qt::ElideMiddle, text.width()));
}

int ThumbnailDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    if (column().isReference())
        return PictureSize;
    return PictureSize + 8 + metrics.horizontalAdvance(shortUrl(index.data(Qt::DisplayRole).toString()));
}

QString ThumbnailDelegate::toolTip(const QModelIndex &index, int width) const
{
    const QString url = index.data(Qt::DisplayRole).toString();
    if (url.isEmpty() || index.data(RecordTableModel::IsDraftRole).toBool())
        return ValueDelegate::toolTip(index, width);
    const ImageLoader::Picture picture = services().images.picture(url, devicePixels());
    return picture.problem.isEmpty() ? url : url + u'\n' + picture.problem;
}

} // namespace desk
