// SPDX-License-Identifier: GPL-3.0-or-later
// The relay end to end: journal rows in PostgreSQL, not stamped yet, to acknowledged events on the broker.
// Its peer is the slower of two halves of that way: psql reading the same rows, and librdkafka sending the
// same events from memory. The relay is `catalogctl relay --once`, from its start to its end; librdkafka runs in
// this process, so what it starts with is not counted.
#include "kafka/EventEncoder.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/store/StoreFixture.h"

#include <QCoreApplication>

using namespace desk;
using namespace desk::bench;

namespace {

const QString peerTopic = QStringLiteral("bench_peer");

std::vector<BareMessage> eventsOf(Store &store)
{
    std::vector<BareMessage> events;
    EventEncoder encoder(store.catalog(), store.databaseId());
    for (qint64 position = 0;;) {
        const auto entries = store.readJournal(position, 10'000);
        if (!entries)
            qFatal("%s", qPrintable(entries.error().sentence));
        if (entries->isEmpty())
            return events;
        for (const JournalEntry &entry : *entries) {
            const auto event = encoder.encode(entry);
            BareMessage message{event->key, event->payload, {}};
            event->headers.forEach([&message](QByteArrayView name, QByteArrayView value) {
                message.headers.append({name.toByteArray(), value.toByteArray()});
            });
            events.push_back(std::move(message));
        }
        position = entries->constLast().position;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int rows = rowsOr(1'000'000);
    const BrokerSettings brokers = brokersOfStack(4);
    const StoreFixture fixture(DatabaseKind::PostgreSql);
    const auto catalog = EntityCatalog::load();
    const auto store = fixture.open(catalog);
    // As any other program would: the triggers journal it.
    fixture.sql(
        {QStringLiteral("INSERT INTO product (id, name, description, price, currency, stock_quantity) "
                        "SELECT i, 'Product ' || md5(i::text), 'A description of some length, as shops "
                        "have them.', i % 1000 + 0.99, 'EUR', i % 50 FROM generate_series(1, %1) i")
             .arg(rows),
         QStringLiteral("VACUUM ANALYZE journal")});
    const std::vector<BareMessage> events = eventsOf(*store);
    const QStringList topics{peerTopic, QStringLiteral("products_add"), QStringLiteral("products_update"),
                             QStringLiteral("products_delete")};

    const auto relayed = [&] {
        makeTopics(brokers, topics);
        fixture.sql(
            {QStringLiteral("TRUNCATE journal_run"),
             QStringLiteral("UPDATE journal_horizon SET last_position = 0, through = 0, candidate = 0, "
                            "candidate_transaction = NULL"),
             QStringLiteral("UPDATE relay_state SET cursor = 0")});
        return rows / seconds([&] {
                   const QJsonObject status = runCatalogctl(
                       fixture.settings(), {QStringLiteral("relay"), QStringLiteral("--once")});
                   if (status.value(QStringLiteral("published")).toInt() != rows)
                       qFatal("The relay did not publish everything");
               });
    };
    const auto read = [&] {
        return rows / seconds([&] {
                   psql(fixture.settings(),
                        {QStringLiteral("COPY (SELECT * FROM catalog_journal_after(0, %1)) "
                                        "TO STDOUT")
                             .arg(rows)});
               });
    };
    const auto produced = [&] {
        return rows / seconds([&] {
                   BareProducer producer(brokers, peerTopic);
                   for (const BareMessage &event : events)
                       producer.send(event);
                   producer.flush();
               });
    };

    double reading = 0;
    double producing = 0;
    return measure({QStringLiteral("relay.events"), QStringLiteral("events/s"),
                    QStringLiteral(
                        "the slower of psql reading the same rows and librdkafka sending the same events"),
                    0.5, 3},
                   relayed,
                   [&] {
                       reading = read();
                       producing = produced();
                       std::fprintf(stderr, "psql %.0f rows/s, librdkafka %.0f events/s\n", reading,
                                    producing);
                       return std::min(reading, producing);
                   })
        ? 0
        : 1;
}
