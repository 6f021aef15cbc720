// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FilteredMessageModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

class FilteredMessageModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        useLog({20'000, 64 * 1024 * 1024});
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_base.reset();
    }

    void findsWhatIsThereNewestFirst()
    {
        append(0, 12'000);
        filter("\"lamp 7 \"");
        QTRY_COMPARE(m_model->rowCount(), 12); // one in a thousand
        QVERIFY(m_model->logRow(0) > m_model->logRow(11));
        m_base->update();
        QCOMPARE(m_model->index(0, MessageTableModel::KeyColumn).data().toString(), QStringLiteral("11007"));
        QCOMPARE(m_model->rowOf(m_model->logRow(5)), 5);
    }

    void findsWhatComesIn()
    {
        append(0, 2'000);
        filter("\"lamp 7 \"");
        QTRY_COMPARE(m_model->rowCount(), 2);
        append(2'000, 4'000);
        QTRY_COMPARE(m_model->rowCount(), 6);
    }

    void forgetsWhatTheLogDrops()
    {
        append(0, 15'000);
        filter("\"lamp 7 \"");
        QTRY_COMPARE(m_model->rowCount(), 15);
        append(15'000, 10'000); // the log keeps 20'000
        QTRY_COMPARE(m_model->rowCount(), 20);
    }

    void startsAnewWhenTheLogIsCleared()
    {
        append(0, 2'000);
        filter("\"lamp 7 \"");
        QTRY_COMPARE(m_model->rowCount(), 2);
        m_log->clear();
        QTRY_COMPARE(m_model->rowCount(), 0);
        append(0, 1'000);
        QTRY_COMPARE(m_model->rowCount(), 1);
    }

    void findsByConditions()
    {
        append(0, 1'000);
        filter("topic = letters");
        QTRY_COMPARE(m_model->rowCount(), 1'000);
        filter("999");
        QTRY_COMPARE(m_model->rowCount(), 1);
        filter("offset in (3, 5) or /lamp 99[89]/");
        QTRY_COMPARE(m_model->rowCount(), 4);
        m_model->clearFilter();
        QCOMPARE(m_model->rowCount(), 0);
        QVERIFY(!m_model->hasFilter());
    }

    // The log is the only bound.
    void looksBackToTheOldestMessageAndKeepsAll()
    {
        useLog({1'000'000, 512LL * 1024 * 1024});
        append(0, 300'000);
        filter("lamp");
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 300'000, 20'000);
        QCOMPARE(m_model->logRow(299'999), 0);
        QCOMPARE(m_model->logRow(0), 299'999);
    }

    void tellsHowFarItHasCome()
    {
        append(0, 15'000);
        QCOMPARE(m_model->progress().all, 0);
        filter("offset < 100");
        QTRY_VERIFY(m_model->progress().isComplete());
        QCOMPARE(m_model->progress().all, 15'000);
        QCOMPARE(m_model->progress().found, 100);
        append(15'000, 10'000); // drops the hundred, and more
        QVERIFY(!m_model->progress().isComplete());
        QTRY_VERIFY(m_model->progress().isComplete());
        QCOMPARE(m_model->progress().all, 20'000);
        QTRY_COMPARE(m_model->progress().found, 0);
    }

    void anAnswerToAnOldQuestionIsDropped()
    {
        append(0, 20'000);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        for (int round = 0; round < 50; ++round)
            filter("lamp");
        filter("offset = 7");
        QTRY_VERIFY(m_model->progress().isComplete());
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(inserted.size(), 1); // what the others asked for never showed
    }

    void insertsAreExact()
    {
        append(0, 10'000);
        QList<std::pair<int, int>> inserts;
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this,
                [&](const QModelIndex &, int first, int last) {
                    inserts.append({first, last});
                });
        filter("offset in (1, 2, 3)");
        QTRY_COMPARE(m_model->rowCount(), 3);
        append(1, 1);
        QTRY_COMPARE(m_model->rowCount(), 4);
        QCOMPARE(inserts, (QList<std::pair<int, int>>{{0, 2}, {0, 0}}));
        QVERIFY(m_model->index(0, MessageTableModel::KeyColumn).data().isValid()); // the base has it, too
    }

    void saysWhenAnExpressionIsGivenUp()
    {
        QList<StreamMessage> hard;
        for (int number = 0; number < 100; ++number) {
            hard.append(message(number));
            hard.last().value = QByteArray(60, 'a') + 'b';
        }
        m_log->append(hard);
        QVERIFY(m_model->problem().isEmpty());
        filter("value ~ /(?:a|aa|a?)+$/");
        QTRY_VERIFY(m_model->problem().contains(QStringLiteral("too long")));
        filter("aab");
        QTRY_COMPARE(m_model->rowCount(), 100);
        QVERIFY(m_model->problem().isEmpty());
    }

private:
    void useLog(const MessageLog::Bounds &bounds)
    {
        cleanup();
        m_log = std::make_shared<MessageLog>(bounds);
        m_base = std::make_unique<MessageTableModel>(m_log, m_catalog);
        m_model = std::make_unique<FilteredMessageModel>(*m_base, m_log, m_catalog,
                                                         std::make_shared<EntityDescriptors>(m_catalog));
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void filter(const char *expression)
    {
        const auto parsed = parseFilter(QString::fromUtf8(expression));
        QVERIFY2(parsed, expression);
        m_model->setFilter(*parsed);
    }

    static StreamMessage message(int number)
    {
        StreamMessage message;
        message.topic = QStringLiteral("letters");
        message.offset = number;
        message.hasKey = true;
        message.hasValue = true;
        message.key = QByteArray::number(number);
        message.value = "lamp " + QByteArray::number(number % 1000) + " !";
        return message;
    }

    void append(int first, int count)
    {
        QList<StreamMessage> batch;
        for (int number = first; number < first + count; ++number)
            batch.append(message(number));
        m_log->append(batch);
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<MessageTableModel> m_base;
    std::unique_ptr<FilteredMessageModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(FilteredMessageModelTest)
#include "FilteredMessageModelTest.moc"
