// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicAdmin.h"
#include "tests/ctl/StackRunner.h"
#include "tests/kafka/MartEntities.h"

using namespace desk;

// What older services write, taken in: Python clients with the services' own classes and their own JSON, the
// real broker, the real registry and PostgreSQL. Nothing on their side shares code with Catalog Desk.
class IngestInteropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void productService();
    void todoService();
    void martServices();
    void dataflowService();
    void playerGenerator();

private:
    CtlResult ctl(const QStringList &arguments) const { return m_ctl.onDatabase(m_options + arguments); }
    // Takes in what has come since the last time.
    QJsonObject takeIn() const { return ctl({"ingest", "--once", "--json"}).json().value(0); }
    void write(const QStringList &arguments) const { python("write_topic.py", arguments); }
    void python(const QString &script, const QStringList &arguments) const;
    QJsonObject record(const QString &entity, const QString &id) const
    {
        return ctl({"get", entity, id, "--json"}).json().value(0);
    }

    StackRunner m_ctl;
    QString m_python;
    QString m_folder;
    QString m_suffix;
    QStringList m_options;
};

void IngestInteropTest::initTestCase()
{
    const QString missing = m_ctl.begin();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    QVERIFY(!qEnvironmentVariableIsEmpty("SCHEMA_REGISTRY_URL"));
    m_ctl.environment.insert("SCHEMA_REGISTRY_URL", qEnvironmentVariable("SCHEMA_REGISTRY_URL"));
    m_folder = qEnvironmentVariable("CATALOG_SOURCE") + "/tests/interop/";
    QProcess venv;
    venv.start(m_folder + "venv", {});
    QVERIFY(venv.waitForFinished(240'000));
    QVERIFY2(venv.exitCode() == 0, venv.readAllStandardError().constData());
    m_python = QString::fromUtf8(venv.readAllStandardOutput()).trimmed();

    m_suffix = '-' + QUuid::createUuid().toString(QUuid::Id128).left(8);
    const QString entities = m_ctl.folder.filePath("entities");
    QVERIFY(QDir().mkpath(entities));
    writeMartEntities(entities, m_suffix);
    m_ctl.write("entities/json.proto",
                QByteArray(R"(syntax = "proto3";
package dataflow;
import "catalog/options.proto";
message Pricing {
  double amount = 1 [(catalog.column) = { decimal: { precision: 12, scale: 2 } }];
  string currency = 2;
}
message Availability {
  int32 quantity = 1;
  string timestamp = 2;
}
message Item {
  option (catalog.entity) = { encoding: JSON topics: { all: "produtos-persistidosSUFFIX" } };
  int32 id = 1;
  string name = 2;
  string description = 3;
  Pricing pricing = 4;
  Availability availability = 5;
  string category = 6;
}
message Player {
  option (catalog.entity) = {
    encoding: JSON key: "position" key_lower_case: true topics: { all: "playersSUFFIX" }
  };
  string id = 1;
  string name = 2;
  string position = 3 [(catalog.column) = { in: ["Forward", "Midfielder", "Defender", "Goalkeeper"] }];
  int32 speed = 4 [(catalog.column) = { gte: "0" lte: "10" }];
}
)")
                    .replace("SUFFIX", m_suffix.toUtf8()));
    m_options = {"--entities", entities};
    CTL_DONE(ctl({"migrate"}));
    BrokerSettings brokers;
    brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
    const auto catalog = EntityCatalog::load(entities);
    QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
    QVERIFY(TopicAdmin(brokers).createMissing(topicsOf(*catalog)));
    // What others wrote to the services' topics before is not of this test.
    CTL_DONE(ctl({"ingest", "--once", "--from", "end"}));
}

void IngestInteropTest::python(const QString &script, const QStringList &arguments) const
{
    QProcess process;
    process.setProcessEnvironment(m_ctl.environment);
    process.start(m_python, QStringList{m_folder + script} + arguments);
    QVERIFY(process.waitForFinished(120'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void IngestInteropTest::productService()
{
    write({"categories_add", "--message", "CategoryCreate",
           R"({"id": 3, "name": "Größe & Co", "description": "all sizes"})"});
    write({"products_add", "--message", "ProductCreate",
           R"({"id": 5, "name": "Lamp", "description": "bright", "price": 14.99, "category_id": 3,
               "stock_quantity": 7, "image_id": 9})",
           R"({"id": 6, "name": "Bare"})"});
    write({"images_add", "--message", "ImageCreate",
           R"({"id": 9, "image_url": "https://shop.example/lamp.webp", "product_id": 5})"});
    QCOMPARE(takeIn()["applied"], 4);
    QJsonObject lamp = record("product", "5");
    QCOMPARE(lamp["name"], "Lamp");
    QCOMPARE(lamp["price"], "14.99"); // exact, though it came as a float
    QCOMPARE(lamp["category"], "Größe & Co");
    QCOMPARE(lamp["image_id"], 9);

    // The service's partial update: numbers always, texts where they are not empty.
    write({"products_update", "--message", "ProductUpdate",
           R"({"id": 5, "price": 15.5, "category_id": 3, "stock_quantity": 6})"});
    write({"products_delete", "--message", "ProductDelete", R"({"id": 6})"});
    write({"products_get", "--message", "ProductCreate", R"({"id": 5, "name": "On demand"})"});
    const QJsonObject outcome = takeIn();
    QCOMPARE(outcome["applied"], 2);
    QCOMPARE(outcome["poison"], 0);
    lamp = record("product", "5");
    QCOMPARE(lamp["name"], "Lamp");
    QCOMPARE(lamp["price"], "15.50");
    QCOMPARE(lamp["stock_quantity"], 6);
    QCOMPARE(lamp["image_id"], QJsonValue());
    CTL_FAILED(ctl({"get", "product", "6"}));
    // The same addition once more: the service's own consumer stops there; here it changes nothing.
    write({"categories_add", "--message", "CategoryCreate",
           R"({"id": 3, "name": "Größe & Co", "description": "all sizes"})"});
    QCOMPARE(takeIn()["unchanged"], 1);
}

void IngestInteropTest::todoService()
{
    write({"todos2", "--message", "TodoCreate", R"({"id": 5, "title": "Call", "completed": true})"});
    QCOMPARE(takeIn()["applied"], 1);
    QCOMPARE(record("todo", "5")["completed"], true);
}

void IngestInteropTest::martServices()
{
    const QString topic = "order-events" + m_suffix;
    python("framed_topic.py",
           {"write", topic, "Order", "--key", "5", "--subject", topic + "-theirs-value", "--fields",
            R"({"id": 5, "username": "Zoë", "product_name": "Lamp", "quantity": 3, "price": 0.29,
                "status": "SHIPPED"})"});
    QCOMPARE(takeIn()["applied"], 1);
    QCOMPARE(record("order", "5")["username"], "Zoë");
    QCOMPARE(record("order", "5")["price"], "0.29");
    QCOMPARE(record("order", "5")["status"], "SHIPPED");
}

void IngestInteropTest::dataflowService()
{
    write(
        {"produtos-persistidos" + m_suffix, "--key", "id",
         R"({"id": 1, "name": "Lâmpada", "description": "clara", "pricing": {"amount": 10.5, "currency": "BRL"},
               "availability": {"quantity": 3, "timestamp": "2024-01-01T10:00:00Z"}, "category": "Luz"})"});
    QCOMPARE(takeIn()["applied"], 1);
    const QJsonObject item = record("item", "1");
    QCOMPARE(item["name"], "Lâmpada");
    QCOMPARE(item["pricing_amount"], "10.50");
    QCOMPARE(item["availability_quantity"], 3);
}

void IngestInteropTest::playerGenerator()
{
    write(
        {"players" + m_suffix, "--key", "position",
         R"({"id": "7e57d004-2b97-4e7a-b45f-5387367791cd", "name": "Ana", "position": "Forward", "speed": 9})",
         R"({"id": "3d813cbb-47fb-32ba-91df-831e1593ac29", "name": "Bia", "position": "Forward", "speed": 11})"});
    const QJsonObject outcome = takeIn();
    QCOMPARE(outcome["applied"], 1);
    QCOMPARE(outcome["poison"], 1); // speeds end at 10
    QCOMPARE(record("player", "7e57d004-2b97-4e7a-b45f-5387367791cd")["speed"], 9);
}

QTEST_GUILESS_MAIN(IngestInteropTest)
#include "IngestInteropTest.moc"
