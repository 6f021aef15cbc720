// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QHash>

class QListWidget;
class QListWidgetItem;

namespace desk {

class Theme;

// The list of pages at the window's left, in titled sections, each page with its icon and a badge (how many
// records it has). Knows pages by their ids only. The window owns it. GUI thread.
class NavigationRail : public QFrame
{
    Q_OBJECT

public:
    explicit NavigationRail(Theme &theme, QWidget *parent = nullptr);

    void addSection(const QString &title);
    void addEntry(const QString &id, const QString &title, const QString &iconName, const QString &shortcut);
    void setBadge(const QString &id, const QString &text);
    // Marks the entry; chosen() stays silent.
    void setCurrent(const QString &id);

Q_SIGNALS:
    void chosen(const QString &id);

private:
    Theme &m_theme;
    QListWidget *m_list;
    QHash<QString, QListWidgetItem *> m_entries;
};

} // namespace desk
