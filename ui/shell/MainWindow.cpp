// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "ui/shell/CommandPalette.h"
#include "ui/shell/StreamsPage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace desk {
namespace {

constexpr int LayoutVersion = 1; // of the docks: a layout of another one is not restored
constexpr QSize LeastSize(900, 600);

// In place of a dock's title bar. It needs a size, be it none: a widget by itself has a height of -1, which Qt takes off
// that of the dock.
QWidget *newNoTitle(QDockWidget &dock)
{
    auto *none = new QWidget(&dock);
    auto *layout = new QHBoxLayout(none);
    layout->setContentsMargins(0, 0, 0, 0);
    return none;
}

} // namespace

MainWindow::MainWindow(Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_rail(new NavigationRail(theme))
    , m_notices(new NoticeBar(theme))
    , m_stack(new QStackedWidget)
    , m_status(new StatusStrip(theme))
    , m_railDock(new QDockWidget(tr("Pages"), this))
    , m_streamDock(new QDockWidget(tr("Live stream"), this))
    , m_menus(new WindowMenus(*menuBar(), theme, this))
    , m_palette(new CommandPalette(theme, this))
    , m_corner(new QWidget(this))
    , m_identity(new QLabel(m_corner))
{
    setObjectName(QStringLiteral("MainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/catalog-desk.svg")));
    setWindowTitle(tr("Catalog Desk"));

    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notices);
    layout->addWidget(m_stack, 1);
    setCentralWidget(centre);
    m_notices->setToastArea(centre);

    placeRail();
    placeStream();
    placeMenus();
    auto *bar = new QStatusBar(this);
    bar->setSizeGripEnabled(false);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->addWidget(m_status, 1);
    setStatusBar(bar);
    setMinimumSize(LeastSize);
    resize(1280, 800);
    for (QDockWidget *dock : {m_railDock, m_streamDock})
        dock->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::placeRail()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_railDock->setObjectName(QStringLiteral("rail"));
    m_railDock->setFeatures(QDockWidget::DockWidgetClosable); // by its menu entry: it has no title bar
    m_railDock->setTitleBarWidget(newNoTitle(*m_railDock));
    m_railDock->setWidget(m_rail);
    addDockWidget(Qt::LeftDockWidgetArea, m_railDock);
    connect(m_rail, &NavigationRail::chosen, this, &MainWindow::showPage);

    QAction *toggle = m_railDock->toggleViewAction();
    toggle->setText(tr("&Pages"));
    toggle->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_B));
    m_menus->addViewToggle(toggle);
}

void MainWindow::placeStream()
{
    m_streamDock->setObjectName(QStringLiteral("stream"));
    m_streamDock->setAllowedAreas(Qt::BottomDockWidgetArea);
    m_streamDock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetFloatable);
    // The panel has a tool bar of its own; a title bar is shown only where the dock stands alone.
    QWidget *noTitle = newNoTitle(*m_streamDock);
    m_streamDock->setTitleBarWidget(noTitle);
    connect(m_streamDock, &QDockWidget::topLevelChanged, this, [this, noTitle](bool floating) {
        m_streamDock->setTitleBarWidget(floating ? nullptr : noTitle);
    });
    addDockWidget(Qt::BottomDockWidgetArea, m_streamDock);
    m_streamDock->hide(); // until there is a panel

    QAction *toggle = m_streamDock->toggleViewAction();
    toggle->setText(tr("Live &stream"));
    toggle->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));
    m_menus->addViewToggle(toggle);
    m_ownStreamWindow = new QAction(tr("Live stream in its &own window"), this);
    m_ownStreamWindow->setCheckable(true);
    connect(m_ownStreamWindow, &QAction::triggered, this, [this](bool own) {
        showStream();
        m_streamDock->setFloating(own);
    });
    connect(m_streamDock, &QDockWidget::topLevelChanged, m_ownStreamWindow, &QAction::setChecked);
    m_menus->addViewToggle(m_ownStreamWindow);
}

void MainWindow::placeMenus()
{
    auto *brand = new QLabel(tr("Catalog Desk"), this);
    brand->setProperty("role", QStringLiteral("heading"));
    brand->setContentsMargins(12, 0, 8, 0);
    menuBar()->setCornerWidget(brand, Qt::TopLeftCorner);
    m_identity->setProperty("role", QStringLiteral("muted"));
    auto *commands = new QToolButton(m_corner);
    commands->setProperty("flat", true);
    commands->setProperty("status", true);
    commands->setText(m_menus->commands()->shortcut().toString(QKeySequence::NativeText));
    commands->setToolTip(tr("Find any command by typing"));
    commands->setAccessibleName(tr("Commands and shortcuts"));
    connect(commands, &QToolButton::clicked, this, &MainWindow::showCommands);
    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(8, 0, 6, 0);
    corner->setSpacing(6);
    corner->addWidget(m_identity);
    corner->addWidget(commands);
    menuBar()->setCornerWidget(m_corner, Qt::TopRightCorner);

    connect(m_menus->commands(), &QAction::triggered, this, &MainWindow::showCommands);
    connect(m_menus->quit(), &QAction::triggered, this, &QWidget::close);
    connect(m_menus->nextPart(), &QAction::triggered, this, [this] { moveFocusTo(FocusStep::Next); });
    connect(m_menus->previousPart(), &QAction::triggered, this, [this] { moveFocusTo(FocusStep::Previous); });
    connect(m_menus->about(), &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_menus->fullScreen(), &QAction::triggered, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
}

void MainWindow::addSection(const QString &title)
{
    m_rail->addSection(title);
}

void MainWindow::addPage(const QString &id, Page *page)
{
    m_pages.insert(id, page);
    m_stack->addWidget(page);
    QAction *entry = m_menus->addPageEntry(page->title(), m_theme.icon(page->iconName()));
    m_rail->addEntry(id, page->title(), page->iconName(),
                     entry->shortcut().toString(QKeySequence::NativeText));
    connect(entry, &QAction::triggered, this, [this, id] { showPage(id); });
    connect(page, &Page::badgeChanged, this, [this, id](const QString &text) { m_rail->setBadge(id, text); });
    connect(page, &Page::noticeRequested, m_notices, &NoticeBar::show);
}

void MainWindow::setStreamPanel(QWidget *panel)
{
    m_streamPanel = panel;
    m_streamDock->setWidget(panel);
    m_streamDock->show();
    m_menus->setStreamActions(panel->actions());
    resizeDocks({m_streamDock}, {230}, Qt::Vertical);
}

void MainWindow::addStreamsPage(const QString &id)
{
    m_streamsPage = new StreamsPage(this);
    addPage(id, m_streamsPage);
}

void MainWindow::moveStream(bool ontoPage)
{
    if (m_isStreamOnPage == ontoPage || !m_streamPanel)
        return;
    if (ontoPage)
        m_dockedState = saveState(LayoutVersion);
    m_isStreamOnPage = ontoPage;
    if (ontoPage) {
        m_wasDockShown = !m_streamDock->isHidden();
        m_streamsPage->take(m_streamPanel);
        m_streamDock->hide();
    } else {
        m_streamDock->setWidget(m_streamPanel);
        m_streamDock->setVisible(m_wasDockShown);
    }
    m_streamDock->toggleViewAction()->setEnabled(!ontoPage);
    m_ownStreamWindow->setEnabled(!ontoPage);
}

QByteArray MainWindow::layoutState() const
{
    return m_isStreamOnPage ? m_dockedState : saveState(LayoutVersion);
}

void MainWindow::restoreLayout(const QByteArray &state)
{
    restoreState(state, LayoutVersion);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show || event->type() == QEvent::Hide)
        Q_EMIT layoutChanged();
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::setIdentity(const QString &text)
{
    m_identity->setText(text);
    m_corner->setMinimumHeight(menuBar()->sizeHint().height() - 1);
    menuBar()->setCornerWidget(m_corner, Qt::TopRightCorner); // takes its new width
}

void MainWindow::showPage(const QString &id)
{
    Page *page = m_pages.value(id);
    if (!page)
        return;
    m_rail->setCurrent(id);
    moveStream(page == m_streamsPage);
    m_stack->setCurrentWidget(page);
    m_menus->showActionsOf(page);
    page->activated();
    Q_EMIT pageShown(id);
}

QString MainWindow::currentPage() const
{
    return m_pages.key(static_cast<Page *>(m_stack->currentWidget()));
}

QString MainWindow::firstPage() const
{
    return m_pages.key(static_cast<Page *>(m_stack->widget(0)));
}

void MainWindow::showStream()
{
    if (m_isStreamOnPage)
        return;
    m_streamDock->show();
    m_streamDock->raise();
}

void MainWindow::moveFocusTo(FocusStep step)
{
    QList<QWidget *> parts{m_rail};
    if (m_stack->currentWidget() && !m_isStreamOnPage)
        parts += static_cast<Page *>(m_stack->currentWidget())->focusParts();
    if (m_streamPanel)
        parts.append(m_streamPanel);
    moveFocus(parts, step);
}

void MainWindow::showCommands()
{
    QList<QWidget *> widgets;
    if (QWidget *page = m_stack->currentWidget())
        widgets.append(page);
    if (m_streamPanel)
        widgets.append(m_streamPanel);
    m_palette->open(collectCommands(*menuBar(), widgets));
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Catalog Desk"),
        tr("<h3>Catalog Desk %1</h3><p>Edit a shop's catalog in tables, and watch every "
           "edit become an event.</p><p>Free software under the GNU General Public "
           "License, version 3 or later. Qt %2.</p>")
            .arg(QStringLiteral(CATALOG_VERSION), QString::fromLatin1(qVersion())),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    box->open();
}

} // namespace desk
