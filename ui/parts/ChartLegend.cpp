// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/ChartLegend.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace desk {
namespace {

constexpr int Swatch = 14; // how long a piece of the line is shown
constexpr int Gap = 6;     // between it and its name
constexpr int Between = 16;
constexpr int WidestName = 200;

} // namespace

ChartLegend::ChartLegend(Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChartLegend::setLines(const QList<ChartLine> &lines)
{
    QList<Entry> entries;
    for (const ChartLine &line : lines)
        entries.append({line.name, line.colour, line.style});
    if (entries == m_entries)
        return;
    m_entries = entries;
    setAccessibleDescription(names().join(QStringLiteral(", ")));
    setToolTip(names().join(u'\n'));
    update();
}

QStringList ChartLegend::names() const
{
    QStringList names;
    for (const Entry &entry : m_entries)
        names.append(entry.name);
    return names;
}

QSize ChartLegend::sizeHint() const
{
    return {200, QFontMetrics(m_theme.smallFont()).height() + 4};
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.smallFont());
    const QFontMetrics metrics(painter.font());
    const Colours &colours = m_theme.colours();
    int x = 0;
    for (qsizetype index = 0; index < m_entries.size(); ++index) {
        const Entry &entry = m_entries[index];
        const QString name = metrics.elidedText(entry.name, Qt::ElideMiddle, WidestName);
        const int width = Swatch + Gap + metrics.horizontalAdvance(name);
        const QString rest = tr("and %1 more").arg(m_entries.size() - index);
        const bool isLast = index + 1 == m_entries.size();
        if (x + width + (isLast ? 0 : Between + metrics.horizontalAdvance(rest)) > this->width()) {
            painter.setPen(colours.muted);
            painter.drawText(QRect(x, 0, this->width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft,
                             index > 0 ? rest : metrics.elidedText(name, Qt::ElideRight, this->width()));
            return;
        }
        const QColor colour = entry.colour < 0 ? colours.muted
                                               : colours.lines[size_t(entry.colour) % colours.lines.size()];
        painter.setPen(
            QPen(colour, 2, entry.style == ChartLine::Style::Dashed ? Qt::DotLine : Qt::SolidLine));
        painter.drawLine(QPointF(x, height() / 2.0), QPointF(x + Swatch, height() / 2.0));
        painter.setPen(colours.text);
        painter.drawText(QRect(x + Swatch + Gap, 0, width, height()), Qt::AlignVCenter | Qt::AlignLeft, name);
        x += width + Between;
    }
}

} // namespace desk
