// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/PictureView.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace desk {

PictureView::PictureView(QWidget *parent) : QWidget(parent)
{
    setMinimumSize(240, 180);
    setAccessibleName(tr("Picture"));
}

void PictureView::setImage(const QImage &image)
{
    m_image = image;
    m_sentence.clear();
    fit();
}

void PictureView::setSentence(const QString &sentence)
{
    m_image = {};
    m_sentence = sentence;
    setAccessibleDescription(sentence);
    update();
}

double PictureView::fittingZoom() const
{
    if (m_image.isNull())
        return 1;
    // A small picture is shown as it is, not blown up.
    return std::min({1.0, width() / static_cast<double>(m_image.width()),
                     height() / static_cast<double>(m_image.height())});
}

double PictureView::zoom() const
{
    return m_isFitted ? fittingZoom() : m_zoom;
}

void PictureView::fit()
{
    m_isFitted = true;
    m_centre = {};
    update();
    Q_EMIT zoomChanged();
}

void PictureView::zoomBy(double factor)
{
    setZoom(zoom() * factor);
}

void PictureView::setZoom(double zoom)
{
    zoomAround(QRectF(rect()).center(), zoom);
}

void PictureView::zoomAround(const QPointF &point, double zoom)
{
    if (m_image.isNull())
        return;
    const double before = this->zoom();
    const double after = std::clamp(zoom, std::min(0.05, fittingZoom()), MaximumZoom);
    const QPointF offset = point - QRectF(rect()).center();
    // What is under the point stays there.
    m_centre = offset + (m_centre - offset) * (after / before);
    m_zoom = after;
    m_isFitted = false;
    keepInSight();
    update();
    Q_EMIT zoomChanged();
}

void PictureView::keepInSight()
{
    const double overX = std::max(0.0, (m_image.width() * zoom() - width()) / 2);
    const double overY = std::max(0.0, (m_image.height() * zoom() - height()) / 2);
    m_centre = {std::clamp(m_centre.x(), -overX, overX), std::clamp(m_centre.y(), -overY, overY)};
}

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    if (m_image.isNull()) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_sentence);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 3); // beyond, one wants to see the pixels
    QRectF place(QPointF(), QSizeF(m_image.size()) * zoom());
    place.moveCenter(QRectF(rect()).center() + m_centre);
    painter.drawImage(place, m_image);
}

void PictureView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    keepInSight();
    Q_EMIT zoomChanged();
}

void PictureView::wheelEvent(QWheelEvent *event)
{
    zoomAround(event->position(), zoom() * std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void PictureView::mousePressEvent(QMouseEvent *event)
{
    m_dragFrom = event->position();
}

void PictureView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_centre += event->position() - m_dragFrom;
    m_dragFrom = event->position();
    keepInSight();
    update();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_isFitted)
        zoomAround(event->position(), 1);
    else
        fit();
}

} // namespace desk
