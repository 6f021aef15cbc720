// SPDX-License-Identifier: GPL-3.0-or-later
// From topics into the databases: what older services and other desks write is applied once, this database's
// own events are passed over, and what cannot be applied is kept.
#include "kafka/EmbeddedBroker.h"
#include "kafka/Ingest.h"
#include "kafka/Relay.h"
#include "models/schema/ColumnText.h"
#include "tests/kafka/RunningRelay.h"
#include "tests/kafka/TopicWriter.h"
#include "tests/kafka/WireMessage.h"
#include "tests/store/StoreFixture.h"

#include <librdkafka/rdkafka_mock.h>

#include <QTest>

using namespace desk;

namespace {

// Ingest on a thread of its own, as the window has it. Test thread.
class RunningIngest
{
public:
    RunningIngest(std::unique_ptr<Store> store, const BrokerSettings &brokers,
                  const IngestOptions &options = {})
        : m_store(std::move(store))
        , m_ingest(*m_store, brokers, options,
                   [this](const IngestStatus &status) {
                       const std::scoped_lock lock(m_mutex);
                       m_status = status;
                   })
        , m_thread([this](const std::stop_token &stop) { static_cast<void>(m_ingest.run(stop)); })
    { }
    ~RunningIngest()
    {
        m_thread.request_stop();
        m_thread.join();
    }
    IngestStatus status()
    {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }
    bool isRunning() { return status().state == IngestStatus::State::Running; }

private:
    std::mutex m_mutex;
    IngestStatus m_status;
    std::unique_ptr<Store> m_store;
    Ingest m_ingest;
    std::jthread m_thread;
};

} // namespace

class IngestTopicsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(2);
        m_brokers = m_broker->settings();
        m_writer = std::make_unique<TopicWriter>(m_brokers);
    }
    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
        m_fixture.reset();
        m_broker.reset();
    }

    void takesInWhatOlderServicesWrite_data() { onBoth(); }
    void takesInWhatOlderServicesWrite()
    {
        begin();
        // No keys and no headers; a float for a price; nothing written where a number is 0.
        write("categories_add", WireMessage().number(1, 3).text(2, "Größe & Co").text(3, "all sizes"));
        write("products_add",
              WireMessage()
                  .number(1, 5)
                  .text(2, "Lamp")
                  .text(3, "bright")
                  .real(4, 14.99F)
                  .number(5, 3)
                  .number(6, 7));
        write("products_add", WireMessage().number(1, 6).text(2, "Bare"));
        write("images_add",
              WireMessage().number(1, 9).text(2, "https://shop.example/lamp.webp").number(3, 5));
        write("todos2", WireMessage().number(1, 5).text(2, "Call").number(4, 1));
        IngestStatus status = takeIn();
        QCOMPARE(status.outcome.applied, 5);
        QCOMPARE(status.outcome.poison, 0);
        QCOMPARE(status.lag, 0);
        QCOMPARE(stored("category", 3, "name"), "Größe & Co");
        QCOMPARE(stored("product", 5, "price"), "14.99");
        QCOMPARE(stored("product", 5, "category_id"), "3");
        QCOMPARE(stored("product", 5, "currency"), "EUR");
        QCOMPARE(stored("product", 6, "stock_quantity"), "0");
        QCOMPARE(stored("image", 9, "product_id"), "5");
        QCOMPARE(stored("todo", 5, "completed"), "true");

        // Its updates write every number and reference, and texts only where they are not empty.
        write("products_update", WireMessage().number(1, 5).text(2, "Lamp, large").number(7, 9));
        write("products_delete", WireMessage().number(1, 6));
        write("categories_update", WireMessage().number(1, 3).text(3, "every size"));
        status = takeIn();
        QCOMPARE(status.outcome.applied, 3);
        QCOMPARE(stored("product", 5, "name"), "Lamp, large");
        QCOMPARE(stored("product", 5, "description"), "bright");
        QCOMPARE(stored("product", 5, "price"), "0.00");
        QCOMPARE(stored("product", 5, "category_id"), "");
        QCOMPARE(stored("product", 5, "image_id"), "9");
        QCOMPARE(stored("product", 6, "name"), "-");
        QCOMPARE(stored("category", 3, "name"), "Größe & Co");
        QCOMPARE(stored("category", 3, "description"), "every size");
        const QList<JournalEntry> history = *m_store->history("product", "5", 1);
        QCOMPARE(history.constFirst().origin, Origin::Ingest);
        QCOMPARE(history.constFirst().author, "products_update");
    }

    void nothingIsTakenInTwice()
    {
        begin(DatabaseKind::PostgreSql);
        for (int id = 1; id <= 60; ++id)
            write("todos2", WireMessage().number(1, id).text(2, "Call"));
        QCOMPARE(takeIn().outcome.applied, 60);
        QCOMPARE(takeIn().outcome, IngestOutcome());
        // Another group begins anew and finds everything as the messages say.
        const IngestStatus other = takeIn({.consumerGroup = "other"});
        QCOMPARE(other.outcome.applied, 0);
        QCOMPARE(other.outcome.unchanged, 60);
        QCOMPARE(m_store->journalHead().value(), journalRows());
    }

    void desksExchangeTheirEditsAndPassOverTheirOwn()
    {
        const StoreFixture here(DatabaseKind::Sqlite);
        const StoreFixture there(DatabaseKind::Sqlite);
        const auto ours = here.open();
        const auto theirs = there.open();
        here.sql({"INSERT INTO category (id, name) VALUES (1, 'Lamps')",
                  "INSERT INTO product (id, name, price, category_id) VALUES (2, 'Lamp', 500, 1)",
                  "UPDATE product SET name = 'Lamp, large' WHERE id = 2",
                  "INSERT INTO todo (id, title) VALUES (3, 'Call')", "DELETE FROM todo WHERE id = 3"});
        QVERIFY(Relay(*ours, m_brokers).runOnce());
        const Expected<IngestStatus> own = Ingest(*ours, m_brokers).runOnce();
        QVERIFY(own);
        QCOMPARE(own->skipped, 5);
        QCOMPARE(own->outcome, IngestOutcome());
        const Expected<IngestStatus> taken = Ingest(*theirs, m_brokers).runOnce();
        QVERIFY(taken);
        QCOMPARE(taken->outcome.poison, 0);
        const Record product = theirs->fetch(*theirs->catalog().find(u"product"), "2")->record;
        QCOMPARE(textOf(product, "name", *theirs), "Lamp, large");
        QCOMPARE(product.version, 2);
        QVERIFY(!theirs->fetch(*theirs->catalog().find(u"todo"), "3"));
        // What came from a topic goes to none.
        const Expected<RelayStatus> back = Relay(*theirs, m_brokers).runOnce();
        QVERIFY(back);
        QCOMPARE(back->published, 0);
    }

    void whatCannotBeAppliedIsKeptAndTriedAgain()
    {
        begin(DatabaseKind::Sqlite);
        write("products_add", "\x0a\xff\xff\xff\xff\x0f", "k"); // a text of 4 GB that is not there
        m_fixture->sql({"INSERT INTO product (id, name, price) VALUES (7, 'Ours', 100)"});
        write("products_add", WireMessage().number(1, 7).text(2, "Lamp").real(4, 1));
        write("products_add", WireMessage().text(2, "Nameless"));
        write("products_add", WireMessage().number(1, 8).text(2, "Fits").real(4, 1));
        const IngestStatus status = takeIn();
        QCOMPARE(status.outcome.applied, 1);
        QCOMPARE(status.outcome.poison, 3);
        QCOMPARE(stored("product", 8, "name"), "Fits");
        QList<PoisonMessage> poison = *m_store->ingest().poison(10);
        QCOMPARE(poison.size(), 3);
        const auto unreadable = std::find_if(
            poison.cbegin(), poison.cend(),
            [](const PoisonMessage &message) { return message.message.key == "k"; });
        QVERIFY(unreadable != poison.cend());
        QCOMPARE(unreadable->message.topic, "products_add");
        QCOMPARE(unreadable->message.value, QByteArray("\x0a\xff\xff\xff\xff\x0f"));
        QCOMPARE(unreadable->message.headers.size(), 1);
        QVERIFY(unreadable->message.at.isValid());
        QVERIFY(!unreadable->reason.isEmpty());

        // Someone deletes the product that was in its way.
        m_fixture->sql({"DELETE FROM product WHERE id = 7"});
        const Expected<IngestOutcome> again = retryPoison(*m_store, poison);
        QVERIFY2(again, again ? "" : qPrintable(again.error().sentence));
        QCOMPARE(again->applied, 1);
        QCOMPARE(again->poison, 2);
        QCOMPARE(stored("product", 7, "name"), "Lamp");
        QCOMPARE(m_store->ingest().poisonCount().value(), 2);
    }

    void readsWhatComesWhileItRuns()
    {
        begin(DatabaseKind::Sqlite);
        RunningIngest ingest(m_fixture->open(), m_brokers);
        QTRY_COMPARE(ingest.status().state, IngestStatus::State::NoTopics);
        write("todos2", WireMessage().number(1, 1).text(2, "Call"));
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().outcome.applied, 1, 20'000);
        write("todos2", WireMessage().number(1, 2).text(2, "Write"));
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().outcome.applied, 2, 20'000);
        // A topic that is made while it runs.
        write("categories_add", WireMessage().number(1, 3).text(2, "Lamps"));
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().outcome.applied, 3, 30'000);
        QTRY_COMPARE(ingest.status().lag, 0);
    }

    void saysThatTheBrokerIsAwayAndGoesOn()
    {
        begin(DatabaseKind::Sqlite);
        write("todos2", WireMessage().number(1, 1).text(2, "Call"));
        RunningIngest ingest(m_fixture->open(), m_brokers);
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().outcome.applied, 1, 20'000);
        rd_kafka_mock_broker_set_down(m_broker->cluster(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().state, IngestStatus::State::BrokerAway, 30'000);
        QVERIFY(!ingest.status().reason.isEmpty());
        rd_kafka_mock_broker_set_up(m_broker->cluster(), 1);
        write("todos2", WireMessage().number(1, 2).text(2, "Write"));
        QTRY_COMPARE_WITH_TIMEOUT(ingest.status().outcome.applied, 2, 60'000);
        QTRY_VERIFY(ingest.isRunning());
    }

    void beginsAtTheEndWhereAsked()
    {
        begin(DatabaseKind::Sqlite);
        write("todos2", WireMessage().number(1, 1).text(2, "Before"));
        const IngestOptions fromEnd{.fromBeginning = false};
        QCOMPARE(takeIn(fromEnd).outcome, IngestOutcome());
        // The end is where reading began, not where the next process finds it.
        write("todos2", WireMessage().number(1, 2).text(2, "After"));
        QCOMPARE(takeIn(fromEnd).outcome.applied, 1);
        QCOMPARE(stored("todo", 1, "title"), "-");
        QCOMPARE(stored("todo", 2, "title"), "After");
    }

    void aPlaceThatTheTopicNoLongerHasIsForAHuman()
    {
        begin(DatabaseKind::Sqlite);
        write("todos2", WireMessage().number(1, 1).text(2, "Call"));
        m_fixture->sql({QStringLiteral("INSERT INTO ingest_position VALUES ('%1', 'todos2', 0, 500), "
                                       "('%1', 'todos2', 1, 500), ('%1', 'todos2', 2, 500), "
                                       "('%1', 'todos2', 3, 500)")
                            .arg(Ingest::groupOf(m_store->databaseId()))});
        const Expected<IngestStatus> status = Ingest(*m_store, m_brokers).runOnce();
        QVERIFY(!status);
        QVERIFY2(status.error().sentence.contains("todos2") && status.error().sentence.contains("500"),
                 qPrintable(status.error().sentence));
        QVERIFY(m_store->ingest().forgetPositions(Ingest::groupOf(m_store->databaseId()), "todos2"));
        QCOMPARE(takeIn().outcome.applied, 1);
    }

private:
    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    void begin()
    {
        QFETCH(DatabaseKind, kind);
        begin(kind);
    }
    void begin(DatabaseKind kind)
    {
        m_fixture = std::make_unique<StoreFixture>(kind);
        m_store = m_fixture->open();
    }
    void write(const QString &topic, const QByteArray &value, const QByteArray &key = {})
    {
        QVERIFY(m_broker->create({topic}));
        m_writer->write(topic, key, value);
        QVERIFY(m_writer->flush());
    }
    IngestStatus takeIn(const IngestOptions &options = {})
    {
        const Expected<IngestStatus> status = Ingest(*m_store, m_brokers, options).runOnce();
        if (!status)
            qFatal("%s", qPrintable(status.error().sentence));
        return *status;
    }
    static QString textOf(const Record &record, const char *column, const Store &store)
    {
        const EntityType &entity = *store.catalog().find(u"product");
        const int index = entity.indexOf(QString::fromLatin1(column));
        return desk::textOf(entity.columns[index], record.values[index]);
    }
    // A value as text; "-" if there is no such record.
    QString stored(const char *entityName, int id, const char *column) const
    {
        const EntityType &entity = *m_store->catalog().find(QString::fromLatin1(entityName));
        const int index = entity.indexOf(QString::fromLatin1(column));
        const Expected<RecordRow> row = m_store->fetch(entity, QString::number(id));
        return row ? desk::textOf(entity.columns[index], row->record.values[index]) : QStringLiteral("-");
    }
    qint64 journalRows() const
    {
        return m_fixture->sql({QStringLiteral("SELECT count(*) FROM journal")}).value(0).toLongLong();
    }

    std::unique_ptr<EmbeddedBroker> m_broker;
    BrokerSettings m_brokers;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(IngestTopicsTest)
#include "IngestTopicsTest.moc"
