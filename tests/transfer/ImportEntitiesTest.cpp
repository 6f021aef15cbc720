// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transfer/ImportFixture.h"

#include <QTest>

using namespace desk;

// Imports into entities that an operator has described: what the built-in ones do not have.
class ImportEntitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m = std::make_unique<ImportFixture>(); }
    void cleanup() { m.reset(); }
    void leavesReadOnlyColumnsAlone();
    void resolvesReferencesWithinTheFile();

private:
    std::unique_ptr<ImportFixture> m;
};

void ImportEntitiesTest::leavesReadOnlyColumnsAlone()
{
    QTemporaryDir folder;
    QFile proto(folder.filePath("stamp.proto"));
    QVERIFY(proto.open(QIODevice::WriteOnly));
    proto.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Stamp {
  option (catalog.entity) = {};
  int32 id = 1;
  string name = 2;
  string code = 3 [(catalog.column) = { read_only: true }];
}
)");
    proto.close();
    const auto catalog = EntityCatalog::load(folder.path());
    QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
    const std::unique_ptr<Store> store = m->fixture.open(catalog);
    const EntityType &stamp = *catalog->find(u"stamp");
    const auto import = [&](QByteArray csv) {
        QBuffer buffer(&csv);
        buffer.open(QIODevice::ReadOnly);
        return RecordImport(*store, stamp, {.existing = ExistingRecords::Update}).run(buffer);
    };
    QCOMPARE(counts(import("id,name,code\n1,A,x\n2,B,y\n")), "2 0 0 0");
    const ImportReport report = import("id,name,code\n1,A,other\n2,C,y\n");
    QCOMPARE(counts(report), "0 1 0 1");
    QCOMPARE(refusals(report), QStringList{"2:5 code " + report.refused[0].sentence});
}

void ImportEntitiesTest::resolvesReferencesWithinTheFile()
{
    QTemporaryDir folder;
    QFile proto(folder.filePath("shelf.proto"));
    QVERIFY(proto.open(QIODevice::WriteOnly));
    proto.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Shelf {
  option (catalog.entity) = { display: "name" };
  int32 id = 1;
  string name = 2 [(catalog.column) = { required: true }];
  int32 parent_id = 3 [(catalog.column) = { reference: "shelf" }];
}
)");
    proto.close();
    const auto catalog = EntityCatalog::load(folder.path());
    QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
    const std::unique_ptr<Store> store = m->fixture.open(catalog);
    QByteArray csv("name,parent\nRoom,\nRack,Room\nBoard,Rack\nLost,Attic\n");
    QBuffer buffer(&csv);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    const EntityType &shelf = *catalog->find(u"shelf");
    const ImportReport report = RecordImport(*store, shelf, {}).run(buffer);
    QCOMPARE(counts(report), "3 0 0 1");
    QCOMPARE(refusals(report).size(), 1);
    QVERIFY2(refusals(report)[0].startsWith("5:6 parent_id"), qPrintable(refusals(report)[0]));
    const Expected<QList<RecordId>> rack = store->findByName(shelf, "Rack");
    const Expected<QList<RecordId>> board = store->findByName(shelf, "Board");
    QVERIFY(rack && board && rack->size() == 1 && board->size() == 1);
    QCOMPARE(store->fetch(shelf, board->constFirst())->record.values[shelf.indexOf(u"parent_id")].toString(),
             rack->constFirst());
}

QTEST_GUILESS_MAIN(ImportEntitiesTest)
#include "ImportEntitiesTest.moc"
