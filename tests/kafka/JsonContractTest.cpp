// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventEncoder.h"
#include "kafka/MessageDecoder.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

// Entities with the JSON encoding against what the player generator and the dataflow service put on the wire.
class JsonContractTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QFile file(m_folder.filePath("dataflow.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
package dataflow;
import "catalog/options.proto";
import "google/protobuf/timestamp.proto";
message Pricing {
  double amount = 1 [(catalog.column) = { decimal: { precision: 12, scale: 2 } }];
  string currency = 2;
}
message Availability {
  int32 quantity = 1;
  google.protobuf.Timestamp timestamp = 2;
}
message Item {
  option (catalog.entity) = {
    table: "tb_product" encoding: JSON topics: { all: "produtos-persistidos" }
  };
  int32 id = 1;
  string name = 2;
  string description = 3;
  Pricing pricing = 4;
  Availability availability = 5;
  string category = 6;
}
message Player {
  option (catalog.entity) = {
    encoding: JSON key: "position" key_lower_case: true topics: { all: "players" }
  };
  string id = 1;
  string name = 2;
  string position = 3 [(catalog.column) = { in: ["Forward", "Midfielder", "Defender", "Goalkeeper"] }];
  int32 speed = 4 [(catalog.column) = { gte: "0" lte: "10" }];
  int32 stamina = 5;
  int32 strength = 6;
  int32 technique = 7;
}
message Price {
  option (catalog.entity) = { encoding: JSON key: "pricing_currency" topics: { all: "prices" } };
  int32 id = 1;
  Pricing pricing = 2;
}
)");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void dataflowProductIsWrittenAsItsServiceWritesIt()
    {
        const Event event = encoded(item(), Operation::Add);
        QCOMPARE(event.topic, QString("produtos-persistidos"));
        QCOMPARE(event.key, QByteArray("1"));
        QCOMPARE(event.payload, dataflowBytes());
    }

    void dataflowProductIsRead()
    {
        const EntityType &entity = *m_catalog->find(u"item");
        const auto record = RecordCodec(entity).decode(dataflowBytes());
        QVERIFY2(record, record ? "" : qPrintable(record.error().sentence));
        QCOMPARE(record->id, QString("1"));
        QCOMPARE(RecordCodec(entity).encode(*record), dataflowBytes());
        StreamMessage message;
        message.topic = "produtos-persistidos";
        message.hasValue = true;
        message.value = dataflowBytes();
        const DecodedMessage decoded = MessageDecoder(m_catalog).decode(message);
        QVERIFY2(decoded.problem.isEmpty(), qPrintable(decoded.problem));
        QCOMPARE(decoded.entity, QString("item"));
    }

    void oneTopicServesEveryVerb()
    {
        QCOMPARE(encoded(item(), Operation::Update).topic, QString("produtos-persistidos"));
        const Event deleted = encoded(item(), Operation::Delete);
        QCOMPARE(deleted.topic, QString("produtos-persistidos"));
        QCOMPARE(deleted.key, QByteArray("1"));
        QCOMPARE(deleted.payload, QByteArray(R"({"id": 1})"));
        EventEncoder encoder(*m_catalog, m_database.id);
        const EntityType &entity = *m_catalog->find(u"item");
        QCOMPARE(encoder.encodeRecord(entity, item())->topic, QString("produtos-persistidos"));
        const auto list = encoder.encodeList(entity, {dataflowBytes(), dataflowBytes()});
        QCOMPARE(list->payload, '[' + dataflowBytes() + ',' + dataflowBytes() + ']');
    }

    void playerIsKeyedByPositionInLowerCase()
    {
        const EntityType &entity = *m_catalog->find(u"player");
        const Record record = sampleRecord(entity, "3f0e8a52-57a2-4f1c-8a53-2f5f1a1c9e10",
                                           {{"name", "João \"Zé\" 健"},
                                            {"position", "Goalkeeper"},
                                            {"speed", "7"},
                                            {"stamina", "10"},
                                            {"strength", "0"},
                                            {"technique", "3"}});
        m_database.add("player", record.id, Operation::Add, {}, record);
        const auto event = EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last());
        QVERIFY(event);
        QCOMPARE(event->key, QByteArray("goalkeeper"));
        QCOMPARE(
            event->payload,
            QByteArray("{\"id\": \"3f0e8a52-57a2-4f1c-8a53-2f5f1a1c9e10\", \"name\": \"João \\\"Zé\\\" 健\", "
                       "\"position\": \"Goalkeeper\", \"speed\": 7, \"stamina\": 10, \"strength\": 0, "
                       "\"technique\": 3}"));
    }

    void keyMayBeAFieldOfANestedMessage()
    {
        const EntityType &entity = *m_catalog->find(u"price");
        const Record record = sampleRecord(entity, "4", {{"pricing_currency", "BRL"}});
        m_database.add("price", "4", Operation::Update, {}, record);
        QCOMPARE(EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last())->key,
                 QByteArray("BRL"));
    }

private:
    static QByteArray dataflowBytes()
    {
        return "{\"id\": 1, \"name\": \"Café da manhã\", \"description\": \"pão / ☕\", "
               "\"pricing\": {\"amount\": 10.5, \"currency\": \"BRL\"}, "
               "\"availability\": {\"quantity\": 3, \"timestamp\": \"2024-01-01T10:00:00Z\"}, "
               "\"category\": \"Bebidas\"}";
    }
    Record item() const
    {
        return sampleRecord(*m_catalog->find(u"item"), "1",
                            {{"name", "Café da manhã"},
                             {"description", "pão / ☕"},
                             {"pricing_amount", "10.5"},
                             {"pricing_currency", "BRL"},
                             {"availability_quantity", "3"},
                             {"availability_timestamp", "2024-01-01T10:00:00Z"},
                             {"category", "Bebidas"}});
    }
    Event encoded(const Record &record, Operation operation)
    {
        const bool isDelete = operation == Operation::Delete;
        m_database.add("item", record.id, operation, isDelete ? std::optional(record) : std::nullopt,
                       isDelete ? std::nullopt : std::optional(record));
        const auto event = EventEncoder(*m_catalog, m_database.id).encode(m_database.journal.last());
        if (!event)
            qFatal("%s", qPrintable(event.error().sentence));
        return *event;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    FakeDatabase m_database;
};

QTEST_GUILESS_MAIN(JsonContractTest)
#include "JsonContractTest.moc"
