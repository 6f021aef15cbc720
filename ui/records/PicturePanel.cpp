// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/PicturePanel.h"

#include "ui/records/ImageLoader.h"
#include "ui/shell/Theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace desk {
namespace {

constexpr int Radius = 6;
constexpr QSize Decoded(1024, 1024); // enough for a wide form on a dense screen

} // namespace

PicturePanel::PicturePanel(DeskServices &services, QWidget *parent) : QWidget(parent), m_services(services)
{
    setFixedHeight(Height);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Open"));
    setAccessibleName(tr("Picture"));
    connect(&services.images, &ImageLoader::pictureChanged, this, [this](const QString &url) {
        if (url == m_url)
            update();
    });
    connect(&services.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void PicturePanel::setUrl(const QString &url)
{
    m_url = url;
    setVisible(!url.isEmpty());
    update();
}

void PicturePanel::paintEvent(QPaintEvent *)
{
    const Colours &colours = m_services.theme.colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath frame;
    frame.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    painter.fillPath(frame, colours.ground);
    const ImageLoader::Picture picture = m_services.images.picture(m_url, Decoded);
    if (picture.status == ImageLoader::Status::Ready) {
        // As large as it goes: a drawing may grow, a small photograph only to its own size twice.
        const QSize largest = rect().size().boundedTo(picture.image.size() * 2);
        QRect place(QPoint(), picture.image.size().scaled(largest, Qt::KeepAspectRatio));
        place.moveCenter(rect().center());
        painter.setClipPath(frame);
        painter.drawImage(place, picture.image);
        painter.setClipping(false);
    } else {
        painter.setPen(colours.muted);
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         picture.status == ImageLoader::Status::Loading ? tr("Loading…") : picture.problem);
    }
    painter.setPen(colours.line);
    painter.drawPath(frame);
}

void PicturePanel::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT openRequested();
}

} // namespace desk
