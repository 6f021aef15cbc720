// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/HistoryActions.h"

#include "models/tables/ChangeService.h"
#include "ui/shell/Theme.h"

namespace desk {

namespace {

QString withStep(const QString &verb, const QString &step)
{
    QString text = step;
    return step.isEmpty()
        ? verb
        : HistoryActions::tr("%1: %2").arg(verb, text.replace(QLatin1Char('&'), QLatin1String("&&")));
}

} // namespace

HistoryActions::HistoryActions(ChangeService &changes, Theme &theme, QObject *parent)
    : QObject(parent)
    , m_changes(changes)
    , m_undo(new QAction(theme.icon(QStringLiteral("undo")), {}, this))
    , m_redo(new QAction(theme.icon(QStringLiteral("redo")), {}, this))
{
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    connect(m_undo, &QAction::triggered, &changes, &ChangeService::undo);
    connect(m_redo, &QAction::triggered, &changes, &ChangeService::redo);
    connect(&changes, &ChangeService::historyChanged, this, &HistoryActions::update);
    update();
}

void HistoryActions::update()
{
    m_undo->setEnabled(m_changes.canUndo());
    m_undo->setText(withStep(tr("&Undo"), m_changes.undoText()));
    m_redo->setEnabled(m_changes.canRedo());
    m_redo->setText(withStep(tr("&Redo"), m_changes.redoText()));
}

} // namespace desk
