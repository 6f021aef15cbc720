// SPDX-License-Identifier: GPL-3.0-or-later
// Ingest end to end: additions as the product service writes them, on four partitions of the real broker,
// into a fresh PostgreSQL database. Its peer is psql copying the same rows into the same table with the same
// triggers and indexes. The ingest is the library's, as `catalogctl ingest --once` runs it, so that no process
// start is measured.
#include "kafka/Ingest.h"
#include "kafka/TopicAdmin.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/store/StoreFixture.h"

#include <QCoreApplication>
#include <QTemporaryFile>

#include <google/protobuf/dynamic_message.h>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int partitions = 4;
const QString topic = QStringLiteral("products_add");
const QByteArray description = "A description of some length, as shops have them.";

QByteArray nameOf(int id)
{
    return "Product " + QByteArray::number(qHash(id), 16).repeated(3);
}

// Fields 1 to 6, which is what the service knows; no key and no headers.
void fillTopic(const BrokerSettings &brokers, const EntityType &product, int rows)
{
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(product.descriptor)->New());
    const auto &reflection = *message->GetReflection();
    const auto field = [&](int number) { return product.descriptor->FindFieldByNumber(number); };
    BareProducer producer(brokers, topic);
    for (int id = 1; id <= rows; ++id) {
        reflection.SetInt32(message.get(), field(1), id);
        reflection.SetString(message.get(), field(2), nameOf(id).toStdString());
        reflection.SetString(message.get(), field(3), description.toStdString());
        reflection.SetFloat(message.get(), field(4), float(id % 1000) + 0.5F);
        reflection.SetInt32(message.get(), field(6), id % 50);
        producer.send({{}, QByteArray::fromStdString(message->SerializeAsString()), {}}, id % partitions);
    }
    producer.flush();
}

void writeRows(QTemporaryFile &file, int rows)
{
    for (int id = 1; id <= rows; ++id)
        file.write(QByteArray::number(id) + '\t' + nameOf(id) + '\t' + QByteArray::number(id % 1000)
                   + ".50\tEUR\t" + QByteArray::number(id % 50) + '\t' + description + "\t1\n");
    file.flush();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int rows = rowsOr(1'000'000);
    const BrokerSettings brokers = brokersOfStack(partitions);
    const auto catalog = EntityCatalog::load();
    deleteTopics(brokers, topicsOf(*catalog)); // what other benchmarks have left there
    makeTopics(brokers, {topic});
    fillTopic(brokers, *catalog->find(u"product"), rows);
    QTemporaryFile file;
    if (!file.open())
        qFatal("%s", qPrintable(file.errorString()));
    writeRows(file, rows);

    const bool ok = measure(
        {QStringLiteral("ingest.messages"), QStringLiteral("messages/s"),
         QStringLiteral("psql \\copy of the same rows, with the same triggers and indexes"), 0.5, 3},
        [&] {
            const StoreFixture fixture(DatabaseKind::PostgreSql);
            const auto store = fixture.open(catalog);
            return rows / seconds([&] {
                       const auto status = Ingest(*store, brokers).runOnce(600'000);
                       if (!status)
                           qFatal("%s", qPrintable(status.error().sentence));
                       if (status->outcome.applied != rows)
                           qFatal("%lld messages were taken in, %lld refused",
                                  static_cast<long long>(status->outcome.applied),
                                  static_cast<long long>(status->outcome.poison));
                   });
        },
        [&] {
            const StoreFixture fixture(DatabaseKind::PostgreSql);
            const auto store = fixture.open(catalog);
            return rows / seconds([&] {
                       psql(fixture.settings(),
                            {QStringLiteral("\\copy product (id, name, price, currency, stock_quantity, "
                                            "description, version) from '%1'")
                                 .arg(file.fileName())});
                   });
        });
    return ok ? 0 : 1;
}
