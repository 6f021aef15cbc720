// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/Sparkline.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace desk {

Sparkline::Sparkline(Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // gives way in a narrow window
    setAccessibleName(tr("Messages per second, the last minute"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::append(double value)
{
    m_values.append(value);
    if (m_values.size() > Points)
        m_values.removeFirst();
    update();
}

void Sparkline::clear()
{
    m_values.clear();
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double most = m_values.isEmpty() ? 0 : *std::max_element(m_values.cbegin(), m_values.cend());
    const QRectF room = QRectF(rect()).adjusted(1, 3, -1, -3);
    if (most <= 0) {
        painter.setPen(QPen(m_theme.colours().line, 1.5));
        painter.drawLine(room.bottomLeft(), room.bottomRight());
        return;
    }
    // The newest value stands at the right edge, also while there are few.
    const double step = room.width() / (Points - 1);
    QPolygonF line;
    for (qsizetype index = 0; index < m_values.size(); ++index)
        line.append({room.right() - static_cast<double>(m_values.size() - 1 - index) * step,
                     room.bottom() - m_values[index] / most * room.height()});
    painter.setPen(QPen(m_theme.colours().accent, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

} // namespace desk
