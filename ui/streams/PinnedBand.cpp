// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PinnedBand.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace desk {

PinnedBand::PinnedBand(const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("pinnedBand"));
    m_text->setObjectName(QStringLiteral("pinnedText"));
    m_text->setProperty("role", QStringLiteral("muted"));
    m_text->setTextFormat(Qt::PlainText);
    m_problem->setObjectName(QStringLiteral("pinnedProblem"));
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 2, 12, 2);
    row->setSpacing(8);
    row->addWidget(m_text);
    for (QAction *action : actions) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        row->addWidget(button);
    }
    row->addWidget(m_problem, 1);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(line);
    updateVisible();
}

void PinnedBand::setPinned(qint64 messages, qint64 bytes, bool areShown)
{
    m_messages = messages;
    const QString size = QLocale::c().formattedDataSize(bytes, bytes < 10'000 ? 0 : 1,
                                                        QLocale::DataSizeSIFormat);
    const int count = int(messages);
    const QString pinned = count == 1 ? tr("1 pinned message · %1").arg(size)
                                      : tr("%n pinned messages · %1", nullptr, count).arg(size);
    m_text->setText(areShown ? tr("Shown instead of the stream: %1").arg(pinned) : pinned);
    m_problem->clear();
    updateVisible();
}

void PinnedBand::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    updateVisible();
}

void PinnedBand::updateVisible()
{
    m_problem->setVisible(!m_problem->text().isEmpty());
    setVisible(m_messages > 0 || !m_problem->text().isEmpty());
}

} // namespace desk
