// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/ResetDialog.h"
#include "ui/groups/ResetTableModel.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace desk;
using Offsets = QMap<TopicPartition, qint64>;

namespace {

const TopicPartition First{QStringLiteral("orders"), 0};
const TopicPartition Second{QStringLiteral("orders"), 1};
const TopicPartition Gone{QStringLiteral("orders"), 2};

} // namespace

// What the preview shows is what is set.
class ResetDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_parent = std::make_unique<QWidget>();
        m_dialog = new ResetDialog(
            QStringLiteral("shop"),
            {{First, 70, 40, 100, {}}, {Second, 100, 40, 100, {}}, {Gone, 5, -1, -1, {}}}, m_parent.get());
        m_dialog->open();
    }

    void beginsWithTheEarliest()
    {
        QCOMPARE(m_dialog->offsets(), (Offsets{{First, 40}, {Second, 40}}));
        QCOMPARE(submit().text(), QStringLiteral("Reset 2 partitions"));
        QVERIFY(!time().isVisible());
        QCOMPARE(m_dialog->places(), (QList<TopicPartition>{First, Second}));
    }

    void theEndLeavesAloneWhoIsThereAlready()
    {
        choose(ResetTarget::Latest);
        QCOMPARE(m_dialog->offsets(), (Offsets{{First, 100}}));
        QCOMPARE(submit().text(), QStringLiteral("Reset 1 partition"));
        model().setData(model().index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(m_dialog->offsets().isEmpty());
        QVERIFY(!submit().isEnabled());
    }

    void aTimeIsLookedUpBeforeAnythingCanBeSet()
    {
        QSignalSpy wanted(m_dialog, &ResetDialog::timeWanted);
        choose(ResetTarget::Time);
        QVERIFY(time().isVisible());
        QCOMPARE(wanted.size(), 1);
        QVERIFY(!submit().isEnabled());
        const QDateTime asked = wanted[0][0].toDateTime();
        const QDateTime other = asked.addDays(-1);
        time().setDateTime(other);
        QTRY_COMPARE(wanted.size(), 2); // when the typing pauses
        // The answer to the first question comes late.
        m_dialog->setOffsetsAt(asked, {{First, 90}, {Second, 90}});
        QVERIFY(!submit().isEnabled());
        m_dialog->setOffsetsAt(other, {{First, 55}, {Second, -1}});
        QVERIFY(submit().isEnabled());
        QCOMPARE(m_dialog->offsets(), (Offsets{{First, 55}})); // past the end is the end, where it is
    }

    void offsetsAreTypedPerPartition()
    {
        choose(ResetTarget::Offset);
        QVERIFY(m_dialog->offsets().isEmpty());
        QVERIFY(!submit().isEnabled());
        model().setData(model().index(1, ResetTableModel::NewColumn), QStringLiteral("60"));
        QTRY_COMPARE(m_dialog->offsets(), (Offsets{{Second, 60}}));
        QCOMPARE(model().index(1, ResetTableModel::EffectColumn).data().toString(),
                 QStringLiteral("repeats 40 messages"));
        model().setData(model().index(1, ResetTableModel::NewColumn), QStringLiteral("5"));
        QTRY_COMPARE(m_dialog->offsets(), (Offsets{{Second, 40}}));
        QVERIFY(model()
                    .index(1, ResetTableModel::EffectColumn)
                    .data()
                    .toString()
                    .contains(QStringLiteral("first that is left")));
    }

private:
    void choose(ResetTarget target)
    {
        auto *box = m_dialog->findChild<QComboBox *>(QStringLiteral("resetTarget"));
        box->setCurrentIndex(box->findData(static_cast<int>(target)));
    }
    QPushButton &submit() const
    {
        return *m_dialog->findChild<QPushButton *>(QStringLiteral("submitDialog"));
    }
    QDateTimeEdit &time() const { return *m_dialog->findChild<QDateTimeEdit *>(QStringLiteral("resetTime")); }
    QAbstractItemModel &model() const
    {
        return *m_dialog->findChild<QTableView *>(QStringLiteral("resetPreview"))->model();
    }

    std::unique_ptr<QWidget> m_parent;
    ResetDialog *m_dialog = nullptr; // its parent's
};

QTEST_MAIN(ResetDialogTest)
#include "ResetDialogTest.moc"
