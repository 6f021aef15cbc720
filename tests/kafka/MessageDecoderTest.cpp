// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"
#include "kafka/PayloadText.h"
#include "tests/kafka/Samples.h"
#include "tests/schema/Bounded.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;
using Depth = MessageDecoder::Depth;

class MessageDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        writePlayerEntity(m_folder.path());
        QFile file(m_folder.filePath("user.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
import "catalog/options.proto";
message User {
  option (catalog.entity) = { table: "shop_user" plural: "Users" topics: { all: "users" } };
  int32 id = 1;
  string name = 2;
  string email = 3 [(catalog.column) = { sensitive: true }];
  string password = 4;
  int32 pin = 5 [(catalog.column) = { sensitive: true }];
}
)");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY(m_catalog->problems().isEmpty());
        m_decoder = std::make_unique<MessageDecoder>(m_catalog);
    }

    void productReadsAsOneLineAndAsFields()
    {
        const EntityType &product = *m_catalog->find(u"product");
        RecordCodec codec(product);
        const auto decoded = decode("products_add",
                                    codec.encode(sampleProduct(*m_catalog, "24", "Fish Steak")));
        QCOMPARE(decoded.kind, QString("Product"));
        QCOMPARE(decoded.operation, QString("add"));
        QCOMPARE(decoded.entity, QString("product"));
        QCOMPARE(decoded.recordId, QString("24"));
        QCOMPARE(decoded.summary, QString("Fish Steak · price 14.99 · stock 74"));
        QVERIFY(decoded.fields.contains(std::pair(QString("Price"), QString("14.99"))));
        QVERIFY(decoded.problem.isEmpty());
    }

    void masksByTheCatalogsNamesWithoutSettings()
    {
        const auto catalog = EntityCatalog::load({}, {QStringLiteral("price")});
        const EntityType &product = *catalog->find(u"product");
        const QByteArray value = RecordCodec(product).encode(
            sampleProduct(*catalog, QStringLiteral("24"), QStringLiteral("Fish Steak")));
        StreamMessage message;
        message.topic = QStringLiteral("products_add");
        message.value = value;
        message.hasValue = true;
        const DecodedMessage decoded = MessageDecoder(catalog).decode(message);
        QVERIFY(decoded.fields.contains(std::pair(QStringLiteral("Price"), MaskedValue.toString())));
        // The exact price and the older float: neither is left in the bytes.
        QCOMPARE(decoded.value.sensitive.size(), 2);
    }

    void olderServicesProductIsReadToo()
    {
        // ProductCreate of contract A: id 1, name "A", price 9.99f, no exact price.
        const auto decoded = decode("products_add", QByteArray::fromHex("0801120141250ad71f41"));
        QCOMPARE(decoded.summary, QString("A · price 9.99 · stock 0"));
    }

    void headerSaysTheOperation()
    {
        StreamMessage message = make("products_add", QByteArray::fromHex("0818"));
        message.headers = {{"operation", "delete"}};
        const auto decoded = m_decoder->decode(message);
        QCOMPARE(decoded.operation, QString("delete"));
        QCOMPARE(decoded.summary, QString("id 24"));
        message.headers = {{"operation", "nonsense"}};
        QCOMPARE(m_decoder->decode(message).operation, QString("add"));
    }

    void deleteShowsOnlyTheId()
    {
        const auto decoded = decode("products_delete", QByteArray::fromHex("0818"));
        QCOMPARE(decoded.recordId, QString("24"));
        QCOMPARE(decoded.summary, QString("id 24"));
        QCOMPARE(decoded.fields.size(), 1);
    }

    void listIsCounted()
    {
        const EntityType &product = *m_catalog->find(u"product");
        RecordCodec codec(product);
        const QByteArray one = codec.encode(sampleProduct(*m_catalog, "1", "Lamp"));
        QCOMPARE(decode("products_list", codec.encodeList({one})).summary, QString("1 product"));
        const auto decoded = decode("products_list", codec.encodeList(QList<QByteArray>(250, one)));
        QCOMPARE(decoded.summary, QString("250 products"));
        QCOMPARE(decoded.fields.size(), 101);
        QCOMPARE(decoded.fields.last().second, QString("150 more"));
        QCOMPARE(decode("products_list", {}).summary, QString("0 products"));
    }

    // Parsed, it would be thirty times as large.
    void neverParsesAHugeMessage()
    {
        const Bounded cost;
        constexpr qsizetype size = RecordCodec::MaximumBytes + 2;
        const QByteArray json = '[' + QByteArray("[],").repeated(size / 3) + "[]]";
        QCOMPARE(decode("elsewhere", json).kind, QString("JSON"));
        QVERIFY(decode("elsewhere", json).fields.isEmpty());
        QVERIFY(decode("players", json).problem.contains("at most 16 MiB"));
        const QByteArray list = QByteArray("\x0a\0", 2).repeated(size / 2);
        QVERIFY(decode("products_list", list).problem.contains("at most 16 MiB"));
        QVERIFY(cost.holds(20, 200));
    }

    void escapedNameIsMaskedToo()
    {
        const auto decoded = decode("elsewhere", "{\"pass\\u0077ord\": \"hunter2\", \"a\\\"b\": \"shown\"}");
        QCOMPARE(decoded.summary, QString("{\"pass\\u0077ord\": \"••••••\", \"a\\\"b\": \"shown\"}"));
    }

    void jsonEntityMasksItsSecret()
    {
        const EntityType &player = *m_catalog->find(u"player");
        RecordCodec codec(player);
        const auto record = sampleRecord(player, "p1",
                                         {{"name", "Ana"}, {"speed", "7"}, {"card", "4111 1111"}});
        const auto decoded = decode("players", codec.encode(record));
        QCOMPARE(decoded.kind, QString("Player"));
        QCOMPARE(decoded.summary, QString("Ana · speed 7"));
        QVERIFY(decoded.fields.contains(std::pair(QString("Card"), QString("••••••"))));
    }

    void anythingElseIsJsonTextOrBytes()
    {
        const auto json = decode("elsewhere", "{\"a\": 1,\n \"password\": \"hunter2\"}");
        QCOMPARE(json.kind, QString("JSON"));
        QCOMPARE(json.summary, QString(R"({"a": 1, "password": "••••••"})"));
        QVERIFY(json.fields.contains(std::pair(QString("a"), QString("1"))));
        QVERIFY(json.fields.contains(std::pair(QString("password"), QString("••••••"))));
        QCOMPARE(decode("elsewhere", "héllo\nworld").summary, QString("héllo world"));
        QCOMPARE(decode("elsewhere", "héllo").kind, QString("text"));
        QCOMPARE(decode("elsewhere", QByteArray::fromHex("00ff01")).kind, QString("bytes"));
        QCOMPARE(decode("elsewhere", QByteArray::fromHex("00ff01")).summary, QString("00 ff 01"));
        QCOMPARE(decode("elsewhere", "{broken").kind, QString("text"));
        QCOMPARE(decode("elsewhere", "").kind, QString("empty"));
    }

    // One byte that is no text, and it is no JSON any more; its names can be read all the same.
    void jsonThatIsNoTextIsMasked_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("in the secret") << QByteArray("{\"password\":\"hunter2\xff\"}");
        QTest::newRow("before it") << QByteArray("{\"a\":\"\xff\",\"password\":\"hunter2\"}");
        QTest::newRow("control character") << QByteArray("{\"password\":\"hunter2\x01\"}");
    }
    void jsonThatIsNoTextIsMasked()
    {
        QFETCH(const QByteArray, value);
        const QString secret = QString::fromLatin1(QByteArray("hunter2").toHex(' '));
        StreamMessage message = make("elsewhere", value);
        message.hasKey = true;
        message.key = value;
        for (const auto depth : {MessageDecoder::Depth::Row, MessageDecoder::Depth::Whole}) {
            const DecodedMessage decoded = m_decoder->decode(message, depth);
            for (const DecodedPart &part : {decoded.key, decoded.value}) {
                QVERIFY2(!(part.summary + part.root.text).contains(secret), qPrintable(part.summary));
                if (depth == MessageDecoder::Depth::Whole)
                    QVERIFY(!maskedBytes(value, part.sensitive).contains("hunter2"));
            }
        }
    }

    void keyIsDecodedAsTheValueIs()
    {
        StreamMessage message = make("elsewhere", "x");
        message.hasKey = true;
        const auto key = [&](const QByteArray &bytes) {
            message.key = bytes;
            return m_decoder->decode(message).key;
        };
        QCOMPARE(key("goalkeeper").summary, QString("goalkeeper"));
        QCOMPARE(key(QByteArray::fromHex("0000000000000018")).summary, QString("24"));
        QCOMPARE(key(QByteArray::fromHex("0000000000000018")).format, PayloadFormat::Integer);
        QCOMPARE(key("{\"id\": 5, \"token\": \"t\"}").summary, QString("{\"id\": 5, \"token\": \"••••••\"}"));
        QCOMPARE(key("").kind, QString("empty"));
        message.hasKey = false;
        QVERIFY(m_decoder->decode(message).key.kind.isEmpty());
    }

    void headersAreMaskedByTheirNames()
    {
        StreamMessage message = make("elsewhere", "x");
        message.headers = {{"Authorization", "Bearer abc"},
                           {"trace", "t-1"},
                           {"X-Api-Key", "k"},
                           {"raw", QByteArray::fromHex("00ff")}};
        QCOMPARE(
            m_decoder->decode(message).headers,
            (QList<std::pair<QString, QString>>{
                {"Authorization", "••••••"}, {"trace", "t-1"}, {"X-Api-Key", "••••••"}, {"raw", "00 ff"}}));
    }

    void sensitiveColumnsLeaveNoTrace()
    {
        const EntityType &user = *m_catalog->find(u"user");
        RecordCodec codec(user);
        const auto record = sampleRecord(
            user, "7", {{"name", "Ana"}, {"email", "a@b.example"}, {"password", "hunter2"}, {"pin", "4242"}});
        const QByteArray bytes = codec.encode(record);
        const auto requireMasked = [&](const DecodedMessage &decoded, const QByteArray &value) {
            QString all = decoded.summary + jsonText(decoded.value.root)
                + hexTable(value, 10'000, 64, decoded.value.sensitive)
                + QString::fromUtf8(maskedBytes(value, decoded.value.sensitive));
            for (const auto &[label, text] : decoded.fields)
                all += text;
            for (const char *secret : {"hunter2", "a@b.example", "4242"})
                QVERIFY2(!all.contains(secret), secret);
        };
        const auto decoded = decode("users", bytes);
        QVERIFY(bytes.contains("hunter2"));
        QCOMPARE(decoded.problem, QString());
        QVERIFY2(decoded.summary.startsWith("Ana"), qPrintable(decoded.summary));
        QCOMPARE(decoded.value.sensitive.size(), 3);
        requireMasked(decoded, bytes);
        const QByteArray list = codec.encodeList({bytes, bytes});
        StreamMessage message = make("users", list);
        message.headers = {{"operation", "list"}};
        const auto listed = m_decoder->decode(message);
        QCOMPARE(listed.value.sensitive.size(), 6);
        requireMasked(listed, list);
        // JSON where protobuf is expected: by the columns' names, too.
        const QByteArray json
            = R"({"name": "Ana", "email": "a@b.example", "password": "hunter2", "pin": 4242})";
        const auto other = decode("users", json);
        QVERIFY(!other.problem.isEmpty());
        QCOMPARE(other.kind, QString("JSON"));
        requireMasked(other, json);
        // What fits nothing shows nothing.
        for (const QByteArray &broken : {bytes.chopped(1), QByteArray("hunter2 a@b.example 4242")}) {
            const auto withheld = decode("users", broken);
            QVERIFY(!withheld.problem.isEmpty());
            QVERIFY(!withheld.value.withheld.isEmpty());
            QCOMPARE(withheld.summary, QString("••••••"));
        }
    }

    void oneSensitiveValueCanBeShown()
    {
        const EntityType &user = *m_catalog->find(u"user");
        const auto record = sampleRecord(user, "7", {{"name", "Ana"}, {"password", "hunter2"}});
        const StreamMessage message = make("users", RecordCodec(user).encode(record));
        const auto shown = [&](const StreamMessage &of, MessagePart part, const QString &name) {
            const auto decoded = m_decoder->decode(of);
            const DecodedNode &root = part == MessagePart::Key ? decoded.key.root : decoded.value.root;
            for (int index = 0; index < int(root.children.size()); ++index) {
                if (root.children[size_t(index)].name == name && root.children[size_t(index)].isSensitive)
                    return *m_decoder->reveal(of, part, {index});
            }
            return QString("not masked");
        };
        QCOMPARE(shown(message, MessagePart::Value, "password"), QString("hunter2"));
        StreamMessage json = make("elsewhere", R"({"a": 1, "card": {"number": "4111"}})");
        json.hasKey = true;
        json.key = R"({"token": "t-1"})";
        QCOMPARE(shown(json, MessagePart::Value, "card"), QString("{\n  \"number\": \"4111\"\n}"));
        QCOMPARE(shown(json, MessagePart::Key, "token"), QString("t-1"));
        QCOMPARE(m_decoder->reveal(json, MessagePart::Value, {17}).error().code, ErrorCode::NotFound);
        // What is withheld as a whole, too.
        QCOMPARE(*m_decoder->reveal(make("users", "hunter2"), MessagePart::Value, {}), QString("hunter2"));
    }

    void ruleOverridesTheEntityAndFallsBackToIt()
    {
        DecodingSources sources{m_catalog, {}, {}};
        sources.settings.rules = {{"products_*", MessagePart::Value, PayloadFormat::Hex, {}, {}}};
        const StreamMessage message = make(
            "products_add",
            RecordCodec(*m_catalog->find(u"product")).encode(sampleProduct(*m_catalog, "24", "Lamp")));
        QCOMPARE(MessageDecoder(sources).decode(message).kind, QString("bytes"));
        sources.settings.rules[0].format = PayloadFormat::Json;
        const auto decoded = MessageDecoder(sources).decode(message);
        QCOMPARE(decoded.kind, QString("Product"));
        QCOMPARE(decoded.recordId, QString("24"));
        QVERIFY2(decoded.problem.contains("no JSON"), qPrintable(decoded.problem));
        QCOMPARE(decoded.value.attempts.size(), 1);
        sources.settings.rules[0].format = PayloadFormat::Automatic;
        QVERIFY(MessageDecoder(sources).decode(message).problem.isEmpty());
    }

    void operatorsNamesAreMasked()
    {
        DecodingSources sources{m_catalog, {}, {}};
        sources.settings.sensitiveNames = {"salary"};
        const auto decoded = MessageDecoder(sources).decode(
            make("elsewhere", R"({"salary": 9, "token": "t"})"));
        QCOMPARE(decoded.summary, QString(R"({"salary": "••••••", "token": "t"})"));
        // In what an entity describes as well: hex and tree alike.
        sources.settings.sensitiveNames = {"name"};
        const QByteArray product = RecordCodec(*m_catalog->find(u"product"))
                                       .encode(sampleProduct(*m_catalog, "24", "Fish Steak"));
        const auto masked = MessageDecoder(sources).decode(make("products_add", product));
        QCOMPARE(masked.problem, QString());
        QVERIFY2(masked.summary.startsWith("••••••"), qPrintable(masked.summary));
        QVERIFY(!jsonText(masked.value.root).contains("Fish Steak"));
        QVERIFY(!maskedBytes(product, masked.value.sensitive).contains("Fish Steak"));
    }

    void payloadThatDoesNotFitIsShownWithTheReason()
    {
        const auto decoded = decode("products_add", "not protobuf at all");
        QVERIFY(!decoded.problem.isEmpty());
        QCOMPARE(decoded.kind, QString("text"));
        QCOMPARE(decoded.summary, QString("not protobuf at all"));
        const auto list = decode("products_list", QByteArray::fromHex("0affffffff0f"));
        QVERIFY(!list.problem.isEmpty());
    }

    void tombstoneIsNamed()
    {
        StreamMessage message = make("products_add", {});
        message.hasValue = false;
        QCOMPARE(m_decoder->decode(message).kind, QString("tombstone"));
        QCOMPARE(m_decoder->decode(message).summary, QString("— tombstone"));
    }

    void rowOfALargeValueIsQuick()
    {
        const QByteArray large = "{\"a\": \"" + QByteArray(50'000'000, 'x') + "\"}";
        const StreamMessage message = make("elsewhere", large);
        QElapsedTimer timer;
        timer.start();
        const auto decoded = m_decoder->decode(message, Depth::Row);
        QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(decoded.kind, QString("JSON"));
        QVERIFY(decoded.summary.size() <= 201);
    }

    void hostileBytesNeverCrash()
    {
        QRandomGenerator random(1);
        RecordCodec codec(*m_catalog->find(u"product"));
        const QByteArray good = codec.encode(sampleProduct(*m_catalog, "24", "Fish Steak"));
        const QStringList topics{"products_add", "products_list", "products_delete",
                                 "todos2",       "players",       "elsewhere"};
        for (int round = 0; round < 20'000; ++round) {
            QByteArray bytes = good;
            if (round % 2 == 0)
                bytes.resize(random.bounded(40));
            for (int flips = random.bounded(8); flips > 0 && !bytes.isEmpty(); --flips)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            const auto decoded = decode(topics[round % topics.size()], bytes,
                                        round % 3 ? Depth::Row : Depth::Whole);
            QVERIFY(decoded.summary.size() <= 210);
        }
        for (const QByteArray &bytes :
             {QByteArray(100'000, '['), QByteArray(100'000, '{'), QByteArray(100'000, '\x0a'),
              QByteArray(100'000, '\xff'), QByteArray::fromHex("0aff7f").repeated(30'000)}) {
            for (const QString &topic : topics)
                static_cast<void>(decode(topic, bytes));
        }
    }

private:
    static StreamMessage make(const QString &topic, const QByteArray &value)
    {
        StreamMessage message;
        message.topic = topic;
        message.hasValue = true;
        message.value = value;
        return message;
    }
    DecodedMessage decode(const QString &topic, const QByteArray &value, Depth depth = Depth::Whole)
    {
        return m_decoder->decode(make(topic, value), depth);
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<MessageDecoder> m_decoder;
};

QTEST_GUILESS_MAIN(MessageDecoderTest)
#include "MessageDecoderTest.moc"
