// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/PageHeader.h"

#include <QHBoxLayout>
#include <QLabel>

namespace desk {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_left(1)
{
    m_layout->setContentsMargins(12, 8, 12, 8);
    m_layout->setSpacing(8);
    auto *label = new QLabel(title, this);
    label->setProperty("role", QStringLiteral("title"));
    label->setContentsMargins(0, 0, 6, 0);
    m_layout->addWidget(label);
    m_layout->addStretch(1);
}

void PageHeader::addLeft(QWidget *widget)
{
    m_layout->insertWidget(m_left++, widget);
}

void PageHeader::addRight(QWidget *widget)
{
    m_layout->addWidget(widget);
}

} // namespace desk
