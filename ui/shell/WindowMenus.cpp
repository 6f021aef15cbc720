// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/WindowMenus.h"

#include "ui/shell/CommandModel.h"

#include <QActionGroup>

namespace desk {

WindowMenus::WindowMenus(QMenuBar &bar, Theme &theme, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_theme(theme)
{
    const std::pair<PageMenu, QString> menus[] = {{PageMenu::File, tr("&File")},
                                                  {PageMenu::Edit, tr("&Edit")},
                                                  {PageMenu::View, tr("&View")},
                                                  {PageMenu::Record, tr("&Record")},
                                                  {PageMenu::Stream, tr("&Stream")}};
    for (const auto &[menu, title] : menus)
        m_menus.insert(menu, bar.addMenu(title));
    m_help = bar.addMenu(tr("&Help"));

    m_workspaces = newAction(tr("&Workspaces…"), QStringLiteral("workspace"), QKeySequence::Open);
    m_quit = newAction(tr("&Quit"), {}, QKeySequence(Qt::CTRL | Qt::Key_Q));
    m_quit->setMenuRole(QAction::QuitRole);
    QMenu *file = m_menus.value(PageMenu::File);
    m_pageEnds.insert(PageMenu::File, file->addSeparator());
    file->addAction(m_workspaces);
    file->addSeparator();
    file->addAction(m_quit);

    m_commands = newAction(tr("&Commands and shortcuts…"), QStringLiteral("command"), {});
    m_commands->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::Key_F1)});
    m_fullScreen = newAction(tr("&Full screen"), {}, QKeySequence(Qt::Key_F11));
    m_fullScreen->setCheckable(true);
    QMenu *view = m_menus.value(PageMenu::View);
    m_pages = view->addMenu(tr("&Go to"));
    m_pages->setProperty(CommandRank, 0);
    m_menus.value(PageMenu::Record)->setProperty(CommandRank, 1);
    m_pageEnds.insert(PageMenu::View, view->addSeparator());
    m_appearance = view->addMenu(m_theme.icon(QStringLiteral("sun")), tr("&Theme"));
    buildThemeMenu();
    view->addAction(m_fullScreen);
    m_nextPart = newAction(tr("&Next part of the window"), {}, QKeySequence(Qt::Key_F6));
    m_previousPart = newAction(tr("P&revious part of the window"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F6));
    view->addSeparator();
    view->addAction(m_nextPart);
    view->addAction(m_previousPart);

    m_entityProblems = newAction(tr("&Problems in entity files…"), QStringLiteral("warning"), {});
    m_entityProblems->setVisible(false);
    m_about = newAction(tr("&About Catalog Desk"), QStringLiteral("info"), {});
    m_about->setMenuRole(QAction::AboutRole);
    m_help->addAction(m_commands);
    m_help->addAction(m_entityProblems);
    m_help->addSeparator();
    m_help->addAction(m_about);
    updateMenus();
}

QAction *WindowMenus::newAction(const QString &text, const QString &iconName, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(m_theme.icon(iconName));
    action->setShortcut(shortcut);
    return action;
}

void WindowMenus::buildThemeMenu()
{
    auto *group = new QActionGroup(this);
    const std::pair<Theme::Mode, QString> modes[] = {{Theme::Mode::System, tr("Follow the &system")},
                                                     {Theme::Mode::Light, tr("&Light")},
                                                     {Theme::Mode::Dark, tr("&Dark")}};
    for (const auto &[mode, title] : modes) {
        QAction *action = newAction(title, {}, {});
        action->setCheckable(true);
        action->setChecked(m_theme.mode() == mode);
        group->addAction(action);
        m_appearance->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = mode] { Q_EMIT themeChosen(mode); });
    }
    m_appearance->addSeparator();
    QAction *other = newAction(tr("Switch &between light and dark"), QStringLiteral("moon"),
                               QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_appearance->addAction(other);
    connect(other, &QAction::triggered, this,
            [this] { Q_EMIT themeChosen(m_theme.isDark() ? Theme::Mode::Light : Theme::Mode::Dark); });
    connect(&m_theme, &Theme::changed, group, [this, group] {
        group->actions().at(static_cast<int>(m_theme.mode()))->setChecked(true); // in the order of the modes
    });
}

QAction *WindowMenus::addPageEntry(const QString &title, const QIcon &icon)
{
    ++m_pageCount;
    auto *action = new QAction(icon, title, this);
    if (m_pageCount <= 9)
        action->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(m_pageCount)));
    m_pages->addAction(action);
    return action;
}

void WindowMenus::addViewToggle(QAction *toggle)
{
    m_menus.value(PageMenu::View)->insertAction(m_appearance->menuAction(), toggle);
}

void WindowMenus::setHistoryActions(QAction *undo, QAction *redo)
{
    QMenu *edit = m_menus.value(PageMenu::Edit);
    edit->addActions({undo, redo});
    updateMenus();
}

void WindowMenus::setStreamActions(const QList<QAction *> &actions)
{
    m_menus.value(PageMenu::Stream)->addActions(actions);
    updateMenus();
}

void WindowMenus::showActionsOf(const Page *page)
{
    for (const auto &[menu, action] : std::as_const(m_pageActions)) {
        if (action)
            menu->removeAction(action);
    }
    m_pageActions.clear();
    qDeleteAll(m_separators);
    m_separators.clear();

    if (page) {
        for (const PageMenu menu :
             {PageMenu::File, PageMenu::Edit, PageMenu::View, PageMenu::Record, PageMenu::Stream})
            insertInto(menu, m_pageEnds.value(menu), page->menuActions(menu));
    }
    updateMenus();
}

void WindowMenus::insertInto(PageMenu menu, QAction *before, const QList<QAction *> &actions)
{
    QMenu *target = m_menus.value(menu);
    const auto addSeparator = [&] {
        auto *separator = new QAction(target);
        separator->setSeparator(true);
        m_separators.append(separator);
        target->insertAction(before, separator);
    };
    // A null `before` is the menu's end. Menus fold separators at their ends and doubled ones by themselves.
    if (!actions.isEmpty() && !before && !target->isEmpty())
        addSeparator();
    for (QAction *action : actions) {
        if (!action) {
            addSeparator();
            continue;
        }
        target->insertAction(before, action);
        m_pageActions.append({target, action});
    }
}

void WindowMenus::updateMenus()
{
    for (QMenu *menu : std::as_const(m_menus))
        menu->menuAction()->setEnabled(!menu->isEmpty());
}

} // namespace desk
