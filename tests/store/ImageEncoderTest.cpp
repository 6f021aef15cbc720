// SPDX-License-Identifier: GPL-3.0-or-later
// A journal image becomes the same payload by the short way as by way of a record, or is left to that.
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/store/ImageEncoder.h"
#include "models/store/JournalImage.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class ImageEncoderTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;

    static QByteArray viaRecord(const EntityType &entity, const QByteArray &image)
    {
        const std::optional<Record> record = recordFromImage(entity, image, 1);
        return record ? RecordCodec(entity).encode(*record) : QByteArray("no record");
    }

    // Written with single quotes.
    static QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

    // As PostgreSQL writes a text into JSON.
    static QByteArray quoted(const QString &text)
    {
        QByteArray json = "\"";
        for (const char byte : text.toUtf8()) {
            switch (byte) {
            case '"':
            case '\\':
                json += '\\';
                json += byte;
                break;
            case '\n':
                json += "\\n";
                break;
            case '\t':
                json += "\\t";
                break;
            case '\x01':
                json += "\\u0001";
                break;
            default:
                json += byte;
            }
        }
        return json + '"';
    }

    static QString anyText(QRandomGenerator &random)
    {
        static const QStringList pieces{QStringLiteral("Lamp"), QStringLiteral("\""), QStringLiteral("\\"),
                                        QStringLiteral("\n"),   QStringLiteral("é"),  QStringLiteral("日本"),
                                        QStringLiteral("😀"),    QStringLiteral(","),  QStringLiteral("}"),
                                        QStringLiteral("\":"),  QStringLiteral("\t"), QStringLiteral(" ")};
        QString text;
        for (int count = random.bounded(5); count > 0; --count)
            text += pieces[random.bounded(pieces.size())];
        return random.bounded(50) == 0 ? text + QChar(1)
            : random.bounded(50) == 0  ? QChar(0xFEFF) + text
                                       : text;
    }

    static QByteArray anyValue(const Column &column, QRandomGenerator &random)
    {
        if (column.nullable && random.bounded(4) == 0)
            return "null";
        switch (column.type) {
        case ColumnType::Text:
            return quoted(anyText(random));
        case ColumnType::Integer:
            return QByteArray::number(random.bounded(20) == 0 ? -5 : random.bounded(3) * 1000);
        case ColumnType::BigInteger:
            return QByteArray::number(random.bounded(2) ? qint64(1) << 40 : random.bounded(9));
        case ColumnType::Boolean:
            return random.bounded(2) ? "true" : "false";
        case ColumnType::Double:
            return QByteArrayList{"0", "1", "-2.5", "1e+20", "0.1", "\"NaN\""}[random.bounded(6)];
        case ColumnType::Decimal: {
            const QByteArray whole = QByteArray::number(random.bounded(3) ? random.bounded(100'000) : 0);
            const QByteArray sign = random.bounded(9) ? "" : "-";
            const QByteArray decimals = QByteArray::number(random.bounded(100)).rightJustified(2, '0');
            return '"' + sign + whole + (column.scale == 2 ? '.' + decimals : QByteArray()) + '"';
        }
        default:
            return "null";
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(QStringLiteral("gadget.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\";\nimport \"catalog/options.proto\";\n"
                   "message Gadget {\n  option (catalog.entity) = {};\n"
                   "  int32 id = 1;\n  string name = 2;\n  optional string note = 9;\n  double weight = 4;\n"
                   "  optional bool used = 5;\n  optional int64 code = 6;\n  int64 count = 7;\n"
                   "  string amount = 8 [(catalog.column) = { decimal: { precision: 12, scale: 2 } }];\n"
                   "  optional double ratio = 3;\n}\n");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(),
                 qPrintable(m_catalog->problems().isEmpty() ? QString()
                                                            : m_catalog->problems().constFirst().toText()));
    }

    void writesWhatARecordWouldGive_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"product", "category", "image", "todo", "gadget"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void writesWhatARecordWouldGive()
    {
        QFETCH(QString, name);
        const EntityType &entity = *m_catalog->find(name);
        std::optional<ImageEncoder> encoder = ImageEncoder::forEntity(entity);
        QVERIFY(encoder);
        QRandomGenerator random(20261125);
        int written = 0;
        for (int round = 0; round < 3000; ++round) {
            QByteArrayList members;
            for (const Column &column : entity.columns)
                members.append('"' + column.name.toUtf8() + "\":" + anyValue(column, random));
            if (random.bounded(9) == 0)
                members.move(random.bounded(members.size()), random.bounded(members.size()));
            if (random.bounded(9) == 0)
                members.append("\"gone\":\"as, it} was\"");
            const QByteArray image = '{' + members.join(',') + '}';
            if (const std::optional<QByteArray> payload = encoder->encode(image)) {
                QVERIFY2(*payload == viaRecord(entity, image), image.constData());
                ++written;
            }
        }
        QVERIFY2(written > 300, qPrintable(QString::number(written)));
    }

    void leavesTheRestToTheRecord_data()
    {
        QTest::addColumn<QByteArray>("image");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("cut off in a name") << json("{'id");
        QTest::newRow("cut off after a name") << json("{'id':");
        QTest::newRow("cut off in a text") << json("{'id':1,'name':'L\\'");
        QTest::newRow("cut off in a number") << json("{'id':1");
        QTest::newRow("something behind it") << json("{'id':1,'name':'L','description':''} ");
        QTest::newRow("a column is missing") << json("{'id':1,'name':'L'}");
        QTest::newRow("spaces") << json("{'id': 1, 'name': 'L', 'description': ''}");
        QTest::newRow("nested") << json("{'id':1,'name':{'a':1},'description':''}");
        QTest::newRow("escaped by number") << json("{'id':1,'name':'\\u0001','description':''}");
        QTest::newRow("text for a number") << json("{'id':'1','name':'L','description':''}");
        QTest::newRow("number for a text") << json("{'id':1,'name':5,'description':''}");
        QTest::newRow("past 32 bits") << json("{'id':4294967296,'name':'L','description':''}");
    }
    void leavesTheRestToTheRecord()
    {
        QFETCH(QByteArray, image);
        std::optional<ImageEncoder> encoder = ImageEncoder::forEntity(*m_catalog->find(u"category"));
        QVERIFY(!encoder->encode(image));
        // What came before is not left over.
        const QByteArray good = json("{'id':7,'name':'Lamps','description':'All \\'that\\' shines'}");
        QCOMPARE(encoder->encode(good).value(), viaRecord(*m_catalog->find(u"category"), good));
    }
};

QTEST_GUILESS_MAIN(ImageEncoderTest)
#include "ImageEncoderTest.moc"
