// SPDX-License-Identifier: GPL-3.0-or-later
// One message made by hand, on the in-process broker.
#include "ui/produce/ProduceDialog.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/SchemaFrame.h"
#include "tests/kafka/FakeRegistry.h"
#include "tests/kafka/TopicProbe.h"
#include "ui/produce/HeaderTable.h"
#include "ui/produce/ValueForm.h"
#include "ui/shell/Theme.h"
#include "ui/streams/StreamActions.h"
#include "ui/streams/StreamPanel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class ProduceDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath("payment.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Payment {
  option (catalog.entity) = { plural: "Payments" topics: { all: "payments" } };
  int32 id = 1;
  int64 card_num = 2 [(catalog.column) = { sensitive: true }];
  string status = 3 [(catalog.column) = { required: true min_len: 2 }];
}
)");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({QStringLiteral("payments"), QStringLiteral("notes")}));
        m_dialog = open(m_broker->settings());
    }
    void cleanup()
    {
        delete m_dialog;
        m_broker.reset();
    }

    void sendsRawAndTellsThePlace()
    {
        m_dialog->setTopic(QStringLiteral("notes"));
        m_dialog->findChild<QSpinBox *>(QStringLiteral("producePartition"))->setValue(1);
        line("produceKey")->setText(QStringLiteral("k"));
        m_dialog->setValueMode(ProduceDialog::ValueMode::Hex);
        value()->setPlainText(QStringLiteral("0a 04\n466973 68"));
        m_dialog->findChild<HeaderTable *>()->addHeader(QStringLiteral("trace"), QStringLiteral("größe"));
        send();
        QTRY_VERIFY2(m_dialog->status().contains(QStringLiteral("It is in notes, partition 1, offset 0.")),
                     qPrintable(m_dialog->status()));
        const StreamMessage message = only("notes");
        QCOMPARE(message.value, QByteArray("\x0a\x04\x46\x69\x73\x68"));
        QCOMPARE(message.key, QByteArray("k"));
        QCOMPARE(headerOf(message, "trace"), QByteArray("größe"));
    }

    // Where only a rule's schema knows the message.
    void sendsTheFieldsOfASchema()
    {
        QFile file(m_folder.filePath(QStringLiteral("note.txt"))); // no entity's
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\";\npackage shop;\nmessage Parcel { int32 weight = 1; }\nmessage Note "
                   "{ int32 id = 1; string text = 2; }\n");
        file.close();
        DecodingSources sources{m_catalog, {}, std::make_shared<SchemaLibrary>(m_broker->settings())};
        sources.settings.rules = {{QStringLiteral("notes"), MessagePart::Value, PayloadFormat::ProtoFile,
                                   file.fileName(), QStringLiteral("Note")},
                                  {QStringLiteral("parcels"), MessagePart::Value, PayloadFormat::ProtoFile,
                                   file.fileName(), QStringLiteral("Parcel")}};
        delete m_dialog;
        m_dialog = new ProduceDialog(m_broker->settings(), sources, nullptr);
        m_dialog->setTopic(QStringLiteral("notes"));
        QTRY_COMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Fields); // the file is read meanwhile
        QCOMPARE(value()->toPlainText(), QStringLiteral("{\n \"id\": 0,\n \"text\": \"\"\n}"));
        m_dialog->setTopic(QStringLiteral("parcels")); // nothing has been typed yet
        QCOMPARE(value()->toPlainText(), QStringLiteral("{\n \"weight\": 0\n}"));
        m_dialog->setTopic(QStringLiteral("notes"));
        value()->setPlainText(QStringLiteral("{\"id\": \"seven\"}"));
        send();
        QTRY_VERIFY2(m_dialog->status().contains(QStringLiteral("id:")), qPrintable(m_dialog->status()));
        QCOMPARE(value()->textCursor().position(), 1);
        value()->setPlainText(QStringLiteral("{\"id\": 7, \"text\": \"Fish\"}"));
        send();
        QTRY_VERIFY2(m_dialog->status().contains(QStringLiteral("It is in notes")),
                     qPrintable(m_dialog->status()));
        const StreamMessage sent = only("notes");
        QCOMPARE(sent.value, QByteArray::fromHex("08071204") + "Fish");

        DecodedMessage decoded;
        m_dialog->setMessage(sent, decoded);
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Fields);
        QVERIFY(value()->toPlainText().contains(QStringLiteral("\"text\": \"Fish\"")));
        m_dialog->setTopic(QStringLiteral("elsewhere")); // nothing is known of its messages
        QVERIFY(m_dialog->valueMode() != ProduceDialog::ValueMode::Fields);

        // A text that has been typed stays, and stays a text.
        delete m_dialog;
        m_dialog = new ProduceDialog(m_broker->settings(), sources, nullptr);
        m_dialog->setTopic(QStringLiteral("elsewhere"));
        m_dialog->setValueMode(ProduceDialog::ValueMode::Text);
        value()->setPlainText(QStringLiteral("by hand"));
        m_dialog->setTopic(QStringLiteral("notes"));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Text);
        QCOMPARE(value()->toPlainText(), QStringLiteral("by hand"));
    }

    void showsWhereAMistakeIs()
    {
        m_dialog->setTopic(QStringLiteral("notes"));
        m_dialog->setValueMode(ProduceDialog::ValueMode::Hex);
        value()->setPlainText(QStringLiteral("0a 04\n46 x9"));
        send();
        QVERIFY2(m_dialog->status().startsWith(QStringLiteral("Line 2, column 4:")),
                 qPrintable(m_dialog->status()));
        QCOMPARE(value()->textCursor().position(), 9);
        m_dialog->setValueMode(ProduceDialog::ValueMode::Json);
        value()->setPlainText(QStringLiteral("{\n  \"a\": 1,\n  b\n}"));
        send();
        QVERIFY2(m_dialog->status().startsWith(QStringLiteral("Line 3,")), qPrintable(m_dialog->status()));
        QVERIFY(!m_dialog->task().isRunning());
    }

    void sendsATombstone()
    {
        m_dialog->setTopic(QStringLiteral("notes"));
        line("produceKey")->setText(QStringLiteral("k"));
        m_dialog->setValueMode(ProduceDialog::ValueMode::Tombstone);
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        QVERIFY(!only("notes").hasValue);
    }

    void sendsByTheFormOfTheEntity()
    {
        m_dialog->setTopic(QStringLiteral("payments"));
        QVERIFY(m_dialog->valueForm());
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Form);
        m_dialog->valueForm()->setText(QStringLiteral("id"), QStringLiteral("12"));
        m_dialog->valueForm()->setText(QStringLiteral("status"), QStringLiteral("x"));
        send();
        QVERIFY(!m_dialog->status().isEmpty()); // too short
        QCOMPARE(m_dialog->task().report().sent, 0);
        m_dialog->valueForm()->setText(QStringLiteral("status"), QStringLiteral("PAID"));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        const StreamMessage message = only("payments");
        QCOMPARE(message.key, QByteArray("12"));
        QCOMPARE(message.value, QByteArray("\x08\x0c\x1a\x04PAID"));
    }

    void editsWithoutShowingWhatIsSensitive()
    {
        const StreamMessage read = payment();
        m_dialog->setMessage(read, MessageDecoder(m_catalog).decode(read));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Form);
        for (const QLineEdit *edit : m_dialog->findChildren<QLineEdit *>())
            QVERIFY2(!edit->text().contains(QStringLiteral("4111")), qPrintable(edit->objectName()));
        QVERIFY(!value()->toPlainText().contains(QStringLiteral("4111")));
        m_dialog->valueForm()->setText(QStringLiteral("status"), QStringLiteral("VOID"));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        const StreamMessage message = only("payments");
        const auto record = RecordCodec(*m_catalog->find(u"payment")).decode(message.value);
        QVERIFY(record);
        QCOMPARE(record->values[1].toLongLong(), 4111111111111111LL); // as it was
        QCOMPARE(record->values[2].toString(), QStringLiteral("VOID"));
        QCOMPARE(headerOf(message, "password"), QByteArray("hunter2")); // masked, and kept
    }

    void unknownFieldsGoOutAgain()
    {
        StreamMessage read = payment();
        const QByteArray unknown = QByteArray::fromHex("fa0103") + "new"; // field 31
        read.value += unknown;
        m_dialog->setMessage(read, MessageDecoder(m_catalog).decode(read));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Form);
        m_dialog->valueForm()->setText(QStringLiteral("status"), QStringLiteral("VOID"));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        const QByteArray sent = only("payments").value;
        QVERIFY2(sent.endsWith(unknown), sent.toHex());
        QCOMPARE(RecordCodec(*m_catalog->find(u"payment")).decode(sent)->values[2].toString(),
                 QStringLiteral("VOID"));
    }

    // On a topic for every verb: the id alone, and a header that says so.
    void writesADeletion()
    {
        StreamMessage read = payment();
        read.headers.append(MessageHeader{"operation", "update"});
        m_dialog->setMessage(read, MessageDecoder(m_catalog).decode(read));
        m_dialog->setValueMode(ProduceDialog::ValueMode::Deletion);
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Deletion);
        m_dialog->valueForm()->setText(QStringLiteral("status"), {}); // not needed to say which one
        QVERIFY(!line("field_status")->isEnabled());
        QVERIFY(line("field_id")->isEnabled());
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        const StreamMessage sent = only("payments");
        QCOMPARE(sent.value, RecordCodec(*m_catalog->find(u"payment")).encodeDelete(QStringLiteral("12")));
        QCOMPARE(sent.key, QByteArray("12"));
        QCOMPARE(headerOf(sent, "operation"), QByteArray("delete"));
        QCOMPARE(MessageDecoder(m_catalog).decode(sent).operation, QStringLiteral("delete"));

        m_dialog->setMessage(sent, MessageDecoder(m_catalog).decode(sent));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Deletion);
        m_dialog->setTopic(QStringLiteral("products_update")); // has a topic of its own for that
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Form);
        m_dialog->setTopic(QStringLiteral("products_delete"));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Deletion);
    }

    void offersTheRegistrysSchemaOfAnEmptyTopic()
    {
        FakeRegistry registry;
        registry.setAnswer("/subjects/notes-value/versions/latest",
                           {{"id", 4711},
                            {"schemaType", "PROTOBUF"},
                            {"schema", "syntax = \"proto3\"; message Note { int32 id = 1; }"}});
        registry.setAnswer("/subjects/notes-key/versions/latest",
                           {{"id", 12},
                            {"schemaType", "PROTOBUF"},
                            {"schema", "syntax = \"proto3\"; message Key { int32 id = 1; }"}});
        BrokerSettings settings = m_broker->settings();
        settings.registryUrl = registry.url();
        delete m_dialog;
        m_dialog = new ProduceDialog(
            settings, DecodingSources{m_catalog, {}, std::make_shared<SchemaLibrary>(settings)}, nullptr);
        m_dialog->show();
        m_dialog->setTopic(QStringLiteral("notes"));
        QTRY_COMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Fields);
        QTRY_COMPARE(m_dialog->keyMode(), ProduceDialog::KeyMode::Fields);
        QCOMPARE(value()->toPlainText(), QStringLiteral("{\n \"id\": 0\n}"));
        QCOMPARE(line("produceKey")->text(), QStringLiteral("{ \"id\": 0 }"));
        value()->setPlainText(QStringLiteral("{\"id\": 7}"));
        line("produceKey")->setText(QStringLiteral("{\"id\": 8}"));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        const StreamMessage sent = only("notes");
        QCOMPARE(sent.value, SchemaFrame{4711}.toBytes() + QByteArray::fromHex("0807"));
        QCOMPARE(sent.key, SchemaFrame{12}.toBytes() + QByteArray::fromHex("0808"));

        auto *hint = m_dialog->findChild<QLabel *>(QStringLiteral("produceHint"));
        QVERIFY(!hint->isVisible());
        m_dialog->setTopic(QStringLiteral("letters"));
        QTRY_VERIFY2(hint->text().contains(QStringLiteral("\"letters-value\"")), qPrintable(hint->text()));
        QVERIFY(hint->isVisible());
        QVERIFY(m_dialog->valueMode() != ProduceDialog::ValueMode::Fields);
    }

    void sensitiveJsonIsSentAgainUnseen()
    {
        StreamMessage read;
        read.topic = QStringLiteral("notes");
        read.hasValue = true;
        read.value = R"({"id":1,"password":"hunter2"})";
        m_dialog->setMessage(read, MessageDecoder(m_catalog).decode(read));
        QCOMPARE(m_dialog->valueMode(), ProduceDialog::ValueMode::Unchanged);
        QVERIFY(!value()->toPlainText().contains(QStringLiteral("hunter2")));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        QCOMPARE(only("notes").value, read.value);
    }

    void isRefusedOnReadOnlyBrokers()
    {
        BrokerSettings settings = m_broker->settings();
        settings.readOnly = true;
        delete m_dialog;
        m_dialog = open(settings);
        QVERIFY(!button()->isEnabled());
        QVERIFY(!button()->toolTip().isEmpty());
        StreamPanel panel(settings, m_catalog, *m_theme);
        for (const QAction *action : panel.acting().writingActions()) {
            QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
            QCOMPARE(action->toolTip(), button()->toolTip());
        }
    }

private:
    ProduceDialog *open(const BrokerSettings &settings)
    {
        auto *dialog = new ProduceDialog(settings, DecodingSources{m_catalog, {}, nullptr}, nullptr);
        dialog->show();
        return dialog;
    }
    StreamMessage payment() const
    {
        StreamMessage read;
        read.topic = QStringLiteral("payments");
        read.hasKey = true;
        read.key = "12";
        read.hasValue = true;
        const EntityType &entity = *m_catalog->find(u"payment");
        Record record = newRecord(entity);
        setRecordId(entity, record, QStringLiteral("12"));
        record.values[1] = 4111111111111111LL;
        record.values[2] = QStringLiteral("PAID");
        read.value = RecordCodec(entity).encode(record);
        read.headers = {{"password", "hunter2"}};
        return read;
    }
    StreamMessage only(const char *topic)
    {
        TopicProbe probe(m_broker->settings());
        probe.read(QString::fromLatin1(topic));
        const QList<StreamMessage> read = probe.waitForExactly(1);
        return read.size() == 1 ? read[0] : StreamMessage();
    }
    QPushButton *button() const { return m_dialog->findChild<QPushButton *>(QStringLiteral("sendMessages")); }
    void send() { button()->click(); }
    QLineEdit *line(const char *name) const { return m_dialog->findChild<QLineEdit *>(QLatin1String(name)); }
    QPlainTextEdit *value() const
    {
        return m_dialog->findChild<QPlainTextEdit *>(QStringLiteral("produceValue"));
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    QPointer<ProduceDialog> m_dialog;
};

QTEST_MAIN(ProduceDialogTest)
#include "ProduceDialogTest.moc"
