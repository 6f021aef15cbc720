// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordFormFoot.h"

#include "models/tables/ChangeService.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace desk {
namespace {

constexpr int Margin = 14;
constexpr int Gap = 8;
constexpr int ButtonFrame = 30; // padding and border of a button, both sides

} // namespace

RecordFormFoot::RecordFormFoot(QAction &save, QAction &discard, ChangeService &changes, QWidget *parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_problem(new QLabel(this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_discard(new QPushButton(tr("Discard"), this))
    , m_undo(new QPushButton(tr("Undo"), this))
{
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setObjectName(QStringLiteral("formProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();

    m_save->setProperty("primary", true);
    m_save->setObjectName(QStringLiteral("formSave"));
    m_save->setToolTip(tr("Save (%1)").arg(save.shortcut().toString(QKeySequence::NativeText)));
    m_discard->setObjectName(QStringLiteral("formDiscard"));
    m_undo->setObjectName(QStringLiteral("formUndo"));
    for (const auto &[button, action] : {std::pair(m_save, &save), std::pair(m_discard, &discard)}) {
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    }
    connect(m_undo, &QPushButton::clicked, &changes, &ChangeService::undo);
    connect(&changes, &ChangeService::historyChanged, this, &RecordFormFoot::updateUndo);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Gap);
    buttons->addWidget(m_save);
    buttons->addWidget(m_discard);
    buttons->addStretch();
    buttons->addWidget(m_undo);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, 8, Margin, 10);
    layout->setSpacing(6);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    updateUndo();
}

void RecordFormFoot::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

QString RecordFormFoot::problem() const
{
    return m_problem->text();
}

void RecordFormFoot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateUndo();
}

// The step may be any record's: the button says which, as far as there is room.
void RecordFormFoot::updateUndo()
{
    const QString step = m_changes.undoText();
    const QString text = step.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(step);
    const int room = width() - 2 * Margin - m_save->sizeHint().width() - m_discard->sizeHint().width()
        - 3 * Gap - ButtonFrame;
    const int least = m_undo->fontMetrics().horizontalAdvance(tr("Undo") + QStringLiteral(": …"));
    QString shown = m_undo->fontMetrics().elidedText(text, Qt::ElideRight, std::max(room, least));
    m_undo->setText(shown.replace(u'&', QLatin1String("&&")));
    m_undo->setEnabled(m_changes.canUndo());
    m_undo->setToolTip(step);
    m_undo->setAccessibleName(text);
}

} // namespace desk
