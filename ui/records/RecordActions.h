// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QAction>
#include <QObject>

namespace desk {

class Theme;

// What can be done on a records page, as actions with their shortcuts and icons; the page connects them.
// They are the page's menus, its buttons and its entries in the command palette at once. GUI thread.
class RecordActions : public QObject
{
    Q_OBJECT

public:
    RecordActions(const EntityType &entity, Theme &theme, QObject *parent);

    QAction *create;
    QAction *editSelected;
    QAction *remove; // only while the table has the focus: Delete is a key of every field
    QAction *copy;   // likewise
    QAction *search;
    QAction *filter;
    QAction *clearFilters;
    QAction *refresh;
    QAction *showForm; // checkable
    QAction *publishList;
    QAction *publishSelected;
    QAction *importFile;
    QAction *exportFile;

    void setSelectionCount(qint64 count);

private:
    [[nodiscard]] QAction *make(const QString &text, const QString &icon, const QKeySequence &shortcut);

    const EntityType &m_entity;
    Theme &m_theme;
};

} // namespace desk
