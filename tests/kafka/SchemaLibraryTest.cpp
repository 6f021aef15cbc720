// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"
#include "tests/kafka/FakeRegistry.h"
#include "tests/kafka/ProtoText.h"

#include <QSemaphore>
#include <QTest>

using namespace desk;
using Kind = SchemaLibrary::Answer::Kind;

// Messages whose schemas a registry keeps, which may be slow, away or wrong.
class SchemaLibraryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<FakeRegistry>();
        m_registry->setAnswer("/schemas/ids/7", protobuf(UserText));
        // A schema that refers to one that refers to another; the message is the second one in the first.
        m_registry->setAnswer("/schemas/ids/8",
                              protobuf(OrderText, {reference("shop/line.proto", "lines", 3)}));
        m_registry->setAnswer("/subjects/lines/versions/3",
                              protobuf(LineText, {reference("shop/money.proto", "money value", 1)}));
        m_registry->setAnswer("/subjects/money%20value/versions/1", protobuf(MoneyText));
        m_registry->setAnswer("/schemas/ids/9",
                              {{"schemaType", "JSON"}, {"schema", "{\"type\": \"object\"}"}});
        m_registry->setAnswer("/schemas/ids/10", {{"schema", R"({"type": "record", "name": "P", "fields": [
                                  {"name": "id", "type": "int"}, {"name": "card_num", "type": "long"}]})"}});
        m_registry->setAnswer("/schemas/ids/11",
                              {{"schema", R"({"type": "record", "name": "Q", "fields": []})"}});
        m_registry->setAnswer("/schemas/ids/12", protobuf("message {"));
        m_registry->setAnswer("/schemas/ids/13",
                              protobuf(OrderText, {reference("shop/line.proto", "gone", 1)}));
        start(m_registry->url());
    }
    void cleanup()
    {
        m_decoder.reset();
        m_library.reset();
        m_registry.reset();
    }

    void questionNeverBlocksAndIsAnsweredLater()
    {
        // One that blocked would end with its deadline, and say that the registry does not answer.
        m_registry->set(FakeRegistry::Fault::Silent);
        const DecodedMessage waiting = m_decoder->decode(message("000000000700"
                                                                 "0801"));
        QVERIFY(waiting.value.isWaiting);
        QCOMPARE(waiting.kind, QString("schema 7"));
        QCOMPARE(waiting.summary, QString("schema 7 is being fetched …"));
        QVERIFY(!waiting.value.withheld.isEmpty());
        m_registry->set(FakeRegistry::Fault::None);
        QTRY_COMPARE_WITH_TIMEOUT(m_library->findById(7).kind, Kind::Known, 20'000);
        QCOMPARE(m_decoder
                     ->decode(message("000000000700"
                                      "0801"))
                     .kind,
                 QString("User"));
    }

    void messageIsReadByItsSchema()
    {
        const DecodedMessage decoded = decode("000000000700"
                                              "0801"
                                              "1207"
                                              + QByteArray("hunter2").toHex());
        QCOMPARE(decoded.kind, QString("User"));
        QCOMPARE(decoded.value.decoder, QString("schema 7: mart.User"));
        QCOMPARE(decoded.summary, QString("id 1 · password ••••••"));
        QVERIFY(decoded.fields.contains(std::pair(QString("id"), QString("1"))));
        QVERIFY(decoded.fields.contains(std::pair(QString("password"), QString("••••••"))));
        QCOMPARE(decoded.value.sensitive, QList<ByteRange>({{9, 17}}));
        QVERIFY(decoded.problem.isEmpty());
    }

    void referencesAreFetchedAndNestedMessagesFound()
    {
        // Indexes 1, 0: the first message nested in the second one.
        const DecodedMessage decoded = decode("0000000008"
                                              "040200"
                                              "0a0c"
                                              "0a044c616d70"
                                              "1204"
                                              "08051002");
        QCOMPARE(decoded.problem, QString());
        QCOMPARE(decoded.value.decoder, QString("schema 8: shop.Order.Position"));
        QCOMPARE(nodeNamed(decoded.value.root, "line.name").text, QString("Lamp"));
        QCOMPARE(nodeNamed(decoded.value.root, "line.price.amount").text, QString("5"));
        QCOMPARE(m_registry->requests(), 3);
        // All of it is known now.
        QCOMPARE(m_decoder
                     ->decode(message("0000000008"
                                      "0202"
                                      "0807"))
                     .value.decoder,
                 QString("schema 8: shop.Order"));
        QCOMPARE(m_registry->requests(), 3);
    }

    void placeThatTheSchemaDoesNotHaveIsTold()
    {
        const DecodedMessage decoded = decode("0000000008"
                                              "0214"
                                              "0801");
        QVERIFY2(decoded.problem.contains("no message at the place"), qPrintable(decoded.problem));
        QCOMPARE(decoded.value.format, PayloadFormat::Guess);
        QCOMPARE(decoded.summary, QString("1 1"));
    }

    void jsonBehindAFrameIsJson()
    {
        const DecodedMessage decoded = decode("0000000009" + QByteArray(R"({"a": 1, "token": "t"})").toHex());
        QCOMPARE(decoded.kind, QString("JSON"));
        QCOMPARE(decoded.value.decoder, QString("schema 9: JSON"));
        QCOMPARE(decoded.summary, QString(R"({"a": 1, "token": "••••••"})"));
        QCOMPARE(decoded.value.sensitive, QList<ByteRange>({{23, 26}}));
    }

    void avroIsPlainlyNotDecoded()
    {
        const DecodedMessage decoded = decode("000000000b"
                                              "0206");
        QCOMPARE(decoded.problem, QString("Schema 11 is Avro, which is not decoded here."));
        QCOMPARE(decoded.value.format, PayloadFormat::Hex);
        QVERIFY(decoded.summary.contains("02 06"));
        // One whose schema speaks of a card keeps its bytes to itself.
        const DecodedMessage card = decode("000000000a"
                                           "0206");
        QCOMPARE(card.summary, MaskedValue.toString());
        QVERIFY(!card.value.withheld.isEmpty());
    }

    void schemaThatCannotBeUsedIsTold()
    {
        const DecodedMessage broken = decode("000000000c00"
                                             "08011002");
        QVERIFY2(broken.problem.startsWith("schema-12.proto:1:"), qPrintable(broken.problem));
        QCOMPARE(broken.summary, MaskedValue.toString()); // it may speak of a password
        const DecodedMessage gone = decode("000000000d00"
                                           "08011002");
        QVERIFY2(gone.problem.contains("no such schema"), qPrintable(gone.problem));
        const DecodedMessage unknown = decode("000000006300"
                                              "08011002");
        QVERIFY2(unknown.problem.contains("no such schema"), qPrintable(unknown.problem));
        QCOMPARE(unknown.value.attempts.constFirst().format, PayloadFormat::Registry);
    }

    // Its schema has a password: where the bytes do not fit it, nobody knows where that stands.
    void brokenMessageOfASensitiveSchemaIsWithheld_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("breaks off") << QByteArray("000000000700120768756e746572");
        QTest::newRow("no such message") << QByteArray("0000000007020a120768756e74657232");
    }
    void brokenMessageOfASensitiveSchemaIsWithheld()
    {
        QFETCH(QByteArray, hex);
        const DecodedMessage decoded = decode(hex);
        QVERIFY(!decoded.problem.isEmpty());
        QCOMPARE(decoded.summary, MaskedValue.toString());
        QVERIFY(!decoded.value.withheld.isEmpty());
    }

    void registryThatComesBackIsAskedAgainByItself()
    {
        m_registry->set(FakeRegistry::Fault::Away);
        const DecodedMessage away = decode("000000000700"
                                           "08011002");
        QVERIFY2(away.problem.contains("cannot be reached"), qPrintable(away.problem));
        QCOMPARE(away.summary, MaskedValue.toString());
        QVERIFY2(away.value.withheld.contains("cannot be reached"), qPrintable(away.value.withheld));
        m_registry->set(FakeRegistry::Fault::None);
        QVERIFY(m_changed.tryAcquire(1, 30'000));
        QCOMPARE(m_decoder
                     ->decode(message("000000000700"
                                      "0801"))
                     .kind,
                 QString("User"));
    }

    void wrongIdIsAskedForOnce()
    {
        static_cast<void>(decode("000000006300"
                                 "08011002"));
        const int requests = m_registry->requests();
        for (int again = 0; again < 100; ++again)
            static_cast<void>(m_decoder->decode(message("000000006300"
                                                        "0801")));
        QCOMPARE(m_registry->requests(), requests);
    }

    void withoutARegistryTheFrameIsPassedOver()
    {
        start({});
        const DecodedMessage decoded = m_decoder->decode(message("000000000700"
                                                                 "08011002"));
        QCOMPARE(decoded.value.format, PayloadFormat::Guess);
        QVERIFY(decoded.problem.isEmpty());
        QVERIFY2(decoded.value.attempts.constFirst().reason.contains("no schema registry is set"),
                 qPrintable(decoded.value.attempts.constFirst().reason));
    }

    void longKeyIsNoFrame()
    {
        StreamMessage keyed = message("0801");
        keyed.hasKey = true;
        keyed.key = QByteArray::fromHex("0000018bcfe56800");
        const DecodedMessage waiting = m_decoder->decode(keyed);
        QVERIFY(waiting.key.isWaiting); // the registry may have a schema 395
        QVERIFY(m_changed.tryAcquire(1, 30'000));
        const DecodedMessage decoded = m_decoder->decode(keyed);
        QCOMPARE(decoded.key.format, PayloadFormat::Integer);
        QCOMPARE(decoded.key.summary, QString("1700000000000"));
        QVERIFY(decoded.key.problem.isEmpty());
    }

private:
    static constexpr const char *UserText = "syntax = \"proto3\"; package mart;\n"
                                            "message User { int32 id = 1; string password = 2; }";
    static constexpr const char *OrderText = R"(syntax = "proto3"; package shop;
import "shop/line.proto";
message Nothing { }
message Order { message Position { Line line = 1; } int32 id = 1; repeated Position positions = 2; })";
    static constexpr const char *LineText = R"(syntax = "proto3"; package shop;
import "shop/money.proto";
message Line { string name = 1; Money price = 2; })";
    static constexpr const char *MoneyText = "syntax = \"proto3\"; package shop;\n"
                                             "message Money { int64 amount = 1; int32 scale = 2; }";

    static QJsonObject reference(const char *name, const char *subject, int version)
    {
        return {{"name", name}, {"subject", subject}, {"version", version}};
    }
    static QJsonObject protobuf(const char *text, const QList<QJsonObject> &references = {})
    {
        QJsonArray array;
        for (const QJsonObject &object : references)
            array.append(object);
        return {{"schemaType", "PROTOBUF"}, {"schema", text}, {"references", array}};
    }
    void start(const QString &url)
    {
        m_decoder.reset();
        BrokerSettings settings;
        settings.registryUrl = url;
        m_library = std::make_shared<SchemaLibrary>(settings);
        m_changed.acquire(m_changed.available());
        m_library->watch(this, [this] { m_changed.release(); });
        m_decoder = std::make_unique<MessageDecoder>(DecodingSources{EntityCatalog::load(), {}, m_library});
    }
    static StreamMessage message(const QByteArray &hex)
    {
        StreamMessage message;
        message.topic = "elsewhere";
        message.hasValue = true;
        message.value = QByteArray::fromHex(hex);
        return message;
    }
    // Once the registry has said something.
    DecodedMessage decode(const QByteArray &hex)
    {
        if (m_decoder->decode(message(hex)).value.isWaiting && !m_changed.tryAcquire(1, 30'000))
            qFatal("The registry's answer does not come.");
        return m_decoder->decode(message(hex));
    }

    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<SchemaLibrary> m_library;
    std::unique_ptr<MessageDecoder> m_decoder;
    QSemaphore m_changed;
};

QTEST_GUILESS_MAIN(SchemaLibraryTest)
#include "SchemaLibraryTest.moc"
