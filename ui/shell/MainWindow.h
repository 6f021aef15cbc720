// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/FocusParts.h"
#include "ui/shell/NavigationRail.h"
#include "ui/shell/NoticeBar.h"
#include "ui/shell/Page.h"
#include "ui/shell/StatusStrip.h"
#include "ui/shell/WindowMenus.h"

#include <QDockWidget>
#include <QMainWindow>

class QLabel;
class QToolButton;
class QStackedWidget;

namespace desk {

class CommandPalette;
class StreamsPage;

// The window: places menus, rail, pages, live stream, notices and status strip, and does nothing else. What
// stands in it and what it is connected to is composed outside (app/desk). GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    // In the rail's order. The window owns the page.
    void addSection(const QString &title);
    void addPage(const QString &id, Page *page);
    // The live stream at the bottom; its actions go into the Stream menu and the command palette.
    void setStreamPanel(QWidget *panel);
    // The page on which the live stream has the whole window.
    void addStreamsPage(const QString &id);
    // At the right of the menus: workspace and operator.
    void setIdentity(const QString &text);

    void showPage(const QString &id);
    void showStream();
    // How docks and bars stand, for the next start; the stream in its dock, also while it is on its page.
    [[nodiscard]] QByteArray layoutState() const;
    void restoreLayout(const QByteArray &state);
    void showCommands();
    [[nodiscard]] QList<Page *> pages() const { return m_pages.values(); }
    [[nodiscard]] Page *page(const QString &id) const { return m_pages.value(id); }
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] QString firstPage() const; // in the rail; empty: none
    [[nodiscard]] const CommandPalette &commandPalette() const { return *m_palette; }

    [[nodiscard]] NoticeBar &notices() const { return *m_notices; }
    [[nodiscard]] StatusStrip &statusStrip() const { return *m_status; }
    [[nodiscard]] WindowMenus &menus() const { return *m_menus; }
    [[nodiscard]] QDockWidget &streamDock() const { return *m_streamDock; }

Q_SIGNALS:
    void pageShown(const QString &id);
    void layoutChanged(); // a dock was shown, hidden, moved or resized

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void placeRail();
    void placeStream();
    void placeMenus();
    void moveStream(bool ontoPage);
    void moveFocusTo(FocusStep step);
    void showAbout();

    Theme &m_theme;
    NavigationRail *m_rail;
    NoticeBar *m_notices;
    QStackedWidget *m_stack;
    StatusStrip *m_status;
    QDockWidget *m_railDock;
    QDockWidget *m_streamDock;
    WindowMenus *m_menus;
    CommandPalette *m_palette;
    QWidget *m_corner; // at the right of the menus
    QLabel *m_identity;
    QHash<QString, Page *> m_pages;
    QWidget *m_streamPanel = nullptr;
    StreamsPage *m_streamsPage = nullptr;
    QAction *m_ownStreamWindow = nullptr;
    bool m_isStreamOnPage = false;
    bool m_wasDockShown = true; // while the stream is on its page
    QByteArray m_dockedState;   // of the layout before that
};

} // namespace desk
