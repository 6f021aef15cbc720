// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventEncoder.h"

#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class EventEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        writePlayerEntity(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void addCarriesTheWholeRecordAndTheHeaders()
    {
        const Record record = sampleProduct(*m_catalog, "24", "Fish Steak");
        m_database.add("product", "24", Operation::Add, {}, record);
        EventEncoder encoder(*m_catalog, m_database.id);
        const auto event = encoder.encode(m_database.journal.last());
        QVERIFY(event);
        QCOMPARE(event->topic, QString("products_add"));
        QCOMPARE(event->key, QByteArray("24"));
        // Field 1 (id) is 24, field 2 (name) follows: what the older service reads.
        QVERIFY2(event->payload.startsWith(QByteArray::fromHex("0818120a") + "Fish Steak"),
                 event->payload.toHex(' ').constData());
        QCOMPARE(header(*event, "origin"), m_database.id.toUtf8());
        QCOMPARE(header(*event, "operation"), QByteArray("add"));
        QCOMPARE(header(*event, "version"), QByteArray("1"));
        QCOMPARE(header(*event, "author"), QByteArray("ada"));
        QCOMPARE(header(*event, "at"), QByteArray("2023-11-14T22:13:20.123Z"));
        QCOMPARE(header(*event, "schema"), QByteArray("catalog.Product"));
        const QUuid id = QUuid::createUuidV5(QUuid(m_database.id), QString("1"));
        QCOMPARE(header(*event, "id"), id.toString(QUuid::WithoutBraces).toUtf8());
    }

    void repeatedEventRepeatsItsId()
    {
        const JournalEntry entry = m_database.journal.last();
        const auto first = EventEncoder(*m_catalog, m_database.id).encode(entry);
        const auto second = EventEncoder(*m_catalog, m_database.id).encode(entry);
        QCOMPARE(header(*first, "id"), header(*second, "id"));
        QCOMPARE(first->headers.count(), second->headers.count());
    }

    void timesAreWrittenAsQtWritesThem_data()
    {
        QTest::addColumn<qint64>("at");
        QTest::newRow("1970") << qint64(0);
        QTest::newRow("before") << qint64(-1);
        QTest::newRow("leap day") << qint64(1'709'208'000'007);
        QTest::newRow("last of a year") << qint64(1'735'689'599'999);
        QTest::newRow("last of four digits") << qint64(253'402'300'799'999);
        QTest::newRow("five digits") << qint64(253'402'300'800'000);
        QTest::newRow("before the first year") << qint64(-62'200'000'000'000);
    }
    void timesAreWrittenAsQtWritesThem()
    {
        QFETCH(qint64, at);
        JournalEntry entry = m_database.journal.last();
        entry.at = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
        const auto event = EventEncoder(*m_catalog, m_database.id).encode(entry);
        QCOMPARE(header(*event, "at"), entry.at.toString(Qt::ISODateWithMs).toLatin1());
    }

    void headersFollowOperationAndAuthor()
    {
        EventEncoder encoder(*m_catalog, m_database.id);
        JournalEntry entry = m_database.journal.last();
        const auto written = [&](Operation operation, const QString &author) {
            entry.operation = operation;
            entry.author = author;
            entry.before = entry.after;
            const auto event = encoder.encode(entry);
            return event ? header(*event, "operation") + ' ' + header(*event, "author") : QByteArray();
        };
        QCOMPARE(written(Operation::Update, "ada"), "update ada");
        QCOMPARE(written(Operation::Update, "bob"), "update bob");
        QCOMPARE(written(Operation::Delete, "bob"), "delete bob");
        QCOMPARE(written(Operation::Update, "ada"), "update ada");
    }

    void deleteCarriesOnlyTheId()
    {
        m_database.add("product", "24", Operation::Delete, sampleProduct(*m_catalog, "24", "Fish Steak"), {});
        const auto event = EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last());
        QVERIFY(event);
        QCOMPARE(event->topic, QString("products_delete"));
        QCOMPARE(event->payload, QByteArray::fromHex("0818"));
        QCOMPARE(event->key, QByteArray("24"));
    }

    void todoIsAddedOnTheTopicItsServiceReads()
    {
        m_database.add("todo", "1", Operation::Add, {},
                       sampleRecord(*m_catalog->find(u"todo"), "1", {{"title", "Buy milk"}}));
        QCOMPARE(EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last())->topic,
                 QString("todos2"));
    }

    void keyComesFromTheKeyColumnInLowerCase()
    {
        const auto record = sampleRecord(*m_catalog->find(u"player"), "p1",
                                         {{"name", "Ana"}, {"position", "Midfielder"}});
        m_database.add("player", "p1", Operation::Update, record, record);
        const auto event = EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last());
        QVERIFY(event);
        QCOMPARE(event->topic, QString("players"));
        QCOMPARE(event->key, QByteArray("midfielder"));
        QVERIFY(event->payload.startsWith('{'));
    }

    void deleteIsKeyedLikeTheRecordWas()
    {
        const auto record = sampleRecord(*m_catalog->find(u"player"), "p1", {{"position", "Defender"}});
        m_database.add("player", "p1", Operation::Delete, record, {});
        QCOMPARE(EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last())->key,
                 QByteArray("defender"));
    }

    void unknownEntityAndMissingImageAreToldInASentence()
    {
        m_database.add("gadget", "1", Operation::Add, {}, {});
        EventEncoder encoder(*m_catalog, m_database.id);
        const auto unknown = encoder.encode(m_database.journal.last());
        QVERIFY(!unknown);
        QVERIFY2(unknown.error().sentence.contains("gadget"), qPrintable(unknown.error().sentence));
        m_database.add("product", "1", Operation::Update, {}, {});
        QVERIFY(!encoder.encode(m_database.journal.last()));
    }

    void getIsKeyedAndListIsNot()
    {
        const EntityType &product = *m_catalog->find(u"product");
        EventEncoder encoder(*m_catalog, m_database.id);
        const Record record = sampleProduct(*m_catalog, "7", "Lamp");
        const auto get = encoder.encodeRecord(product, record);
        QCOMPARE(get->topic, QString("products_get"));
        QCOMPARE(get->key, QByteArray("7"));
        const auto list = encoder.encodeList(product, {encoder.payload(product, record)});
        QCOMPARE(list->topic, QString("products_list"));
        QVERIFY(!list->hasKey);
        QCOMPARE(list->payload, QByteArray(1, '\x0a') + char(get->payload.size()) + get->payload);
    }

private:
    static QByteArray header(const Event &event, const QByteArray &name)
    {
        QByteArray found;
        event.headers.forEach([&](QByteArrayView other, QByteArrayView value) {
            if (other == name)
                found = value.toByteArray();
        });
        return found;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    FakeDatabase m_database;
};

QTEST_GUILESS_MAIN(EventEncoderTest)
#include "EventEncoderTest.moc"
