// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/UnsavedBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace desk {

UnsavedBar::UnsavedBar(QWidget *parent)
    : QFrame(parent)
    , m_sentence(new QLabel(this))
    , m_save(new QPushButton(tr("Save"), this))
{
    setProperty("role", QStringLiteral("ground"));
    setAccessibleName(tr("Changes that are not saved"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    auto *discard = new QPushButton(tr("Discard"), this);
    auto *stay = new QPushButton(tr("Stay"), this);
    m_save->setProperty("primary", true);
    m_save->setObjectName(QStringLiteral("unsavedSave"));
    discard->setObjectName(QStringLiteral("unsavedDiscard"));
    stay->setObjectName(QStringLiteral("unsavedStay"));
    connect(m_save, &QPushButton::clicked, this, &UnsavedBar::saveChosen);
    connect(discard, &QPushButton::clicked, this, &UnsavedBar::discardChosen);
    connect(stay, &QPushButton::clicked, this, &UnsavedBar::stayChosen);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(m_save);
    buttons->addWidget(discard);
    buttons->addWidget(stay);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->addWidget(m_sentence);
    layout->addLayout(buttons);
    hide();
}

void UnsavedBar::ask(const QString &name, const QStringList &fields)
{
    m_sentence->setText(
        tr("%1 has changes that are not saved: %2.").arg(name, fields.join(QStringLiteral(", "))));
    show();
}

} // namespace desk
