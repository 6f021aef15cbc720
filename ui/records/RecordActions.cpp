// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordActions.h"

#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

namespace desk {

RecordActions::RecordActions(const EntityType &entity, Theme &theme, QObject *parent)
    : QObject(parent)
    , m_entity(entity)
    , m_theme(theme)
{
    const QString singular = entity.singular.toLower();
    const QString plural = entity.plural.toLower();
    create = make(tr("&New %1").arg(singular), QStringLiteral("plus"), QKeySequence(Qt::CTRL | Qt::Key_N));
    editSelected = make({}, QStringLiteral("pencil"), QKeySequence(Qt::CTRL | Qt::Key_E));
    remove = make({}, QStringLiteral("trash"), QKeySequence(Qt::Key_Delete));
    remove->setShortcutContext(Qt::WidgetShortcut);
    copy = make(tr("&Copy rows"), QStringLiteral("copy"), QKeySequence(QKeySequence::Copy));
    copy->setShortcutContext(Qt::WidgetShortcut);
    search = make(tr("&Search %1").arg(plural), QStringLiteral("search"), QKeySequence(QKeySequence::Find));
    filter = make(tr("&Filter this column"), QStringLiteral("filter"),
                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    clearFilters = make(tr("Clear search and &filters"), QStringLiteral("clear"),
                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
    refresh = make(tr("&Refresh"), QStringLiteral("refresh"), QKeySequence(Qt::Key_F5));
    showForm = make(tr("Show the &form"), QStringLiteral("record"), QKeySequence(Qt::Key_F4));
    showForm->setCheckable(true);
    showForm->setChecked(true);
    publishList = make(tr("&Publish the list of %1").arg(plural), QStringLiteral("publish"),
                       QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_L));
    publishSelected = make(tr("Publish &selected %1").arg(plural), QStringLiteral("publish"),
                           QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P));
    importFile = make(tr("&Import %1…").arg(plural), QStringLiteral("import"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    exportFile = make(tr("&Export %1…").arg(plural), QStringLiteral("export"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    setSelectionCount(0);
}

QAction *RecordActions::make(const QString &text, const QString &icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setShortcut(shortcut);
    return action;
}

void RecordActions::setSelectionCount(qint64 count)
{
    editSelected->setText(count > 1 ? tr("&Edit %1 selected…").arg(groupedNumber(count))
                                    : tr("&Edit selected…"));
    editSelected->setEnabled(count > 0);
    remove->setText(count > 1 ? tr("&Delete %1 %2…").arg(groupedNumber(count), m_entity.plural.toLower())
                              : tr("&Delete %1…").arg(m_entity.singular.toLower()));
    remove->setEnabled(count > 0);
    copy->setEnabled(count > 0);
    publishSelected->setEnabled(count > 0);
}

} // namespace desk
