// SPDX-License-Identifier: GPL-3.0-or-later
// Messages written to files, from the log and from whole topics of the in-process broker.
#include "kafka/MessageExport.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageTableModel.h"
#include "kafka/WholeTopics.h"
#include "models/schema/RecordCodec.h"
#include "models/schema/SensitiveNames.h"
#include "tests/kafka/TopicWriter.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessageExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({QStringLiteral("notes"), QStringLiteral("products_update")}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        QVERIFY(m_folder.isValid());
    }
    void cleanup()
    {
        m_writer.reset();
        m_broker.reset();
    }

    void aWholeTopicIsWrittenAsJsonLinesMasked()
    {
        for (int number = 0; number < 300; ++number)
            m_writer->write("notes", QByteArray::number(number), note(number));
        m_writer->write("notes", "bytes", QByteArray("\xff\xfe\x00\x01\xff", 5), {{"password", "hunter2"}});
        QVERIFY(m_writer->flush());
        const auto outcome = exportTopics(m_broker->settings(), {"notes"}, to(ExportFormat::JsonLines));
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence));
        QCOMPARE(outcome->written, 301);
        const QList<QByteArray> lines = written().trimmed().split('\n');
        QCOMPARE(lines.size(), 301);
        QSet<QString> keys;
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QCOMPARE(object.value("topic").toString(), QStringLiteral("notes"));
            QVERIFY(object.contains("partition") && object.contains("offset")
                    && object.contains("timestamp"));
            keys.insert(object.value("key").toString());
            if (object.value("key") == QLatin1String("bytes"))
                QCOMPARE(QByteArray::fromBase64(object.value("bytes").toString().toLatin1()),
                         QByteArray("\xff\xfe\x00\x01\xff", 5));
            else
                QCOMPARE(object.value("value").toObject().value("number").toInt(),
                         object.value("key").toString().toInt());
        }
        QCOMPARE(keys.size(), 301);
        QVERIFY(!written().contains("hunter2"));
    }

    void recordsOfAnEntityAreWrittenInColumns()
    {
        const EntityType &product = *m_catalog->find(u"product");
        Record record = newRecord(product);
        setRecordId(product, record, QStringLiteral("24"));
        record.values[product.indexOf(u"name")] = QStringLiteral("Steak, \"big\"");
        m_writer->write("products_update", "24", RecordCodec(product).encode(record));
        QVERIFY(m_writer->flush());
        QVERIFY(exportTopics(m_broker->settings(), {"products_update"}, to(ExportFormat::Csv)));
        const QList<QByteArray> lines = written().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith("topic,partition,offset,timestamp,key,headers,operation,id,name,"),
                 lines[0]);
        QVERIFY2(lines[1].contains(",24,\"Steak, \"\"big\"\"\","), lines[1]);
    }

    void chosenRowsAreWrittenAndGoneOnesCounted()
    {
        auto log = std::make_shared<MessageLog>();
        QList<StreamMessage> batch;
        for (int number = 0; number < 3; ++number) {
            StreamMessage message;
            message.topic = "notes";
            message.offset = number;
            message.hasValue = number != 1;
            message.value = number == 1 ? QByteArray() : note(number);
            batch.append(message);
        }
        log->append(batch);
        const qint64 generation = log->range().generation;
        const auto outcome = exportRows({log, generation, {0, 1, 7}}, to(ExportFormat::Csv));
        QVERIFY(outcome);
        QCOMPARE(outcome->written, 2);
        QCOMPARE(outcome->missing, 1);
        QVERIFY(!written().contains("hunter2"));
        log->clear();
        log->append(batch);
        const auto later = exportRows({log, generation, {0}}, to(ExportFormat::Csv));
        QCOMPARE(later->missing, 1); // another message stands there now
    }

    void chosenColumnsAreWrittenInTheirOrderAndInFull()
    {
        const auto log = std::make_shared<MessageLog>();
        log->append(QList<StreamMessage>{lampMessage()});
        const ExportedRows rows{log, log->range().generation, {0}};
        MessageExport csv = to(ExportFormat::Csv);
        csv.columns = lampColumns();
        QVERIFY(exportRows(rows, csv));
        const QByteArray csvText = quoted(
            "offset,name,text,password,card.number,price,big,tags,lines.sku,lines,"
            "header.trace,header.api-key,missing,value.offset,timestamp,size\r\n"
            "7,'Lamp, ''big''\nand  red',LONG,MASK,MASK,10.50,12345678901234567890,"
            "'a, b, c','x, y','{''sku'':''x''}, {''sku'':''y''}','a;b',MASK,,3,"
            "2023-11-14T22:13:20.000Z,SIZE\r\n");
        QCOMPARE(written(), csvText);

        MessageExport json = to(ExportFormat::JsonLines);
        json.columns = lampColumns();
        QVERIFY(exportRows(rows, json));
        const QByteArray jsonText = quoted(
            "{'offset':7,'name':'Lamp, \\'big\\'\\nand  red','text':'LONG','password':'MASK',"
            "'card.number':'MASK','price':10.50,'big':12345678901234567890,'tags':['a','b, c'],"
            "'lines.sku':['x','y'],'lines':[{'sku':'x'},{'sku':'y'}],'header.trace':'a;b',"
            "'header.api-key':'MASK','missing':null,'value.offset':3,"
            "'timestamp':'2023-11-14T22:13:20.000Z','size':SIZE}\n");
        QCOMPARE(written(), jsonText);
    }

    void theValuesColumnIsWholeAndMasked()
    {
        const EntityType &product = *m_catalog->find(u"product");
        Record record = newRecord(product);
        setRecordId(product, record, QStringLiteral("24"));
        record.values[product.indexOf(u"name")] = QString(3000, u'n');
        m_writer->write("products_update", "24", RecordCodec(product).encode(record));
        m_writer->write("notes", "1", quoted("{'text':'a  b','password':'hunter2'}"));
        m_writer->write("notes", "2", QByteArray(300'000, 't'));
        m_writer->write("notes", "3", QByteArray("\xff\xfe\x00", 3));
        QVERIFY(m_writer->flush());
        MessageExport csv = to(ExportFormat::Csv);
        csv.columns = {{MessageTableModel::KeyColumn, {}}, {MessageTableModel::ValueColumn, {}}};
        const auto outcome = exportTopics(m_broker->settings(), {"notes", "products_update"}, csv);
        QVERIFY(outcome);
        QCOMPARE(outcome->written, 4);
        const QByteArray all = written();
        QVERIFY2(all.startsWith("key,value\r\n"), all.left(100));
        QVERIFY(all.contains(QByteArray(3000, 'n')));
        QVERIFY(all.contains(quoted("1,'{''text'':''a  b'',")));
        QVERIFY(all.contains("2," + QByteArray(300'000, 't') + "\r\n"));
        QVERIFY(all.contains("3,base64:"));
        QVERIFY(!all.contains("hunter2"));
    }

    // As one long text, and as so many members that a tree would leave some out.
    void aLargeJsonValueIsWrittenWhole_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("text") << "{\"password\":\"hunter2\",\"text\":\"" + QByteArray(5'000'000, 'x')
                + "\",\"last\":1}";
        QByteArray members;
        for (int number = 0; number < 400'000; ++number)
            members += "\"m" + QByteArray::number(number) + "\":\"" + QByteArray::number(number) + "\",";
        QTest::newRow("members") << "{\"password\":\"hunter2\"," + members + "\"last\":1}";
    }
    void aLargeJsonValueIsWrittenWhole()
    {
        QFETCH(const QByteArray, value);
        auto log = std::make_shared<MessageLog>();
        StreamMessage message;
        message.topic = "notes";
        message.offset = 0;
        message.hasValue = true;
        message.value = value;
        log->append({message});
        const ExportedRows rows{log, log->range().generation, {0}};

        QVERIFY(exportRows(rows, to(ExportFormat::JsonLines)));
        QJsonObject expected = QJsonDocument::fromJson(value).object();
        expected["password"] = MaskedValue.toString();
        QVERIFY(QJsonDocument::fromJson(written()).object().value("value").toObject() == expected);

        QVERIFY(exportRows(rows, to(ExportFormat::Csv)));
        QVERIFY(written().contains(
            QByteArray(value).replace("hunter2", MaskedValue.toUtf8()).replace("\"", "\"\"")));
        QVERIFY(!written().contains("hunter2"));
    }

    void aCancelledExportLeavesNoFile()
    {
        m_writer->write("notes", "k", note(1));
        QVERIFY(m_writer->flush());
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = exportTopics(m_broker->settings(), {"notes"}, to(ExportFormat::JsonLines),
                                          {{}, stop.get_token()});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(m_path));
    }

    void tellsWhatCannotBeReadOrWritten()
    {
        const auto unknown = exportTopics(m_broker->settings(), {"nowhere"}, to(ExportFormat::JsonLines));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        MessageExport settings = to(ExportFormat::Csv);
        settings.path = m_folder.filePath("no/such/folder.csv");
        const auto unwritable = exportTopics(m_broker->settings(), {"notes"}, settings);
        QVERIFY(!unwritable);
        QCOMPARE(unwritable.error().code, ErrorCode::NoAccess);
    }

private:
    static QByteArray note(int number)
    {
        return R"({"number":)" + QByteArray::number(number) + R"(,"password":"hunter2"})";
    }
    // With ' for ".
    static QByteArray quoted(QByteArray text)
    {
        const StreamMessage lamp = text.contains("SIZE") ? lampMessage() : StreamMessage();
        return text.replace('\'', '"')
            .replace("MASK", MaskedValue.toUtf8())
            .replace("LONG", QByteArray(5000, 'x'))
            .replace("SIZE", QByteArray::number(lamp.key.size() + lamp.value.size()));
    }
    static StreamMessage lampMessage()
    {
        return {.topic = "notes",
                .partition = 2,
                .offset = 7,
                .timestamp = 1'700'000'000'000,
                .hasKey = true,
                .hasValue = true,
                .key = "k",
                .value = quoted("{'name':'Lamp, \\'big\\'\\nand  red','text':'LONG','price':10.50,"
                                "'big':12345678901234567890,'offset':3,'tags':['a','b, c'],"
                                "'lines':[{'sku':'x'},{'sku':'y'}],'card':{'number':'hunter2'},"
                                "'password':'hunter2'}"),
                .headers = {{"trace", "a;b"}, {"api-key", "hunter2"}}};
    }
    static QList<ExportedColumn> lampColumns()
    {
        QList<ExportedColumn> columns{{MessageTableModel::OffsetColumn, {}}};
        for (const char *field :
             {"name", "text", "password", "card.number", "price", "big", "tags", "lines.sku", "lines",
              "header.trace", "header.api-key", "missing", "offset"})
            columns.append(ExportedColumn{-1, QString::fromLatin1(field)});
        columns.append(ExportedColumn{MessageTableModel::TimeColumn, {}});
        columns.append(ExportedColumn{MessageTableModel::SizeColumn, {}});
        return columns;
    }
    MessageExport to(ExportFormat format)
    {
        m_path = m_folder.filePath(QStringLiteral("out%1").arg(++m_files));
        return {format, m_path, {m_catalog, {}, nullptr}};
    }
    QByteArray written() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    QString m_path;
    int m_files = 0;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
};

QTEST_GUILESS_MAIN(MessageExportTest)
#include "MessageExportTest.moc"
