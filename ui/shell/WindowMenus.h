// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Page.h"
#include "ui/shell/Theme.h"

#include <QHash>
#include <QMenu>
#include <QMenuBar>
#include <QObject>
#include <QPointer>

namespace desk {

// The window's menus: what is always there, and in between what the page in front brings along. Owns the
// window's own actions; what they do is connected by whoever composes the window. GUI thread.
class WindowMenus : public QObject
{
    Q_OBJECT

public:
    WindowMenus(QMenuBar &bar, Theme &theme, QObject *parent = nullptr);

    // Replaces the previous page's actions.
    void showActionsOf(const Page *page);
    void setStreamActions(const QList<QAction *> &actions);
    // A page's entry in the View menu; the first nine get Ctrl+1 … Ctrl+9.
    QAction *addPageEntry(const QString &title, const QIcon &icon);
    // Into the View menu: showing and hiding parts of the window.
    void addViewToggle(QAction *toggle);
    // In front of everything else in the Edit menu.
    void setHistoryActions(QAction *undo, QAction *redo);

    [[nodiscard]] QAction *commands() const { return m_commands; }
    [[nodiscard]] QAction *workspaces() const { return m_workspaces; }
    [[nodiscard]] QAction *entityProblems() const { return m_entityProblems; } // hidden while there are none
    [[nodiscard]] QAction *fullScreen() const { return m_fullScreen; }
    [[nodiscard]] QAction *nextPart() const { return m_nextPart; } // F6: rail, table, form, stream
    [[nodiscard]] QAction *previousPart() const { return m_previousPart; }
    [[nodiscard]] QAction *about() const { return m_about; }
    [[nodiscard]] QAction *quit() const { return m_quit; }

Q_SIGNALS:
    void themeChosen(desk::Theme::Mode mode);

private:
    [[nodiscard]] QAction *newAction(const QString &text, const QString &iconName,
                                     const QKeySequence &shortcut);
    void buildThemeMenu();
    void insertInto(PageMenu menu, QAction *before, const QList<QAction *> &actions);
    void updateMenus();

    QMenuBar &m_bar;
    Theme &m_theme;
    QHash<PageMenu, QMenu *> m_menus;
    QHash<PageMenu, QAction *> m_pageEnds; // a page's actions stand before these
    QMenu *m_help;
    QMenu *m_pages;
    QMenu *m_appearance;
    QList<QPair<QMenu *, QPointer<QAction>>> m_pageActions; // to take out again
    QList<QAction *> m_separators;
    int m_pageCount = 0;

    QAction *m_commands;
    QAction *m_workspaces;
    QAction *m_entityProblems;
    QAction *m_fullScreen;
    QAction *m_nextPart;
    QAction *m_previousPart;
    QAction *m_about;
    QAction *m_quit;
};

} // namespace desk
