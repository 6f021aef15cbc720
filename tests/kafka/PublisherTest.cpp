// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/Publisher.h"
#include "models/schema/RecordCodec.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"

#include <QTest>

using namespace desk;

class PublisherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"products_list"})); // in one partition, so that reading keeps the order
        m_store = std::make_unique<FakeStore>(std::make_shared<FakeDatabase>(), m_catalog);
    }

    void listHoldsEveryRecord()
    {
        addProducts(946, 20);
        QCOMPARE(*publishList(*m_store, m_product, m_broker->settings()), 1);
        QCOMPARE(listed().size(), 946);
    }

    void longListIsSplitBelowTheLimit()
    {
        addProducts(3000, 1000);
        const auto messages = publishList(*m_store, m_product, m_broker->settings());
        QVERIFY2(messages, messages ? "" : qPrintable(messages.error().sentence));
        QVERIFY(*messages >= 4);
        const QStringList ids = listed(int(*messages));
        QCOMPARE(ids.size(), 3000);
        QCOMPARE(ids.first(), QString("1"));
        QCOMPARE(ids.last(), QString("3000"));
    }

    void emptyTableIsAnEmptyList()
    {
        QCOMPARE(*publishList(*m_store, m_product, m_broker->settings()), 1);
        QVERIFY(listed().isEmpty());
    }

    void selectedRecordsAreKeyedMessages()
    {
        addProducts(10, 20);
        QCOMPARE(*publishRecords(*m_store, m_product, {"3", "5", "99"}, m_broker->settings()), 2);
        TopicProbe probe(m_broker->settings());
        probe.read("products_get");
        const auto messages = probe.waitForExactly(2);
        QCOMPARE(messages.size(), 2);
        QSet<QByteArray> keys;
        for (const StreamMessage &message : messages)
            keys.insert(message.key);
        QCOMPARE(keys, (QSet<QByteArray>{"3", "5"}));
    }

    void unreachableBrokerIsToldInTime()
    {
        addProducts(1, 20);
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("127.0.0.1:1");
        const auto result = publishList(*m_store, m_product, nowhere, 2'000);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unreachable);
        QVERIFY2(result.error().sentence.contains("cannot be reached"), qPrintable(result.error().sentence));
    }

private:
    void addProducts(int count, int nameLength)
    {
        for (int id = 1; id <= count; ++id)
            m_store->records.append(
                sampleProduct(*m_catalog, QString::number(id), QString(nameLength, u'n')));
    }
    QStringList listed(int messages = 1)
    {
        TopicProbe probe(m_broker->settings());
        probe.read("products_list");
        RecordCodec codec(m_product);
        QStringList ids;
        for (const StreamMessage &message : probe.waitForExactly(messages)) {
            if (message.value.size() > 1'000'000)
                qFatal("too large");
            const auto records = codec.decodeList(message.value);
            for (const Record &record : *records)
                ids.append(record.id);
        }
        return ids;
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    const EntityType &m_product = *m_catalog->find(u"product");
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<FakeStore> m_store;
};

QTEST_GUILESS_MAIN(PublisherTest)
#include "PublisherTest.moc"
