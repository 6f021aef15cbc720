// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/ChartPane.h"

#include <QHBoxLayout>
#include <QLabel>

namespace desk {

ChartPane::ChartPane(const QString &title, ChartAmount amount, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_chart(new TimeChart(title, amount, theme, this))
    , m_now(new QLabel(this))
    , m_more(new QLabel(this))
{
    auto *heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("muted"));
    m_now->setObjectName(QStringLiteral("chartNow"));
    m_now->setProperty("role", QStringLiteral("heading"));
    m_more->setObjectName(QStringLiteral("chartMore"));
    m_more->setProperty("role", QStringLiteral("muted"));
    m_more->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_more->setMinimumWidth(1); // gives way
    m_more->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QLabel *label : {m_now, m_more})
        label->setTextFormat(Qt::PlainText);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 2, 8, 0);
    head->setSpacing(8);
    head->addWidget(heading);
    head->addWidget(m_now);
    head->addWidget(m_more, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_chart, 1);
}

void ChartPane::setNow(const QString &now, const QString &more)
{
    m_now->setText(now);
    if (more == m_moreText)
        return;
    m_moreText = more;
    m_more->setToolTip(more);
    m_more->setAccessibleDescription(more);
    fitMore();
}

void ChartPane::fitMore()
{
    m_more->setText(m_more->fontMetrics().elidedText(m_moreText, Qt::ElideRight, m_more->width()));
}

void ChartPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    fitMore();
}

} // namespace desk
