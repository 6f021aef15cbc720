// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ThumbnailButton.h"

#include "ui/records/ImageLoader.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace desk {
namespace {

constexpr double Radius = 5;

} // namespace

ThumbnailButton::ThumbnailButton(DeskServices &services, QWidget *parent)
    : QAbstractButton(parent)
    , m_services(services)
{
    setFixedSize(Side, Side);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    connect(&services.images, &ImageLoader::pictureChanged, this, [this](const QString &url) {
        if (url != m_url)
            return;
        setToolTip(m_services.images.picture(m_url, devicePixels()).problem);
        update();
    });
    connect(&services.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ThumbnailButton::setUrl(const QString &url)
{
    m_url = url;
    setToolTip({});
    update();
}

void ThumbnailButton::paintEvent(QPaintEvent *)
{
    const Colours &colours = m_services.theme.colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isLit = hasFocus() || underMouse();

    if (m_url.isEmpty()) {
        painter.setPen(QPen(isLit ? colours.accent : colours.border, 1, Qt::DashLine));
        painter.drawRoundedRect(frame, Radius, Radius);
        painter.setPen(isLit ? colours.accent : colours.muted);
        painter.drawText(rect(), Qt::AlignCenter, text());
        return;
    }
    const ImageLoader::Picture picture = m_services.images.picture(m_url, devicePixels());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(frame, Radius, Radius);
    if (picture.status == ImageLoader::Status::Ready) {
        QPainterPath rounded;
        rounded.addRoundedRect(frame, Radius, Radius);
        QRectF place(QPointF(), QSizeF(picture.image.size()).scaled(frame.size(), Qt::KeepAspectRatio));
        place.moveCenter(frame.center());
        painter.save();
        painter.setClipPath(rounded);
        painter.drawImage(place, picture.image);
        painter.restore();
    } else if (picture.status == ImageLoader::Status::Failed) {
        painter.setPen(colours.refused.text);
        painter.drawText(rect(), Qt::AlignCenter, tr("no image"));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus()  ? colours.accent
                            : isLit ? colours.muted
                                    : colours.line,
                        hasFocus() ? 2 : 1));
    painter.drawRoundedRect(frame, Radius, Radius);
}

} // namespace desk
