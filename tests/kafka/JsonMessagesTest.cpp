// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonMessages.h"

#include "kafka/MessageJson.h"
#include "tests/kafka/Samples.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

// Messages out of JSON lines, and back again.
class JsonMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        writePlayerEntity(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void whatWasPrintedIsSentAgain_data()
    {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<QByteArray>("value");
        const EntityType &product = *m_catalog->find(u"product");
        QTest::newRow("record") << "products_update"
                                << RecordCodec(product).encode(sampleProduct(*m_catalog, "5", "Größe & Co"));
        RecordCodec codec(product);
        QTest::newRow("list") << "products_list"
                              << codec.encodeList({codec.encode(sampleProduct(*m_catalog, "5", "Größe & Co")),
                                                   codec.encode(sampleProduct(*m_catalog, "6", "Lamp"))});
        QTest::newRow("deletion") << "products_delete" << RecordCodec(product).encodeDelete("5");
        QTest::newRow("text") << "notes" << QByteArray("größe, and more\nof it");
        QTest::newRow("JSON") << "notes" << QByteArray("{\"a\":[1,true,null],\"b\":\"x\"}");
        QTest::newRow("no record of the topic's") << "products_add" << QByteArray("plain \xff\xfe bytes");
        QTest::newRow("protobuf of nobody") << "notes"
                                            << QByteArray("\x08\x96\x01\x12\x03"
                                                          "abc");
        QTest::newRow("nothing in it") << "notes" << QByteArray("");
        QTest::newRow("tombstone") << "notes" << QByteArray();
    }
    void whatWasPrintedIsSentAgain()
    {
        QFETCH(QString, topic);
        QFETCH(QByteArray, value);
        StreamMessage read;
        read.topic = topic;
        read.hasKey = true;
        read.key = "5";
        read.hasValue = !value.isNull();
        read.value = value;
        read.headers = {{"trace", "größe"}};
        MessageJson json({m_catalog, {}, nullptr});
        const QByteArray line = QJsonDocument(json.object(read, json.decode(read)))
                                    .toJson(QJsonDocument::Compact);
        const auto message = JsonMessages(m_catalog, {}, topic).message(line);
        QVERIFY2(message, message ? "" : qPrintable(message.error().sentence + u' ' + line));
        QCOMPARE(message->value, read.value);
        QCOMPARE(message->hasValue, read.hasValue);
        QCOMPARE(message->key, read.key);
        QCOMPARE(message->headers, read.headers);
        QCOMPARE(message->topic, topic);
    }

    void maskedValuesAreNotSent_data()
    {
        QTest::addColumn<QByteArray>("line");
        const QByteArray mask = MaskedValue.toUtf8();
        QTest::newRow("column") << "{\"value\": {\"id\": \"7\", \"card\": \"" + mask + "\"}}";
        QTest::newRow("header") << "{\"value\": {\"id\": \"7\"}, \"headers\": {\"password\": \"" + mask
                + "\"}}";
        QTest::newRow("key") << "{\"value\": {\"id\": \"7\"}, \"key\": \"" + mask + "\"}";
        QTest::newRow("bytes") << "{\"bytes\": \"" + ("a" + mask).toBase64() + "\"}";
        QTest::newRow("list") << "{\"records\": [{\"id\": \"7\", \"card\": \"" + mask + "\"}]}";
        QTest::newRow("withheld") << QByteArray("{\"withheld\": \"They may hold secrets.\"}");
    }
    void maskedValuesAreNotSent()
    {
        QFETCH(QByteArray, line);
        const auto message = JsonMessages(m_catalog, {}, QStringLiteral("players")).message(line);
        QVERIFY(!message);
        QCOMPARE(message.error().code, ErrorCode::InvalidValue);
        QVERIFY2(message.error().sentence.contains(QStringLiteral("masked")),
                 qPrintable(message.error().sentence));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("no JSON") << QByteArray("{\"key\": ") << "no JSON";
        QTest::newRow("no object") << QByteArray("[1]") << "no JSON object";
        QTest::newRow("no value") << QByteArray("{\"key\": \"5\"}") << "\"value\"";
        QTest::newRow("no base64") << QByteArray("{\"bytes\": \"?\"}") << "base64";
        QTest::newRow("no such column") << QByteArray("{\"value\": {\"colour\": \"red\"}}") << "colour";
        QTest::newRow("wrong type") << QByteArray("{\"value\": {\"name\": \"a\", \"price\": true}}")
                                    << "Price";
        QTest::newRow("against the description") << QByteArray("{\"value\": {\"name\": \"\"}}") << "Name";
        QTest::newRow("list: no object")
            << QByteArray("{\"records\": [{\"id\": 1, \"name\": \"a\"}, 7]}") << "Record 2";
        QTest::newRow("list: no such column")
            << QByteArray("{\"records\": [{\"colour\": \"red\"}]}") << "Record 1";
        QTest::newRow("too long") << QByteArray(JsonMessages::MaximumBytes + 1, ' ') << "MiB";
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, words);
        const auto message = JsonMessages(m_catalog, {}, QStringLiteral("products_add")).message(line);
        QVERIFY(!message);
        QVERIFY2(message.error().sentence.contains(words), qPrintable(message.error().sentence));
    }

    void keysAndHeadersMayBeLeftOut()
    {
        const auto message = JsonMessages(m_catalog, {}, QStringLiteral("notes")).message("{\"value\": 12}");
        QVERIFY(message);
        QCOMPARE(message->value, QByteArray("12"));
        QVERIFY(!message->hasKey);
        QVERIFY(message->headers.isEmpty());
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
};

QTEST_GUILESS_MAIN(JsonMessagesTest)
#include "JsonMessagesTest.moc"
