// SPDX-License-Identifier: GPL-3.0-or-later
// What a field cannot carry is refused with a sentence, not changed on the way.
#include "models/schema/ColumnText.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/schema/RecordValidator.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace desk;

class ColumnValueTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    const EntityType *m_every = nullptr;

    const Column &column(const QString &name) const { return m_every->columns[m_every->indexOf(name)]; }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(QStringLiteral("every.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\";\nimport \"catalog/options.proto\";\n"
                   "import \"google/protobuf/timestamp.proto\";\nenum Size { SMALL = 0; LARGE = 1; }\n"
                   "message Every {\n  option (catalog.entity) = {};\n  int32 id = 1;\n  string s = 2;\n"
                   "  int32 i = 3;\n  uint32 u = 4;\n  int64 l = 5;\n  uint64 ul = 6;\n  float f = 7;\n"
                   "  double d = 8;\n  google.protobuf.Timestamp t = 9;\n  bytes b = 10;\n"
                   "  repeated int32 ints = 11;\n  repeated string words = 12;\n  repeated Size sizes = 13;\n"
                   "  repeated bytes blobs = 14;\n  oneof choice { string one = 15; int32 other = 16; }\n"
                   "  string money = 17 [(catalog.column) = { decimal: { precision: 6 scale: 2 } }];\n}\n");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        m_every = m_catalog->find(u"every");
        QVERIFY2(m_every, qPrintable(m_catalog->problems().value(0).toText()));
    }

    void refusalsDoNotRepeatASensitiveText_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"i", "d", "t", "money", "s"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void refusalsDoNotRepeatASensitiveText()
    {
        QFETCH(const QString, name);
        Column secret = column(name);
        secret.pattern = QStringLiteral("[0-9]*");
        const auto refusal = [&] {
            const Expected<QVariant> value = valueFromText(secret, QStringLiteral("hunter2"));
            return value ? validateValue(secret, *value).error().sentence : value.error().sentence;
        };
        QVERIFY(refusal().contains(QStringLiteral("hunter2")));
        secret.sensitive = true;
        QVERIFY2(!refusal().contains(QStringLiteral("hunter2")), qPrintable(refusal()));
        QVERIFY(!refusal().isEmpty());
    }

    void readsOrRefusesTexts_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown"); // null: refused
        const auto row = [](const char *name, const char *text, const char *shown = nullptr) {
            QTest::addRow("%s=%s", name, text)
                << QString::fromLatin1(name) << QString::fromLatin1(text) << QString::fromLatin1(shown);
        };
        row("i", "2147483647", "2147483647");
        row("i", "2147483648");
        row("u", "4294967295", "4294967295");
        row("u", "4294967296");
        row("u", "-1");
        row("ul", "9223372036854775807", "9223372036854775807");
        row("ul", "9223372036854775808");
        row("ul", "-1");
        row("l", "-9223372036854775808", "-9223372036854775808");
        row("f", "3e38", "3e+38");
        row("f", "1e39");
        row("d", "1e39", "1e+39");
        row("d", "nan");
        row("d", "inf");
        row("t", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
        row("t", "9999-12-31T23:59:59.9999Z");
        row("t", "9999-12-31T23:59:59-01:00");
        row("t", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z");
        row("t", "0001-01-01T00:00:00+01:00");
        row("b", "00ff", "00ff");
        row("b", "base64:AP8=", "00ff");
        row("b", "zz");
        row("b", "AP8=");
        row("ints", "[1,-2]", "[1,-2]");
        row("ints", "[2147483648]");
        row("ints", "[1.5]");
        row("ints", "[\"1\"]");
        row("words", "[\"a\"]", "[\"a\"]");
        row("words", "[1]");
        row("words", "[null]");
        row("words", "[\"\\u0000\"]");
        row("words", "[\"\\ud800\"]");
        row("sizes", "[\"LARGE\"]", "[\"LARGE\"]");
        row("sizes", "[\"HUGE\"]");
        row("blobs", "[\"00ff\"]", "[\"00ff\"]");
        row("blobs", "[\"x\"]");
    }
    void readsOrRefusesTexts()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QString, shown);
        const Expected<QVariant> value = valueFromText(column(name), text);
        if (shown.isNull()) {
            QVERIFY2(!value, qPrintable(value ? textOf(column(name), *value) : QString()));
            QCOMPARE(value.error().field, name);
            return;
        }
        QVERIFY2(value, qPrintable(value ? QString() : value.error().sentence));
        QVERIFY(validateValue(column(name), *value));
        QCOMPARE(textOf(column(name), *value), shown);
        // And through a payload.
        Record record = newRecord(*m_every);
        setRecordId(*m_every, record, QStringLiteral("1"));
        record.values[m_every->indexOf(name)] = *value;
        RecordCodec codec(*m_every);
        const Expected<Record> back = codec.decode(codec.encode(record));
        QVERIFY(back);
        QCOMPARE(textOf(column(name), back->values[m_every->indexOf(name)]), shown);
    }

    // A file can hold a value of any length; the list of refused rows keeps what is said of it.
    void quotesOnlyTheBeginningOfALongText_data()
    {
        QTest::addColumn<ColumnType>("type");
        QTest::newRow("integer") << ColumnType::Integer;
        QTest::newRow("decimal") << ColumnType::Decimal;
        QTest::newRow("boolean") << ColumnType::Boolean;
        QTest::newRow("double") << ColumnType::Double;
        QTest::newRow("timestamp") << ColumnType::Timestamp;
    }
    void quotesOnlyTheBeginningOfALongText()
    {
        QFETCH(ColumnType, type);
        Column column = m_every->id();
        column.type = type;
        const Expected<QVariant> value = valueFromText(column, QString(100'000, u'x'));
        QVERIFY(!value);
        QVERIFY2(value.error().sentence.contains(QString(80, u'x') + u'…'),
                 qPrintable(value.error().sentence));
        QVERIFY(value.error().sentence.size() < 200);
        QVERIFY(valueFromText(column, QStringLiteral("short"))
                    .error()
                    .sentence.contains(QStringLiteral("\"short\"")));
    }
    void refusesValuesThatNoTextMade()
    {
        QVERIFY(!validateValue(column(QStringLiteral("s")), QString(QChar(0xd800))));
        QVERIFY(!validateValue(column(QStringLiteral("s")), QStringLiteral("a") + QChar(u'\0')));
        QVERIFY(!validateValue(column(QStringLiteral("d")), std::numeric_limits<double>::quiet_NaN()));
        QVERIFY(!validateValue(column(QStringLiteral("i")), qint64(1) << 40));
        QVERIFY(!validateValue(column(QStringLiteral("t")), QDateTime({10'000, 1, 1}, {0, 0}, Qt::UTC)));
        QVERIFY(!validateValue(column(QStringLiteral("ints")), QVariantList{QStringLiteral("x")}));
    }

    void takesOneOfAChoice()
    {
        Record record = newRecord(*m_every);
        record.values[m_every->indexOf(u"one")] = QStringLiteral("a");
        QVERIFY(validateRecord(*m_every, record).isEmpty());
        record.values[m_every->indexOf(u"other")] = 5;
        const QList<Error> errors = validateRecord(*m_every, record);
        QVERIFY(!errors.isEmpty());
        QVERIFY2(errors[0].sentence.contains(QStringLiteral("only one")), qPrintable(errors[0].sentence));
    }

    void refusesPayloadsItCannotKeep_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("uint64 past the column") << QByteArray::fromHex("30ffffffffffffffffff01");
        QTest::newRow("NaN") << QByteArray::fromHex("41000000000000f87f");
        QTest::newRow("year 10000") << QByteArray::fromHex("4a0708 80dcfacdb007");
        QTest::newRow("no decimal") << QByteArray::fromHex("8a0103616263");
    }
    void refusesPayloadsItCannotKeep()
    {
        QFETCH(QByteArray, payload);
        const Expected<Record> record = RecordCodec(*m_every).decode(payload);
        QVERIFY(!record);
        QCOMPARE(record.error().code, ErrorCode::Format);
    }
};

QTEST_GUILESS_MAIN(ColumnValueTest)
#include "ColumnValueTest.moc"
