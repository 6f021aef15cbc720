// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandPalette.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

class StubPage : public Page
{
public:
    explicit StubPage(const QString &title)
        : m_title(title)
        , m_inMenu(new QAction(QStringLiteral("&Weigh the selected…"), this))
        , m_onPageOnly(new QAction(QStringLiteral("Sort by weight"), this))
    {
        m_inMenu->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_W));
        addActions({m_inMenu, m_onPageOnly});
    }

    QString title() const override { return m_title; }
    QString iconName() const override { return QStringLiteral("product"); }
    QList<QAction *> menuActions(PageMenu menu) const override
    {
        return menu == PageMenu::Record ? QList<QAction *>{m_inMenu} : QList<QAction *>();
    }

    QString m_title;
    QAction *m_inMenu;
    QAction *m_onPageOnly;
};

QStringList titles(const QAbstractItemModel &model)
{
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles.append(model.index(row, 0).data().toString());
    return titles;
}

} // namespace

class CommandPaletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_window = std::make_unique<MainWindow>(*m_theme);
        m_page = new StubPage(QStringLiteral("Fruit"));
        m_window->addSection(QStringLiteral("Catalog"));
        m_window->addPage(QStringLiteral("fruit"), m_page);
        m_window->addPage(QStringLiteral("nuts"), new StubPage(QStringLiteral("Nuts")));
        m_window->showPage(QStringLiteral("fruit"));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_theme.reset();
    }

    void findsEveryActionOnce()
    {
        m_window->showCommands();
        const QStringList listed = titles(m_window->commandPalette().model());
        QCOMPARE(listed.constFirst(), QStringLiteral("Fruit")); // pages first, then what is done to records
        QVERIFY(listed.indexOf(QStringLiteral("Weigh the selected"))
                < listed.indexOf(QStringLiteral("Quit")));
        int looked = 0;
        for (QAction *action : m_window->findChildren<QAction *>()) {
            QString text = action->text();
            // Of the page in front and of the window; menus and separators are no commands. Qt's own dock
            // and line edit actions are found through the menus that show them.
            const bool isOurs = action->parent() == m_page || action->parent() == &m_window->menus();
            if (!isOurs || action->menu() || action->isSeparator() || !action->isVisible())
                continue;
            text.remove(QLatin1Char('&')).remove(QChar(0x2026));
            QVERIFY2(listed.count(text) == 1, qPrintable(text));
            ++looked;
        }
        QVERIFY(looked >= 10);
        QCOMPARE(listed.count(QStringLiteral("Weigh the selected")), 1); // not the other page's
        QVERIFY(listed.contains(QStringLiteral("Nuts")));                // pages can be gone to
        QVERIFY(listed.contains(QStringLiteral("Live stream")));
    }

    void saysWhereACommandStandsAndItsShortcut()
    {
        m_window->showCommands();
        const CommandModel &model = m_window->commandPalette().model();
        const qsizetype row = titles(model).indexOf(QStringLiteral("Weigh the selected"));
        const QModelIndex index = model.index(static_cast<int>(row), 0);
        QCOMPARE(index.data(CommandModel::ContextRole).toString(), QStringLiteral("Record"));
        QCOMPARE(index.data(CommandModel::ShortcutRole).toString(), QStringLiteral("Ctrl+W"));
    }

    void opensByItsShortcutAndRunsTheChosenOne()
    {
        QSignalSpy triggered(m_page->m_inMenu, &QAction::triggered);
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette->isVisible());
        auto *search = palette->findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("sel wei"));
        QCOMPARE(titles(palette->model()), QStringList{QStringLiteral("Weigh the selected")});
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QTRY_COMPARE(triggered.count(), 1);
    }

    void aTitlesBeginningComesBeforeItsMiddle()
    {
        CommandModel model;
        QAbstractItemModelTester tester(&model);
        QAction middle(QStringLiteral("Export list"));
        QAction beginning(QStringLiteral("List of topics"));
        model.setCommands({{&middle, middle.text(), {}}, {&beginning, beginning.text(), {}}});
        model.setText(QStringLiteral("list"));
        QCOMPARE(titles(model),
                 (QStringList{QStringLiteral("List of topics"), QStringLiteral("Export list")}));
        model.setText(QStringLiteral("lust"));
        QCOMPARE(model.rowCount(), 0);
    }

    void whatCannotBeDoneNowIsShownButNotRun()
    {
        m_page->m_inMenu->setEnabled(false);
        QSignalSpy triggered(m_page->m_inMenu, &QAction::triggered);
        m_window->showCommands();
        auto *palette = m_window->findChild<CommandPalette *>();
        auto *search = palette->findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("weigh the"));
        QCOMPARE(palette->model().rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(palette->isVisible());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
        QCOMPARE(triggered.count(), 0);
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    StubPage *m_page = nullptr;
};

QTEST_MAIN(CommandPaletteTest)
#include "CommandPaletteTest.moc"
