// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/PartDecoder.h"
#include "tests/kafka/ProtoText.h"

#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class PartDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_decoder = std::make_unique<PartDecoder>(nullptr, m_masking); }

    void bytesAreReadAsWhatTheyLookLike_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<PayloadFormat>("format");
        QTest::addColumn<QString>("summary");
        const auto row = [](const char *name, const QByteArray &bytes, PayloadFormat format,
                            const char *summary) {
            QTest::newRow(name) << bytes.toHex() << format << QString::fromUtf8(summary);
        };
        row("JSON", "{\"a\": 1}", PayloadFormat::Json, "{\"a\": 1}");
        row("text", "goalkeeper", PayloadFormat::Text, "goalkeeper");
        row("digits are a text", "1234", PayloadFormat::Text, "1234");
        row("int of 4 bytes", QByteArray::fromHex("00000018"), PayloadFormat::Integer, "24");
        row("negative int", QByteArray::fromHex("fffffffe"), PayloadFormat::Integer, "-2");
        row("long", QByteArray::fromHex("0000018bcfe56800"), PayloadFormat::Integer, "1700000000000");
        row("4 bytes that may be protobuf", QByteArray::fromHex("08011002"), PayloadFormat::Guess,
            "1 1 · 2 2");
        row("protobuf", QByteArray::fromHex("08181204") + "Fish", PayloadFormat::Guess, "1 24 · 2 Fish");
        row("framed protobuf",
            QByteArray::fromHex("000000000700"
                                "08181204")
                + "Fish",
            PayloadFormat::Guess, "1 24 · 2 Fish");
        row("bytes", QByteArray::fromHex("00ff01"), PayloadFormat::Hex, "00 ff 01");
    }

    void bytesAreReadAsWhatTheyLookLike()
    {
        QFETCH(QByteArray, hex);
        QFETCH(PayloadFormat, format);
        QFETCH(QString, summary);
        const QByteArray bytes = QByteArray::fromHex(hex);
        const DecodedPart whole = m_decoder->decode(bytes, {});
        QCOMPARE(whole.format, format);
        QCOMPARE(whole.summary, summary);
        QVERIFY2(whole.problem.isEmpty(), qPrintable(whole.problem));
        PartContext row;
        row.depth = DecodingDepth::Row;
        const DecodedPart brief = m_decoder->decode(bytes, row);
        QCOMPARE(brief.format, format);
        QCOMPARE(brief.summary, summary);
        QVERIFY(brief.root.children.empty());
    }

    void everyWayThatDidNotDoLeavesItsReason()
    {
        const DecodedPart part = m_decoder->decode(QByteArray::fromHex("00ff01"), {});
        QList<PayloadFormat> tried;
        for (const DecodingAttempt &attempt : part.attempts) {
            tried.append(attempt.format);
            QVERIFY2(attempt.reason.endsWith(u'.'), qPrintable(attempt.reason));
        }
        QCOMPARE(tried,
                 QList<PayloadFormat>({PayloadFormat::Registry, PayloadFormat::Json, PayloadFormat::Integer,
                                       PayloadFormat::Text, PayloadFormat::Guess}));
        const DecodedPart broken = m_decoder->decode("{broken", {});
        QCOMPARE(broken.format, PayloadFormat::Text);
        QVERIFY2(broken.attempts[1].reason.contains("byte 1"), qPrintable(broken.attempts[1].reason));
    }

    void ruleDecides_data()
    {
        QTest::addColumn<PayloadFormat>("format");
        QTest::addColumn<QString>("summary");
        QTest::newRow("integer") << PayloadFormat::Integer << "825373492";
        QTest::newRow("hex") << PayloadFormat::Hex << "31 32 33 34";
        QTest::newRow("text") << PayloadFormat::Text << "1234";
    }

    void ruleDecides()
    {
        QFETCH(PayloadFormat, format);
        QFETCH(QString, summary);
        const DecodedPart part = m_decoder->decode("1234", rule(format), {});
        QCOMPARE(part.format, format);
        QCOMPARE(part.summary, summary);
    }

    void ruleThatDoesNotFitFallsBackWithItsReason()
    {
        const DecodedPart part = m_decoder->decode("hello", rule(PayloadFormat::Integer), {});
        QCOMPARE(part.format, PayloadFormat::Text);
        QCOMPARE(part.summary, QString("hello"));
        QVERIFY2(part.problem.contains("these are 5"), qPrintable(part.problem));
        QCOMPARE(part.attempts.constFirst().format, PayloadFormat::Integer);
        const DecodedPart json = m_decoder->decode("hello", rule(PayloadFormat::Json), {});
        QVERIFY(json.problem.contains("no JSON"));
        PartContext row;
        row.depth = DecodingDepth::Row;
        QCOMPARE(m_decoder->decode("hello", rule(PayloadFormat::Json), row).problem, json.problem);
    }

    void ruleNamesAMessageOfAFile()
    {
        const Files files;
        DecodingRule byFile = rule(PayloadFormat::ProtoFile);
        byFile.file = files.folder.filePath("order.proto");
        byFile.message = "Order";
        const QByteArray bytes = files.proto.bytes("Order", "id: 5 line { name: \"Lamp\" } token: \"t-1\"");
        const DecodedPart waiting = decodeWith(files, bytes, byFile);
        QCOMPARE(waiting.format, PayloadFormat::ProtoFile);
        QCOMPARE(waiting.decoder, QString("shop.Order"));
        QCOMPARE(waiting.kind, QString("Order"));
        QCOMPARE(waiting.summary, QString("id 5 · line {…} · token ••••••"));
        QCOMPARE(nodeNamed(waiting.root, "line.name").text, QString("Lamp"));
        QCOMPARE(waiting.sensitive.size(), 1);

        byFile.file = files.folder.path(); // the folder will do
        QCOMPARE(decodeWith(files, bytes, byFile).kind, QString("Order"));
        // Framed or not, it is the same message.
        const DecodedPart framed = decodeWith(files, QByteArray::fromHex("000000000700") + bytes, byFile);
        QCOMPARE(nodeNamed(framed.root, "line.name").text, QString("Lamp"));

        byFile.message = "Nothing";
        const DecodedPart none = decodeWith(files, bytes, byFile);
        QVERIFY2(none.problem.contains("shop.Order"), qPrintable(none.problem));
        QCOMPARE(none.format, PayloadFormat::Guess);
        byFile.file = files.folder.filePath("gone.proto");
        QVERIFY(decodeWith(files, bytes, byFile).problem.contains("File not found"));
        byFile.file = files.folder.filePath("broken.proto");
        QVERIFY(decodeWith(files, bytes, byFile).problem.startsWith("broken.proto:"));
    }

    void withheldTopicShowsNeitherTextNorBytes()
    {
        PartContext context;
        context.isWithheld = true;
        for (const QByteArray &bytes :
             {QByteArray("hunter2"), QByteArray::fromHex("ff000102"), QByteArray::fromHex("00000018")}) {
            const DecodedPart part = m_decoder->decode(bytes, context);
            QCOMPARE(part.summary, MaskedValue.toString());
            QCOMPARE(part.root.text, MaskedValue.toString());
            QVERIFY(!part.withheld.isEmpty());
        }
        // JSON has names to go by.
        QCOMPARE(m_decoder->decode("{\"a\": 1, \"token\": 2}", context).summary,
                 QString("{\"a\": 1, \"token\": \"••••••\"}"));
    }

    void brokenJsonIsMaskedAsText()
    {
        const DecodedPart part = m_decoder->decode("{\"password\": \"hunter2\", \"a\": ", {});
        QCOMPARE(part.format, PayloadFormat::Text);
        QVERIFY(!part.summary.contains("hunter2"));
        QVERIFY(!part.root.text.contains("hunter2"));
        QCOMPARE(part.sensitive.size(), 1);
    }

    void cardNumberIsMaskedWhereverItStandsAlone()
    {
        const DecodedPart text = m_decoder->decode("4111-1111-1111-1111", {});
        QCOMPARE(text.summary, MaskedValue.toString());
        QCOMPARE(text.sensitive, QList<ByteRange>({{0, 19}}));
        const DecodedPart number = m_decoder->decode(QByteArray::fromHex("000e9b08a568f1c7"), {});
        QCOMPARE(number.format, PayloadFormat::Integer);
        QCOMPARE(number.summary, MaskedValue.toString());
    }

private:
    struct Files {
        Files()
        {
            write("line.proto", "syntax = \"proto3\";\npackage shop;\nmessage Line { string name = 1; }\n");
            write("order.proto", text);
            write("broken.proto", "syntax = \"proto3\";\nmessage A {");
        }
        void write(const char *name, const QByteArray &bytes) const
        {
            QFile file(folder.filePath(name));
            file.open(QIODevice::WriteOnly);
            file.write(bytes);
        }
        const QByteArray text = "syntax = \"proto3\";\npackage shop;\nimport \"line.proto\";\n"
                                "message Order { int32 id = 1; Line line = 2; string token = 3; }\n";
        QTemporaryDir folder;
        ProtoText proto{QHash<QString, QByteArray>{
            {"test.proto", text},
            {"line.proto", "syntax = \"proto3\";\npackage shop;\nmessage Line { string name = 1; }\n"}}};
    };

    static DecodingRule rule(PayloadFormat format)
    {
        DecodingRule rule;
        rule.topics = "*";
        rule.format = format;
        return rule;
    }

    // First there is no file; a moment later there is.
    DecodedPart decodeWith(const Files &, const QByteArray &bytes, const DecodingRule &byFile)
    {
        const auto library = std::make_shared<SchemaLibrary>(BrokerSettings());
        QSemaphore changed;
        library->watch(this, [&] { changed.release(); });
        PartDecoder decoder(library, m_masking);
        const DecodedPart waiting = decoder.decode(bytes, byFile, {});
        if (!waiting.isWaiting || !waiting.summary.contains("being fetched") || waiting.withheld.isEmpty())
            qFatal("It does not say that it waits.");
        if (!changed.tryAcquire(1, 30'000))
            qFatal("The file is not read.");
        library->forgetWatcher(this);
        return decoder.decode(bytes, byFile, {});
    }

    Masking m_masking;
    std::unique_ptr<PartDecoder> m_decoder;
};

QTEST_GUILESS_MAIN(PartDecoderTest)
#include "PartDecoderTest.moc"
