// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/JournalFilter.h"
#include "ui/journal/JournalTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

class JournalTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_model = std::make_unique<JournalTableModel>(m_catalog);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void saysWhoChangedWhatFromWhatToWhat()
    {
        m_model->setEntries({renamed(1, QStringLiteral("Lamp"), QStringLiteral("Desk lamp"))});
        QCOMPARE(text(0, JournalTableModel::AuthorColumn), QStringLiteral("maria"));
        QCOMPARE(text(0, JournalTableModel::EntityColumn), QStringLiteral("Category"));
        QCOMPARE(text(0, JournalTableModel::RecordColumn), QStringLiteral("#7  Desk lamp"));
        QCOMPARE(text(0, JournalTableModel::OperationColumn), QStringLiteral("update"));
        QCOMPARE(text(0, JournalTableModel::ChangesColumn), QStringLiteral("Name Lamp → Desk lamp"));
    }

    void newEntriesComeInFrontAndNoneTwice()
    {
        m_model->setEntries({entry(2), entry(1)});
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        m_model->append({entry(2), entry(3), entry(4)});
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(m_model->rowCount(), 4);
        QCOMPARE(m_model->index(0, 0).data(JournalTableModel::RecordIdRole).toString(), QStringLiteral("4"));
    }

    void keepsTheNewestOnly()
    {
        QList<JournalEntry> many;
        for (int number = 1; number <= JournalTableModel::MaximumEntries + 20; ++number)
            many.append(entry(number));
        m_model->append(many);
        QCOMPARE(m_model->rowCount(), JournalTableModel::MaximumEntries);
        m_model->append({entry(9'000)});
        QCOMPARE(m_model->rowCount(), JournalTableModel::MaximumEntries);
    }

    void eachEntrySaysHowFarItsEventGot()
    {
        m_model->setEntries({entry(3), entry(2), entry(1)});
        PublishingState publishing;
        publishing.head = 3;
        publishing.cursor = 2;
        publishing.waiting = 1;
        publishing.waitingRecords = {{QStringLiteral("category"), QStringLiteral("3")}};
        publishing.refused = {refusal(2, QStringLiteral("The topic is not there."))};
        m_model->setPublishing(publishing);
        QCOMPARE(text(0, JournalTableModel::StateColumn), QStringLiteral("saved"));
        QCOMPARE(text(1, JournalTableModel::StateColumn), QStringLiteral("refused"));
        QCOMPARE(text(1, JournalTableModel::ChangesColumn), QStringLiteral("The topic is not there."));
        QCOMPARE(text(2, JournalTableModel::StateColumn), QStringLiteral("published"));
        QCOMPARE(m_model->unpublished(), 2);
    }

    void refusedEventsStayHoweverOldTheyAre()
    {
        m_model->setEntries({entry(9), entry(8)});
        PublishingState publishing;
        publishing.head = publishing.cursor = 9;
        publishing.refused = {refusal(3, QStringLiteral("Too large."))};
        m_model->setPublishing(publishing);
        QCOMPARE(m_model->rowCount(), 3);
        QCOMPARE(text(2, JournalTableModel::StateColumn), QStringLiteral("refused"));
        m_model->setEntries({entry(10), entry(9)});
        QCOMPARE(m_model->rowCount(), 3);
        publishing.refused.clear();
        m_model->setPublishing(publishing);
        QCOMPARE(m_model->rowCount(), 2);
    }

    void filtersByWordsAndByWhatIsNotPublished()
    {
        m_model->setEntries({renamed(2, QStringLiteral("Lamp"), QStringLiteral("Desk lamp")), entry(1)});
        PublishingState publishing;
        publishing.head = publishing.cursor = 2;
        publishing.refused = {refusal(1, QStringLiteral("Too large."))};
        m_model->setPublishing(publishing);
        JournalFilter filter;
        QAbstractItemModelTester tester(&filter);
        filter.setSourceModel(m_model.get());
        QCOMPARE(filter.rowCount(), 2);
        filter.setSearch(QStringLiteral("maria desk"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setSearch({});
        filter.setSelection(JournalSelection::Unpublished);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.index(0, JournalTableModel::StateColumn).data().toString(),
                 QStringLiteral("refused"));
    }

private:
    [[nodiscard]] QString text(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }

    [[nodiscard]] static JournalEntry entry(qint64 position)
    {
        JournalEntry entry;
        entry.position = entry.sequence = position;
        entry.entity = QStringLiteral("category");
        entry.id = QString::number(position);
        entry.version = 1;
        entry.operation = Operation::Add;
        entry.author = QStringLiteral("maria");
        entry.origin = Origin::Desk;
        entry.at = QDateTime::currentDateTimeUtc();
        return entry;
    }

    [[nodiscard]] JournalEntry renamed(qint64 position, const QString &from, const QString &to) const
    {
        const EntityType &category = *m_catalog->find(u"category");
        JournalEntry change = entry(position);
        change.operation = Operation::Update;
        change.id = QStringLiteral("7");
        Record record = newRecord(category);
        setRecordId(category, record, change.id);
        record.values[category.displayColumn] = from;
        change.before = record;
        record.values[category.displayColumn] = to;
        change.after = record;
        return change;
    }

    [[nodiscard]] static RefusedEvent refusal(qint64 position, const QString &reason)
    {
        RefusedEvent event;
        event.position = position;
        event.entity = QStringLiteral("category");
        event.id = QString::number(position);
        event.reason = reason;
        event.at = QDateTime::currentDateTimeUtc();
        return event;
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<JournalTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(JournalTableModelTest)
#include "JournalTableModelTest.moc"
