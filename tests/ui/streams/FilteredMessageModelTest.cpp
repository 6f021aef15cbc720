// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FilteredMessageModel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace desk;

class FilteredMessageModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_log = std::make_shared<MessageLog>(MessageLog::Bounds{20'000, 64 * 1024 * 1024});
        m_base = std::make_unique<MessageTableModel>(m_log, m_catalog);
        m_model = std::make_unique<FilteredMessageModel>(*m_base, m_log, m_catalog);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
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
        m_model->setText(QStringLiteral("lamp 7 "));
        QTRY_COMPARE(m_model->rowCount(), 12); // one in a thousand
        QVERIFY(m_model->logRow(0) > m_model->logRow(11));
        m_base->update();
        QCOMPARE(m_model->index(0, MessageTableModel::KeyColumn).data().toString(), QStringLiteral("11007"));
        QCOMPARE(m_model->rowOf(m_model->logRow(5)), 5);
    }

    void findsWhatComesIn()
    {
        append(0, 2'000);
        m_model->setText(QStringLiteral("lamp 7 "));
        QTRY_COMPARE(m_model->rowCount(), 2);
        append(2'000, 4'000);
        QTRY_COMPARE(m_model->rowCount(), 6);
    }

    void forgetsWhatTheLogDrops()
    {
        append(0, 15'000);
        m_model->setText(QStringLiteral("lamp 7 "));
        QTRY_COMPARE(m_model->rowCount(), 15);
        append(15'000, 10'000); // the log keeps 20'000
        QTRY_COMPARE(m_model->rowCount(), 20);
    }

    void startsAnewWhenTheLogIsCleared()
    {
        append(0, 2'000);
        m_model->setText(QStringLiteral("lamp 7 "));
        QTRY_COMPARE(m_model->rowCount(), 2);
        m_log->clear();
        QTRY_COMPARE(m_model->rowCount(), 0);
        append(0, 1'000);
        QTRY_COMPARE(m_model->rowCount(), 1);
    }

    void findsByKeyAndTopic()
    {
        append(0, 1'000);
        m_model->setText(QStringLiteral("LETTERS"));
        QTRY_COMPARE(m_model->rowCount(), 1'000);
        m_model->setText(QStringLiteral("999"));
        QTRY_COMPARE(m_model->rowCount(), 1);
        m_model->setText({});
        QCOMPARE(m_model->rowCount(), 0);
    }

private:
    void append(int first, int count)
    {
        QList<StreamMessage> batch;
        for (int number = first; number < first + count; ++number) {
            StreamMessage message;
            message.topic = QStringLiteral("letters");
            message.offset = number;
            message.hasKey = true;
            message.hasValue = true;
            message.key = QByteArray::number(number);
            message.value = "lamp " + QByteArray::number(number % 1000) + " !";
            batch.append(message);
        }
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
