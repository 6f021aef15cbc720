// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EntityMessages.h"
#include "kafka/MessageDecoder.h"
#include "kafka/MessageSending.h"
#include "kafka/MessageShape.h"
#include "kafka/SchemaFrame.h"
#include "kafka/SchemaRegistry.h"
#include "models/schema/RecordCodec.h"
#include "tests/ctl/StackRunner.h"
#include "tests/kafka/MartEntities.h"
#include "tests/kafka/TopicProbe.h"

#include <QUuid>

using namespace desk;

// Framed events with the real broker and the real schema registry, both ways: a Python client with classes of
// its own reads what this program wrote, and this program reads what that client wrote.
class RegistryInteropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = m_ctl.begin();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        for (const char *name : {"SCHEMA_REGISTRY_URL", "CATALOG_STACK"}) {
            QVERIFY2(!qEnvironmentVariableIsEmpty(name), "\"./dev test\" starts the servers and sets this.");
            m_ctl.environment.insert(name, qEnvironmentVariable(name));
        }
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        m_brokers.registryUrl = qEnvironmentVariable("SCHEMA_REGISTRY_URL");
        m_source = qEnvironmentVariable("CATALOG_SOURCE") + "/tests/interop/";
        QProcess venv;
        venv.start(m_source + "venv", {});
        QVERIFY(venv.waitForFinished(240'000));
        QVERIFY2(venv.exitCode() == 0, venv.readAllStandardError().constData());
        m_python = QString::fromUtf8(venv.readAllStandardOutput()).trimmed();

        m_entities = m_ctl.folder.filePath("entities");
        QVERIFY(QDir().mkpath(m_entities));
        m_suffix = '-' + QUuid::createUuid().toString(QUuid::Id128).left(8);
        writeMartEntities(m_entities, m_suffix);
        m_catalog = EntityCatalog::load(m_entities);
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void registersAndLooksUp()
    {
        const WireSchema schema = *wireSchema(*m_catalog->find(u"order"), Verb::Add);
        SchemaRegistry registry(m_brokers);
        const auto id = registry.idOf(schema);
        QVERIFY2(id, id ? "" : qPrintable(id.error().sentence));
        QCOMPARE(*SchemaRegistry(m_brokers).idOf(schema), *id);
        const auto found = SchemaRegistry(m_brokers).schemaById(*id);
        QVERIFY2(found, found ? "" : qPrintable(found.error().sentence));
        QCOMPARE(found->type, QString("PROTOBUF"));
        QCOMPARE(found->text, schema.text);
        const auto none = registry.schemaById(2'000'000'000);
        QCOMPARE(none.error().code, ErrorCode::NotFound);
    }

    void incompatibleSchemaIsRefused()
    {
        const QString subject = "test" + m_suffix + "-value";
        const auto schema = [&](const QString &field) {
            return WireSchema{.plural = {},
                              .subject = subject,
                              .text = "syntax = \"proto3\";\nmessage A {\n  " + field + " id = 1;\n}\n",
                              .messageIndexes = {0}};
        };
        SchemaRegistry registry(m_brokers);
        QVERIFY(registry.idOf(schema("int32")));
        setCompatibility(subject, "BACKWARD");
        const auto refused = registry.idOf(schema("string"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY2(refused.error().sentence.contains("not compatible")
                     && refused.error().sentence.contains(subject),
                 qPrintable(refused.error().sentence));
    }

    void otherPathOfTheServerIsNoRegistry()
    {
        BrokerSettings wrong = m_brokers;
        wrong.registryUrl.replace("/apis/ccompat/v7", "");
        const auto answer = SchemaRegistry(wrong).schemaById(1);
        QCOMPARE(answer.error().code, ErrorCode::Format);
    }

    void servicesReadWhatTheRelayWrote()
    {
        CTL_DONE(ctl({"add", "order", "id=5", "username=Zoë", "product_name=Lamp", "quantity=3", "price=0.29",
                      "status=SHIPPED", "created_at=1700000000"}));
        CTL_DONE(ctl({"set", "order", "5", "status=DELIVERED"}));
        CTL_DONE(ctl({"add", "inventory", "id=6", "product_name=Lamp", "stock_level=12"}));
        CTL_DONE(ctl({"add", "mart_product", "id=7", "name=Lamp", "sale_price=9.99"}));
        CTL_DONE(ctl({"relay", "--once"}));
        CTL_DONE(ctl({"publish", "get", "mart_product", "7"}));

        const auto orders = python({"read", "order-events" + m_suffix, "Order", "--count", "2"});
        QCOMPARE(orders.size(), 2);
        QCOMPARE(orders[0]["message"], "mart.Order");
        QCOMPARE(orders[0]["key"], "5");
        QCOMPARE(orders[0]["payload"], orders[0]["own"]); // byte for byte what the service would write
        const QJsonObject fields = orders[0]["fields"].toObject();
        QCOMPARE(fields["username"], "Zoë");
        QCOMPARE(fields["created_at"], "1700000000"); // JSON's text for 64 bits
        QCOMPARE(float(fields["price"].toDouble()), 0.29f);
        QCOMPARE(fields["status"], "SHIPPED");
        QCOMPARE(orders[1]["fields"].toObject()["status"], "DELIVERED");
        QCOMPARE(orders[1]["schema_id"], orders[0]["schema_id"]);

        const auto stock = python({"read", "inventory-events" + m_suffix, "Inventory", "--count", "1"});
        QCOMPARE(stock.value(0)["message"], "mart.stock.Inventory");
        QCOMPARE(stock.value(0)["fields"].toObject()["stock_level"], 12);
        const auto products = python({"read", "product-events" + m_suffix, "MartProduct", "--count", "2"});
        QCOMPARE(products.size(), 2);
        for (const QJsonObject &product : products) {
            QCOMPARE(product["message"], "mart.stock.Product");
            QCOMPARE(product["indexes"].toArray(), QJsonArray{1});
            QCOMPARE(float(product["fields"].toObject()["sale_price"].toDouble()), 9.99f);
        }
    }

    // By a form, without a database: framed as the relay does it.
    void servicesReadWhatAnOperatorProduces()
    {
        const EntityType &entity = *m_catalog->find(u"inventory");
        Record record = newRecord(entity);
        setRecordId(entity, record, "8");
        record.values[entity.indexOf(u"product_name")] = "Größe";
        record.values[entity.indexOf(u"stock_level")] = 31;
        EntityMessages messages(m_catalog, entity, m_brokers);
        auto message = messages.message(record);
        QVERIFY2(message, message ? "" : qPrintable(message.error().sentence));
        std::optional<OutgoingMessage> next = *message;
        const auto report = sendMessages(
            m_brokers, [&]() -> Expected<std::optional<OutgoingMessage>> { return std::exchange(next, {}); });
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->acknowledged, 1);

        const auto stock = python({"read", "inventory-events" + m_suffix, "Inventory", "--count", "2"});
        QCOMPARE(stock.size(), 2); // the relay's, too, on a partition of its own
        const QJsonObject &ours = stock[stock[0]["key"] == "8" ? 0 : 1];
        QCOMPARE(ours["key"], "8");
        QCOMPARE(ours["message"], "mart.stock.Inventory");
        QCOMPARE(ours["payload"], ours["own"]); // byte for byte what the service would write
        QCOMPARE(stock[0]["schema_id"], stock[1]["schema_id"]);
        QCOMPARE(ours["fields"].toObject()["product_name"], "Größe");
        QCOMPARE(ours["fields"].toObject()["stock_level"], 31);
    }

    // To a topic that is still empty, by nothing but the schema that the registry keeps for it.
    void servicesReadWhatIsProducedByTheRegistrysSchema()
    {
        const QString topic = "fresh-orders" + m_suffix;
        WireSchema schema = *wireSchema(*m_catalog->find(u"order"), Verb::Add);
        schema.subject = topic + "-value";
        const auto id = SchemaRegistry(m_brokers).idOf(schema);
        QVERIFY2(id, id ? "" : qPrintable(id.error().sentence));
        const DecodingSources sources{m_catalog, {}, std::make_shared<SchemaLibrary>(m_brokers)};
        const auto found = [&] { return MessageShape::find(sources, topic, {}); };
        QTRY_VERIFY2_WITH_TIMEOUT(found().shape, qPrintable(found().reason), 20'000);
        const auto value = found().shape->bytes(
            R"({"id": 9, "username": "Zoë", "quantity": 4, "status": "SHIPPED"})");
        QVERIFY2(value, value ? "" : qPrintable(value.error().sentence));
        OutgoingMessage message;
        message.topic = topic;
        message.hasKey = true;
        message.key = "9";
        message.value = *value;
        std::optional<OutgoingMessage> next = message;
        const auto report = sendMessages(
            m_brokers, [&]() -> Expected<std::optional<OutgoingMessage>> { return std::exchange(next, {}); },
            {MissingTopics::Create, 0, 30'000});
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->acknowledged, 1);

        const auto orders = python({"read", topic, "Order", "--count", "1"});
        QCOMPARE(orders.size(), 1);
        QCOMPARE(orders[0]["message"], "mart.Order");
        QCOMPARE(orders[0]["schema_id"].toInt(), *id);
        QCOMPARE(orders[0]["fields"].toObject()["username"], "Zoë");
        QCOMPARE(orders[0]["fields"].toObject()["status"], "SHIPPED");
        QTRY_VERIFY(!MessageShape::find(sources, "nothing" + m_suffix, {}).isWaiting);
        const QString reason = MessageShape::find(sources, "nothing" + m_suffix, {}).reason;
        QVERIFY2(reason.contains("keeps no schema"), qPrintable(reason));
    }

    void programReadsWhatServicesWrote_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QList<int>>("indexes");
        QTest::newRow("short") << QStringList() << QList<int>{0};
        QTest::newRow("written out") << QStringList("--long") << QList<int>{0};
    }

    void programReadsWhatServicesWrote()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QList<int>, indexes);
        const QString topic = "order-events" + m_suffix;
        // Under a subject of its own: the contract's file and ours are different files.
        const QStringList write{
            "write",
            topic,
            "Order",
            "--key",
            "77",
            "--fields",
            R"({"id": 77, "username": "Größe", "quantity": 2, "price": 1.5, "status": "SHIPPED"})",
            "--subject",
            "theirs" + m_suffix};
        QCOMPARE(python(write + arguments).size(), 1);
        TopicProbe probe(m_brokers);
        probe.read(topic);
        StreamMessage theirs;
        for (const StreamMessage &message : probe.waitForExactly(1)) {
            if (message.key == "77")
                theirs = message;
        }
        QVERIFY(theirs.hasValue);
        const auto framed = readFrame(theirs.value);
        QVERIFY2(framed, framed ? "" : qPrintable(framed.error().sentence));
        QCOMPARE(framed->frame.messageIndexes, indexes);
        QVERIFY(SchemaRegistry(m_brokers).schemaById(framed->frame.schemaId)->text.contains("message Order"));
        const EntityType &entity = *m_catalog->find(u"order");
        const auto record = RecordCodec(entity).decode(framed->payload);
        QVERIFY(record);
        QCOMPARE(record->id, QString("77"));
        QCOMPARE(record->values[entity.indexOf(u"username")].toString(), QString("Größe"));
        QCOMPARE(record->values[entity.indexOf(u"status")].toString(), QString("SHIPPED"));
        const DecodedMessage decoded = MessageDecoder(m_catalog).decode(theirs);
        QVERIFY2(decoded.problem.isEmpty(), qPrintable(decoded.problem));
        QCOMPARE(decoded.recordId, QString("77"));
    }

    void eventsWaitForAKilledRegistryAndArrive()
    {
        QVERIFY(stack("kill"));
        const QString journal = m_ctl.folder.filePath("relay.out");
        QProcess relay;
        relay.setStandardOutputFile(journal);
        m_ctl.start(relay, arguments({"relay"}));
        for (int id = 101; id <= 120; ++id) {
            CTL_DONE(ctl({"add", "order", QString("id=%1").arg(id), "username=load"}));
            CTL_DONE(ctl({"add", "category", QString("id=%1").arg(id), QString("name=c%1").arg(id)}));
        }
        const auto said = [&] {
            QFile file(journal);
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("registry away: "), qPrintable(said()), 30'000);
        QVERIFY2(said().contains("Events of Orders wait. The schema registry at"), qPrintable(said()));
        const auto categories = m_ctl.consume("categories_add", 20); // these do not wait
        CTL_DONE(categories);

        QVERIFY(stack("start"));
        QTRY_VERIFY2_WITH_TIMEOUT(ctl({"relay", "--once"}).code == 0, qPrintable(said()), 60'000);
        relay.terminate();
        QVERIFY(relay.waitForFinished(20'000));
        QSet<QByteArray> keys;
        TopicProbe probe(m_brokers);
        probe.read("order-events" + m_suffix);
        for (const StreamMessage &message : probe.waitForExactly(20)) {
            if (message.key.toInt() > 100)
                keys.insert(message.key);
        }
        QCOMPARE(keys.size(), 20);
    }

    void cleanupTestCase() { static_cast<void>(stack("start")); }

private:
    QStringList arguments(const QStringList &words) const
    {
        return QStringList{"--database", m_ctl.database, "--entities", m_entities} + words;
    }
    CtlResult ctl(const QStringList &words) const { return m_ctl.run(arguments(words)); }

    // What the Python service printed, one object per line; fails the test with its own words otherwise.
    QList<QJsonObject> python(const QStringList &words)
    {
        QProcess process;
        process.setProcessEnvironment(m_ctl.environment);
        process.start(m_python, QStringList{m_source + "framed_topic.py"} + words);
        if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
            QTest::qFail(process.readAllStandardError().constData(), __FILE__, __LINE__);
            return {};
        }
        QList<QJsonObject> objects;
        for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                objects.append(QJsonDocument::fromJson(line).object());
        }
        return objects;
    }

    bool stack(const QString &action)
    {
        return QProcess::execute(qEnvironmentVariable("CATALOG_STACK"), {"registry", action}) == 0;
    }

    void setCompatibility(const QString &subject, const QString &level)
    {
        QCOMPARE(QProcess::execute("curl",
                                   {"-sf", "--noproxy", "*", "-o", "/dev/null", "-X", "PUT", "-H",
                                    "Content-Type: application/vnd.schemaregistry.v1+json", "--data",
                                    QString("{\"compatibility\": \"%1\"}").arg(level),
                                    m_brokers.registryUrl + "/config/" + subject}),
                 0);
    }

    StackRunner m_ctl;
    BrokerSettings m_brokers;
    std::shared_ptr<const EntityCatalog> m_catalog;
    QString m_entities;
    QString m_suffix;
    QString m_source;
    QString m_python;
};

QTEST_GUILESS_MAIN(RegistryInteropTest)
#include "RegistryInteropTest.moc"
