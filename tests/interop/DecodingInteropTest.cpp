// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"
#include "kafka/PayloadText.h"
#include "kafka/TopicAdmin.h"
#include "tests/kafka/ProtoText.h"
#include "tests/kafka/TopicProbe.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSemaphore>
#include <QTest>
#include <QUuid>

using namespace desk;

// What Python clients of the older services wrote, on the real broker with the real registry, decoded field by
// field: plain protobuf (A), JSON (C, E), framed protobuf (D), and a schema that refers to another.
class DecodingInteropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL"})
            QVERIFY2(!qEnvironmentVariableIsEmpty(name), "\"./dev test\" starts the servers and sets this.");
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        m_brokers.registryUrl = qEnvironmentVariable("SCHEMA_REGISTRY_URL");
        m_source = qEnvironmentVariable("CATALOG_SOURCE") + "/tests/interop/";
        QProcess venv;
        venv.start(m_source + "venv", {});
        QVERIFY(venv.waitForFinished(240'000));
        QVERIFY2(venv.exitCode() == 0, venv.readAllStandardError().constData());
        m_python = QString::fromUtf8(venv.readAllStandardOutput()).trimmed();
        m_suffix = '-' + QUuid::createUuid().toString(QUuid::Id128).left(8);
        m_library = std::make_shared<SchemaLibrary>(m_brokers);
        m_library->watch(this, [this] { m_changed.release(); });
        m_catalog = EntityCatalog::load();
    }
    void cleanupTestCase()
    {
        if (m_library)
            m_library->forgetWatcher(this);
    }

    void productsOfTheProductService()
    {
        const QString topic = newTopic("products");
        python(
            {"write_topic.py", topic, "--message", "ProductCreate",
             R"({"id": 24, "name": "Fish Steak", "price": 14.99, "stock_quantity": 74, "category_id": 3})"});
        // By the catalog, through a rule with the service's own file, and without any schema.
        StreamMessage message = read(topic);
        StreamMessage ours = message;
        ours.topic = "products_add";
        const DecodedMessage entity = decode(ours);
        QCOMPARE(entity.problem, QString());
        QCOMPARE(entity.recordId, QString("24"));
        QCOMPARE(nodeNamed(entity.value.root, "name").text, QString("Fish Steak"));
        QCOMPARE(nodeNamed(entity.value.root, "price").text, QString("14.99"));
        QCOMPARE(nodeNamed(entity.value.root, "stock_quantity").text, QString("74"));

        DecodingSettings settings;
        settings.rules = {{"products-*", MessagePart::Value, PayloadFormat::ProtoFile,
                           m_source + "contract_a.proto", "ProductCreate"}};
        const DecodedMessage byFile = decode(message, settings);
        QCOMPARE(byFile.problem, QString());
        QCOMPARE(byFile.kind, QString("ProductCreate"));
        QCOMPARE(nodeNamed(byFile.value.root, "price").text, QString("14.99"));
        QCOMPARE(nodeNamed(byFile.value.root, "category_id").text, QString("3"));
        QVERIFY(nodeNamed(byFile.value.root, "description").isAbsent);

        const DecodedMessage guess = decode(message);
        QCOMPARE(guess.value.format, PayloadFormat::Guess);
        QCOMPARE(nodeNamed(guess.value.root, "2").text, QString("Fish Steak"));
        QCOMPARE(nodeNamed(guess.value.root, "4").text, QString("14.99"));
    }

    void playersOfTheGenerator()
    {
        const QString topic = newTopic("players");
        python(
            {"write_topic.py", topic, "--key", "position",
             R"({"id": "3f0e8a52-57a2-4f1c-8a53-2f5f1a1c9e10", "name": "João", "position": "Forward", "speed": 7})"});
        const DecodedMessage decoded = decode(read(topic));
        QCOMPARE(decoded.kind, QString("JSON"));
        QCOMPARE(decoded.key.summary, QString("forward"));
        QCOMPARE(decoded.key.format, PayloadFormat::Text);
        QCOMPARE(nodeNamed(decoded.value.root, "name").text, QString("João"));
        QCOMPARE(nodeNamed(decoded.value.root, "speed").text, QString("7"));
    }

    void productsOfTheDataflowService()
    {
        const QString topic = newTopic("produtos");
        python({"write_topic.py", topic, "--key", "id",
                R"({"id": 1, "name": "Café", "description": "pão / ☕",
                    "pricing": {"amount": 10.5, "currency": "BRL"},
                    "availability": {"quantity": 3, "timestamp": "2024-01-01T10:00:00Z"}, "category": "Bebidas"})"});
        const DecodedMessage decoded = decode(read(topic));
        QCOMPARE(decoded.kind, QString("JSON"));
        QCOMPARE(decoded.key.summary, QString("1"));
        QCOMPARE(nodeNamed(decoded.value.root, "name").text, QString("Café"));
        QCOMPARE(nodeNamed(decoded.value.root, "pricing.amount").text, QString("10.5"));
        QCOMPARE(nodeNamed(decoded.value.root, "availability.timestamp").text,
                 QString("2024-01-01T10:00:00Z"));
    }

    void ordersOfTheMart()
    {
        const DecodedMessage decoded = decode(
            framed("Order",
                   R"({"id": 77, "username": "Größe", "quantity": 2, "price": 1.1, "status": "DELIVERED"})"));
        QCOMPARE(decoded.problem, QString());
        QCOMPARE(decoded.kind, QString("Order"));
        QCOMPARE(decoded.value.format, PayloadFormat::Registry);
        QCOMPARE(nodeNamed(decoded.value.root, "id").text, QString("77"));
        QCOMPARE(nodeNamed(decoded.value.root, "username").text, QString("Größe"));
        QCOMPARE(nodeNamed(decoded.value.root, "price").text, QString("1.1"));
        QCOMPARE(nodeNamed(decoded.value.root, "status").text, QString("DELIVERED"));
        QVERIFY(nodeNamed(decoded.value.root, "email").isAbsent);
        QCOMPARE(decoded.key.summary, QString("key-Order"));
    }

    void stockOfTheMart()
    {
        const DecodedMessage decoded = decode(
            framed("Inventory", R"({"id": 6, "product_name": "Lamp", "stock_level": 12})"));
        QCOMPARE(decoded.kind, QString("Inventory"));
        QCOMPARE(nodeNamed(decoded.value.root, "stock_level").text, QString("12"));
    }

    // With the registry by their names, and in no view of the message.
    void passwordsAndCardsOfTheMartAreMasked()
    {
        const StreamMessage user = framed(
            "User", R"({"id": 1, "username": "zoe", "email": "zoe@mart.example", "password": "hunter2"})");
        const StreamMessage payment = framed(
            "PaymentCreate",
            R"({"card_num": 4111111111111111, "cvv": 123, "valid_thru_year": 2030, "total_price": 9.5, "status": "COD"})");
        QVERIFY(user.value.contains("hunter2"));
        const DecodedMessage first = decode(user);
        QVERIFY(nodeNamed(first.value.root, "password").isSensitive);
        QCOMPARE(nodeNamed(first.value.root, "username").text, QString("zoe"));
        const DecodedMessage second = decode(payment);
        QVERIFY(nodeNamed(second.value.root, "card_num").isSensitive);
        QVERIFY(nodeNamed(second.value.root, "cvv").isSensitive);
        QCOMPARE(nodeNamed(second.value.root, "status").text, QString("COD"));
        QCOMPARE(nodeNamed(second.value.root, "total_price").text, QString("9.5"));
        for (const auto &[message, decoded, secret] :
             {std::tuple(&user, &first, "hunter2"), std::tuple(&payment, &second, "4111111111111111")}) {
            QString all = decoded->summary + jsonText(decoded->value.root)
                + hexTable(message->value, 10'000, 64, decoded->value.sensitive)
                + QString::fromUtf8(maskedBytes(message->value, decoded->value.sensitive));
            for (const auto &[label, text] : decoded->fields)
                all += text;
            QVERIFY2(!all.contains(secret), qPrintable(all));
        }
        // The card's number is in no other form there, either.
        QVERIFY(!hexTable(payment.value, 10'000, 64, second.value.sensitive).contains("c7 e3 a3 ab 8a"));
        // Without the registry there are no names; a card's number looks like one all the same.
        const DecodedMessage guess = MessageDecoder(m_catalog).decode(payment);
        QCOMPARE(guess.value.format, PayloadFormat::Guess);
        QVERIFY(nodeNamed(guess.value.root, "2").isSensitive);
    }

    void schemaThatRefersToAnotherIsFetchedWhole()
    {
        const QString topic = newTopic("basket");
        python(
            {"referenced_topic.py", topic,
             R"({"name": "Lamp", "price": {"units": 12, "currency": "EUR", "quoted_at": "2024-01-01T10:00:00Z"},
                    "sizes": [1, 300], "notes": {"colour": "red", "secret": "s-1"}, "access_token": "t-1"})"});
        const DecodedMessage decoded = decode(read(topic));
        QCOMPARE(decoded.problem, QString());
        QVERIFY2(decoded.value.decoder.endsWith("shop.Basket.Line"), qPrintable(decoded.value.decoder));
        const DecodedNode &root = decoded.value.root;
        QCOMPARE(nodeNamed(root, "name").text, QString("Lamp"));
        QCOMPARE(nodeNamed(root, "price.units").text, QString("12"));
        QCOMPARE(nodeNamed(root, "price.quoted_at").text, QString("2024-01-01T10:00:00Z"));
        QCOMPARE(nodeNamed(root, "sizes[1]").text, QString("300"));
        QCOMPARE(nodeNamed(root, "notes.colour").text, QString("red"));
        QVERIFY(nodeNamed(root, "notes.secret").isSensitive);
        QVERIFY(nodeNamed(root, "access_token").isSensitive);
        QCOMPARE(nodeNamed(root, "extra.units").text, QString("7"));
        QCOMPARE(nodeNamed(root, "extra.currency").text, QString("BRL"));
        QCOMPARE(decoded.key.format, PayloadFormat::Integer);
        QCOMPARE(decoded.key.summary, QString("24"));
    }

private:
    QString newTopic(const QString &name)
    {
        const QString topic = name + m_suffix;
        const auto created = TopicAdmin(m_brokers).createMissing({topic});
        if (!created)
            qFatal("%s", qPrintable(created.error().sentence));
        return topic;
    }

    // A message of contract D on a topic of its own.
    StreamMessage framed(const QString &message, const QString &fields)
    {
        const QString topic = newTopic(message.toLower() + "-events");
        python({"framed_topic.py", "write", topic, message, "--key", "key-" + message, "--fields", fields});
        return read(topic);
    }

    void python(QStringList words)
    {
        words[0] = m_source + words[0];
        QProcess process;
        process.start(m_python, words);
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            qFatal("%s", process.readAllStandardError().constData());
    }

    StreamMessage read(const QString &topic)
    {
        TopicProbe probe(m_brokers);
        probe.read(topic);
        return probe.waitFor(1, 60'000).value(0);
    }

    // Once every schema it needs has come.
    DecodedMessage decode(const StreamMessage &message, const DecodingSettings &settings = {})
    {
        MessageDecoder decoder(DecodingSources{m_catalog, settings, m_library});
        DecodedMessage decoded = decoder.decode(message);
        while (decoded.value.isWaiting || decoded.key.isWaiting) {
            if (!m_changed.tryAcquire(1, 30'000))
                qFatal("The schema does not come.");
            decoded = decoder.decode(message);
        }
        return decoded;
    }

    BrokerSettings m_brokers;
    std::shared_ptr<SchemaLibrary> m_library;
    std::shared_ptr<const EntityCatalog> m_catalog;
    QSemaphore m_changed;
    QString m_source;
    QString m_python;
    QString m_suffix;
};

QTEST_GUILESS_MAIN(DecodingInteropTest)
#include "DecodingInteropTest.moc"
