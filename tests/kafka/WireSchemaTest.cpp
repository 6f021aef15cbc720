// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/WireSchema.h"

#include "models/schema/EntityCatalog.h"
#include "tests/kafka/MartEntities.h"

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.h>

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class WireSchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void textHasNothingOfOurs()
    {
        writeMartEntities(m_folder->path());
        const WireSchema schema = schemaOf("order", Verb::Add);
        QCOMPARE(schema.subject, QString("order-events-value"));
        QVERIFY2(!schema.text.contains("catalog"), qPrintable(schema.text));
        QVERIFY2(schema.text.contains("package mart;"), qPrintable(schema.text));
        QVERIFY2(schema.text.contains("float price = 8;"), qPrintable(schema.text));
        QCOMPARE(schema.messageIndexes, QList<int>{0});
        QVERIFY(parse(schema.text)->FindMessageTypeByName("Order"));
    }

    void secondMessageHasItsIndex()
    {
        writeMartEntities(m_folder->path());
        const WireSchema schema = schemaOf("mart_product", Verb::Update);
        QCOMPARE(schema.messageIndexes, QList<int>{1});
        QCOMPARE(parse(schema.text)->message_type(1)->name(), std::string("Product"));
    }

    void verbsOfOneTopicShareTheSchema()
    {
        writeMartEntities(m_folder->path());
        const WireSchema add = schemaOf("order", Verb::Add);
        const WireSchema list = schemaOf("order", Verb::List);
        QCOMPARE(list.text, add.text);
        QCOMPARE(list.subject, add.subject);
        QCOMPARE(list.messageIndexes, QList<int>{1});
        const auto *message = parse(list.text)->message_type(1);
        QCOMPARE(message->name(), std::string("OrderList"));
        QVERIFY(message->FindFieldByNumber(1)->is_repeated());
        QCOMPARE(message->FindFieldByNumber(1)->message_type()->name(), std::string("Order"));
    }

    void listHasASchemaOfItsOwnOnATopicOfItsOwn()
    {
        write("thing.proto", R"(syntax = "proto3";
import "catalog/options.proto";
message Thing { option (catalog.entity) = { framing: CONFLUENT }; int32 id = 1; }
message ThingList { repeated Thing things = 1; }
)");
        QVERIFY2(schemaOf("thing", Verb::List).text == schemaOf("thing", Verb::Add).text,
                 "The file has a list message already.");
        QCOMPARE(schemaOf("thing", Verb::List).messageIndexes, QList<int>{1});
        QCOMPARE(schemaOf("thing", Verb::List).subject, QString("thing_list-value"));
        write("other.proto", R"(syntax = "proto3";
import "catalog/options.proto";
message Other { option (catalog.entity) = { framing: CONFLUENT }; int32 id = 1; }
)");
        QVERIFY(!schemaOf("other", Verb::Add).text.contains("OtherList"));
        QVERIFY(schemaOf("other", Verb::List).text.contains("message OtherList"));
    }

    void importsAreWrittenIntoTheText()
    {
        write("money.proto", R"(syntax = "proto3";
package shared;
message Currency { string code = 1; }
message Money {
  int64 cents = 1;
  Currency currency = 2;
  enum Kind { NET = 0; GROSS = 1; }
  Kind kind = 3;
}
enum Season { SPRING = 0; AUTUMN = 1; }
)");
        write("offer.proto", R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
import "google/protobuf/timestamp.proto";
import "money.proto";
message Currency { string other = 1; }
message Offer {
  option (catalog.entity) = { framing: CONFLUENT };
  int32 id = 1;
  shared.Money price = 2;
  google.protobuf.Timestamp until = 3;
  optional string note = 4;
  shared.Season season = 5;
  repeated int32 sizes = 6 [packed = false];
}
)");
        const WireSchema schema = schemaOf("offer", Verb::Add);
        QVERIFY2(!schema.text.contains("money.proto"), qPrintable(schema.text));
        QCOMPARE(schema.messageIndexes, QList<int>{1});
        const auto *file = parse(schema.text);
        QVERIFY(file);
        const auto *offer = file->message_type(1);
        QCOMPARE(offer->name(), std::string("Offer"));
        const auto *money = offer->FindFieldByNumber(2)->message_type();
        QCOMPARE(money->FindFieldByNumber(1)->cpp_type(), google::protobuf::FieldDescriptor::CPPTYPE_INT64);
        QCOMPARE(money->FindFieldByNumber(2)->message_type()->field(0)->name(), std::string("code"));
        QCOMPARE(money->FindFieldByNumber(3)->enum_type()->name(), std::string("Kind"));
        QCOMPARE(offer->FindFieldByNumber(3)->message_type()->full_name(),
                 std::string("google.protobuf.Timestamp"));
        QVERIFY(offer->FindFieldByNumber(4)->has_presence());
        QCOMPARE(offer->FindFieldByNumber(5)->enum_type()->value(1)->name(), std::string("AUTUMN"));
        QVERIFY(!offer->FindFieldByNumber(6)->is_packed());
    }

    void builtInEntitiesCanBeWritten()
    {
        const auto catalog = EntityCatalog::load();
        for (const auto &entity : catalog->entities()) {
            const auto schema = wireSchema(*entity, Verb::Add);
            QVERIFY2(schema, schema ? "" : qPrintable(schema.error().sentence));
            QVERIFY(parse(schema->text));
        }
    }

    void jsonWithAFrameIsAProblemOfTheFile()
    {
        write("thing.proto", R"(syntax = "proto3";
import "catalog/options.proto";
message Thing { option (catalog.entity) = { framing: CONFLUENT encoding: JSON }; int32 id = 1; }
)");
        const auto catalog = EntityCatalog::load(m_folder->path());
        QVERIFY(!catalog->find(u"thing"));
        QVERIFY2(catalog->problems().value(0).toText().contains("JSON events are not framed"),
                 qPrintable(catalog->problems().value(0).toText()));
    }

private:
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    WireSchema schemaOf(const QString &entity, Verb verb) const
    {
        const auto catalog = EntityCatalog::load(m_folder->path());
        for (const SchemaProblem &problem : catalog->problems())
            qWarning() << problem.toText();
        const auto schema = wireSchema(*catalog->find(entity), verb);
        if (!schema)
            qFatal("%s", qPrintable(schema.error().sentence));
        return *schema;
    }

    // The text as a registry reads it: by itself, with google's files and no other.
    const google::protobuf::FileDescriptor *parse(const QString &text)
    {
        const QString path = m_folder->filePath("alone");
        QDir().mkpath(path);
        QFile file(path + "/schema.proto");
        if (!file.open(QIODevice::WriteOnly))
            return nullptr;
        file.write(text.toUtf8());
        file.close();
        m_tree = std::make_unique<google::protobuf::compiler::DiskSourceTree>();
        m_tree->MapPath("", path.toStdString());
        m_tree->MapPath("", "/usr/include");
        m_importer = std::make_unique<google::protobuf::compiler::Importer>(m_tree.get(), nullptr);
        return m_importer->Import("schema.proto");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<google::protobuf::compiler::DiskSourceTree> m_tree;
    std::unique_ptr<google::protobuf::compiler::Importer> m_importer;
};

QTEST_GUILESS_MAIN(WireSchemaTest)
#include "WireSchemaTest.moc"
