// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusStrip.h"

#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace desk {

namespace {

QColor colourOf(StatusTone tone, const Colours &colours)
{
    switch (tone) {
    case StatusTone::Good:
        return colours.published.text;
    case StatusTone::Busy:
        return colours.waiting.text;
    case StatusTone::Bad:
        return colours.refused.text;
    case StatusTone::Idle:
        break;
    }
    return colours.disabled;
}

// The dot's shape says the tone too: full, half, ring.
QIcon dot(StatusTone tone, const Colours &colours, qreal ratio)
{
    QPixmap pixmap(QSize(10, 10) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colourOf(tone, colours);
    const QRectF circle(1.75, 1.75, 6.5, 6.5);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(tone == StatusTone::Idle ? QBrush(Qt::NoBrush) : QBrush(colour));
    if (tone == StatusTone::Busy) {
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(circle);
        painter.setBrush(colour);
        painter.drawPie(circle, 90 * 16, 180 * 16);
    } else {
        painter.drawEllipse(circle);
    }
    return QIcon(pixmap);
}

} // namespace

StatusStrip::StatusStrip(Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setAccessibleName(tr("Status"));
    setFixedHeight(26);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 1, 6, 0);
    layout->setSpacing(2);
    const std::pair<Item, const char *> items[] = {
        {Item::Database, QT_TR_NOOP("Database")},  {Item::Brokers, QT_TR_NOOP("Brokers")},
        {Item::Relay, QT_TR_NOOP("Relay")},        {Item::Outbox, QT_TR_NOOP("Not published")},
        {Item::Ingest, QT_TR_NOOP("Ingest")},      {Item::Poison, QT_TR_NOOP("Poison messages")},
        {Item::Workspace, QT_TR_NOOP("Workspace")}};
    for (const auto &[item, name] : items) {
        auto *button = new QToolButton(this);
        button->setProperty("flat", true);
        button->setProperty("status", true);
        button->setObjectName(QString::fromLatin1(name));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize(QSize(10, 10));
        button->setVisible(false);
        connect(button, &QToolButton::clicked, this, [this, item = item] { Q_EMIT clicked(item); });
        if (item == Item::Workspace)
            layout->addStretch(1);
        layout->addWidget(button);
        m_buttons.insert(item, button);
    }
    connect(&theme, &Theme::changed, this, &StatusStrip::recolour);
}

void StatusStrip::setItem(Item item, const StatusText &status)
{
    if (m_status.value(item) == status)
        return;
    m_status.insert(item, status);
    QToolButton *button = m_buttons.value(item);
    button->setText(status.text);
    button->setToolTip(status.toolTip);
    button->setAccessibleName(tr("%1: %2").arg(tr(button->objectName().toLatin1().constData()), status.text));
    button->setAccessibleDescription(status.toolTip);
    button->setVisible(!status.text.isEmpty());
    recolour();
}

void StatusStrip::recolour()
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it) {
        const bool hasDot = it.key() != Item::Outbox && it.key() != Item::Poison
            && it.key() != Item::Workspace;
        it.value()->setIcon(
            hasDot ? dot(m_status.value(it.key()).tone, m_theme.colours(), devicePixelRatioF()) : QIcon());
    }
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().ground);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.colours().line);
}

} // namespace desk
