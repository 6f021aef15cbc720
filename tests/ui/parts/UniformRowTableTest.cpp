// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/UniformRowTable.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyledItemDelegate>
#include <QTest>

using namespace desk;

namespace {

// Many rows that are made up when they are asked for.
class Numbers : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 3; }
    QVariant data(const QModelIndex &, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant("lamp") : QVariant();
    }
    void insert(int first, int count)
    {
        beginInsertRows({}, first, first + count - 1);
        m_rows += count;
        endInsertRows();
    }
    void remove(int first, int count)
    {
        beginRemoveRows({}, first, first + count - 1);
        m_rows -= count;
        endRemoveRows();
    }

    int m_rows = 100'000;
};

// Remembers what was painted.
class Painter : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        m_rows.insert(index.row());
        QStyledItemDelegate::paint(painter, option, index);
    }

    mutable QSet<int> m_rows;
};

} // namespace

class UniformRowTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = std::make_unique<UniformRowTable>(20);
        m_model = std::make_unique<Numbers>();
        new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_model.get());
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->setModel(m_model.get());
        m_table->resize(400, 300);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
        m_height = m_table->viewport()->height();
    }
    void cleanup()
    {
        m_table.reset();
        m_model.reset();
    }

    void paintsOnlyWhatIsSeen()
    {
        Painter painter;
        m_table->setItemDelegate(&painter);
        m_table->verticalScrollBar()->setValue(50'000 * 20);
        QVERIFY(!m_table->viewport()->grab().isNull());
        QVERIFY(painter.m_rows.contains(50'000));
        QVERIFY(painter.m_rows.size() <= m_height / 20 + 2);
        painter.m_rows.clear();
        m_model->insert(0, 10'000);
        m_model->remove(90'000, 10'000);
        QCoreApplication::processEvents();
        QVERIFY(painter.m_rows.size() <= m_height / 20 + 2);
        QCOMPARE(m_table->verticalHeader()->count(), 0);
        m_table->setItemDelegate(new QStyledItemDelegate(m_table.get()));
    }

    // Nothing lies over the first column's title.
    void titlesAreSeen()
    {
        const QPoint title = m_table->horizontalHeader()->mapTo(m_table.get(), QPoint(5, 5));
        QCOMPARE(m_table->childAt(title), m_table->horizontalHeader()->viewport());
    }

    void scrollsOverAllOfThem()
    {
        const QScrollBar &bar = *m_table->verticalScrollBar();
        QCOMPARE(bar.maximum(), 100'000 * 20 - m_height);
        m_model->insert(0, 10);
        QCOMPARE(bar.maximum(), 100'010 * 20 - m_height);
        m_model->remove(0, 100'010);
        QCOMPARE(bar.maximum(), 0);
        m_table->scrollTo(m_model->index(0, 0)); // there is none
    }

    void pointAndCellAgree()
    {
        m_table->verticalScrollBar()->setValue(12'345 * 20 + 7);
        const QModelIndex index = m_model->index(12'350, 1);
        const QRect cell = m_table->visualRect(index);
        QCOMPARE(cell.height(), 20);
        QCOMPARE(cell.top(), 5 * 20 - 7);
        QCOMPARE(m_table->indexAt(cell.center()), index);
        QCOMPARE(m_table->indexAt(cell.topLeft()), index);
        QCOMPARE(m_table->indexAt(cell.bottomRight()), index);
        m_model->remove(2, 99'998);
        QCOMPARE(m_table->rowAtHeight(41), -1);
        QVERIFY(!m_table->indexAt({10, 41}).isValid());
    }

    void scrollsToARow()
    {
        const auto isSeen = [&](int row) {
            return m_table->viewport()->rect().contains(m_table->visualRect(m_model->index(row, 0)));
        };
        m_table->scrollTo(m_model->index(70'000, 0));
        QVERIFY(isSeen(70'000));
        QVERIFY(!isSeen(70'001));
        m_table->scrollTo(m_model->index(69'990, 0)); // is seen already
        QVERIFY(isSeen(70'000));
        m_table->scrollTo(m_model->index(3, 0));
        QCOMPARE(m_table->visualRect(m_model->index(3, 0)).top(), 0);
        m_table->scrollTo(m_model->index(50, 0), QAbstractItemView::PositionAtTop);
        QCOMPARE(m_table->visualRect(m_model->index(50, 0)).top(), 0);
        m_table->scrollTo(m_model->index(500, 0), QAbstractItemView::PositionAtCenter);
        QVERIFY(std::abs(m_table->visualRect(m_model->index(500, 0)).center().y() - m_height / 2) <= 1);
    }

    void keysGoThroughTheRows_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<int>("to");
        const Qt::KeyboardModifiers none;
        QTest::newRow("down") << 10 << Qt::Key_Down << none << 11;
        QTest::newRow("up") << 10 << Qt::Key_Up << none << 9;
        QTest::newRow("up at the top") << 0 << Qt::Key_Up << none << 0;
        QTest::newRow("home") << 10 << Qt::Key_Home << none << 0;
        QTest::newRow("end") << 10 << Qt::Key_End << none << 99'999;
        QTest::newRow("down at the bottom") << 99'999 << Qt::Key_Down << none << 99'999;
        QTest::newRow("far up") << 99'999 << Qt::Key_Up << Qt::KeyboardModifiers(Qt::ControlModifier) << 0;
    }
    void keysGoThroughTheRows()
    {
        QFETCH(int, from);
        QFETCH(Qt::Key, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        m_table->setCurrentIndex(m_model->index(from, 1));
        QTest::keyClick(m_table.get(), key, modifiers);
        QTEST(m_table->currentIndex().row(), "to");
        QCOMPARE(m_table->currentIndex().column(), 1);
        QVERIFY(m_table->viewport()->rect().intersects(m_table->visualRect(m_table->currentIndex())));
    }

    void pagesAreAWindowHigh()
    {
        m_table->setCurrentIndex(m_model->index(100, 0));
        QTest::keyClick(m_table.get(), Qt::Key_PageDown);
        QCOMPARE(m_table->currentIndex().row(), 100 + m_height / 20);
        QTest::keyClick(m_table.get(), Qt::Key_PageUp);
        QCOMPARE(m_table->currentIndex().row(), 100);
    }

    void leftAndRightPassOverHiddenColumns()
    {
        m_table->setColumnHidden(1, true);
        m_table->setCurrentIndex(m_model->index(5, 0));
        QTest::keyClick(m_table.get(), Qt::Key_Right);
        QCOMPARE(m_table->currentIndex().column(), 2);
        QTest::keyClick(m_table.get(), Qt::Key_Right);
        QCOMPARE(m_table->currentIndex().column(), 2);
        QTest::keyClick(m_table.get(), Qt::Key_Left);
        QCOMPARE(m_table->currentIndex().column(), 0);
        QVERIFY(m_table->visualRect(m_model->index(5, 1)).isNull());
    }

    void clicksChoose()
    {
        click(3, {});
        QCOMPARE(chosen(), (QList<int>{3}));
        click(6, Qt::ShiftModifier);
        QCOMPARE(chosen(), (QList<int>{3, 4, 5, 6}));
        click(5, Qt::ControlModifier);
        QCOMPARE(chosen(), (QList<int>{3, 4, 6}));
        m_table->selectAll();
        QCOMPARE(m_table->selectionModel()->selection().size(), 1);
        QCOMPARE(m_table->selectionModel()->selection().first().height(), 100'000);
    }

    // From where it was begun to rows that are far out of sight.
    void shiftReachesOverWhatIsScrolledAway()
    {
        click(3, {});
        m_table->verticalScrollBar()->setValue(1'000 * 20);
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, Qt::ShiftModifier, {20, 10});
        QCOMPARE(chosen().size(), 1'000 - 3 + 1);
        QTest::keyClick(m_table.get(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(chosen(), (QList<int>{0, 1, 2, 3}));
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(m_table->selectionModel()->selection().first().bottom(), 99'999);
    }

    void chosenRowStaysChosenWhenOthersCome()
    {
        click(3, {});
        m_model->insert(0, 5);
        QCOMPARE(chosen(), (QList<int>{8}));
        m_model->remove(0, 6);
        QCOMPARE(chosen(), (QList<int>{2}));
    }

    void wideTablesScrollSideways()
    {
        m_table->setColumnWidth(0, 500);
        QTRY_COMPARE(m_table->horizontalScrollBar()->maximum(),
                     m_table->horizontalHeader()->length() - m_table->viewport()->width());
        m_table->horizontalScrollBar()->setValue(100);
        QCOMPARE(m_table->visualRect(m_model->index(0, 0)).left(), -100);
        QCOMPARE(m_table->horizontalHeader()->offset(), 100);
        m_table->scrollTo(m_model->index(0, 2));
        QVERIFY(m_table->visualRect(m_model->index(0, 2)).right() < m_table->viewport()->width());
    }

    void paintsColumnsInTheirOrder()
    {
        m_table->horizontalHeader()->moveSection(2, 0);
        QCOMPARE(m_table->indexAt({5, 5}).column(), 2);
        QVERIFY(m_table->visualRect(m_model->index(0, 2)).left()
                < m_table->visualRect(m_model->index(0, 0)).left());
    }

    void changesToAnotherModel()
    {
        Numbers other;
        other.m_rows = 3;
        m_table->setModel(&other);
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 0);
        QVERIFY(m_table->indexAt({5, 45}).isValid());
        m_model->insert(0, 10); // is heard no more
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 0);
        m_table->setModel(m_model.get());
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 100'010 * 20 - m_height);
    }

private:
    void click(int row, Qt::KeyboardModifiers modifiers)
    {
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, modifiers, {20, row * 20 + 10});
    }
    QList<int> chosen() const
    {
        QList<int> rows;
        const auto indexes = m_table->selectionModel()->selectedRows();
        for (const QModelIndex &index : indexes)
            rows.append(index.row());
        std::sort(rows.begin(), rows.end());
        return rows;
    }

    std::unique_ptr<UniformRowTable> m_table;
    std::unique_ptr<Numbers> m_model;
    int m_height = 0;
};

QTEST_MAIN(UniformRowTableTest)
#include "UniformRowTableTest.moc"
