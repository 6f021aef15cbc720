// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/EmptyState.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

EmptyState::EmptyState(QWidget *over)
    : QWidget(over)
    , m_sentence(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setProperty("role", QStringLiteral("heading"));
    m_sentence->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignCenter);
    m_detail->setProperty("role", QStringLiteral("muted"));
    m_detail->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_sentence);
    layout->addWidget(m_detail);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::triggered);

    over->installEventFilter(this);
    setGeometry(over->rect());
    hide();
}

void EmptyState::setText(const QString &sentence, const QString &detail, const QString &action)
{
    m_sentence->setText(sentence);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

bool EmptyState::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace desk
