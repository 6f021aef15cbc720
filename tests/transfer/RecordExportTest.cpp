// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/RecordExport.h"
#include "models/transfer/RecordImport.h"
#include "tests/store/StoreFixture.h"

#include <QBuffer>
#include <QTest>

#include <future>

#include <sys/stat.h>

using namespace desk;

class RecordExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_store.reset(); }
    void writesAllColumns();
    void isReadBackUnchanged();
    void keepsOldFileWhenCancelled();
    void tellsWhereItCannotWrite();
    void leavesSensitiveColumnsOut();
    void writesToDevicesInsteadOfReplacingThem();

private:
    RecordQuery all(QStringView name) const
    {
        RecordQuery query;
        query.entity = m_store->catalog().find(name);
        query.sortColumn = query.entity->idColumn;
        return query;
    }
    ImportReport import(QStringView name, QByteArray csv, const ImportOptions &options = {})
    {
        QBuffer buffer(&csv);
        buffer.open(QIODevice::ReadOnly);
        return RecordImport(*m_store, *m_store->catalog().find(name), options).run(buffer);
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    QTemporaryDir m_folder;
};

void RecordExportTest::init()
{
    m_fixture = std::make_unique<StoreFixture>(DatabaseKind::Sqlite);
    m_store = m_fixture->open();
    QVERIFY(
        import(u"category", "id,name,description\n2,Lamps,\"Light, \"\"warm\"\"\r\nand cold\"\n1,größe,\n")
            .isComplete());
    QVERIFY(import(u"product", "id,name,price,currency,stock_quantity,category\n5,A,9.90,USD,3,Lamps\n")
                .isComplete());
}

void RecordExportTest::writesAllColumns()
{
    const QString path = m_folder.filePath("categories.csv");
    const Expected<qint64> written = exportToFile(*m_store, all(u"category"), path);
    QVERIFY(written);
    QCOMPARE(*written, 2);
    QCOMPARE(contents(path),
             "id,name,description\r\n1,größe,\r\n2,Lamps,\"Light, \"\"warm\"\"\r\nand cold\"\r\n");

    QVERIFY(exportToFile(*m_store, all(u"product"), path));
    QCOMPARE(
        contents(path),
        "id,name,category_id,price,currency,stock_quantity,image_id,description\r\n5,A,2,9.90,USD,3,,\r\n");
}

void RecordExportTest::isReadBackUnchanged()
{
    for (const QStringView name : {QStringView(u"category"), QStringView(u"product")}) {
        QBuffer buffer;
        QVERIFY(buffer.open(QIODevice::WriteOnly));
        QVERIFY(exportRecords(*m_store, all(name), buffer));
        const ImportReport report = import(name, buffer.data());
        QVERIFY(report.isComplete());
        QCOMPARE(report.added + report.updated, 0);
        QVERIFY(report.unchanged > 0);
    }
}

void RecordExportTest::keepsOldFileWhenCancelled()
{
    const QString path = m_folder.filePath("old.csv");
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    std::stop_source stop;
    stop.request_stop();
    const Expected<qint64> written = exportToFile(*m_store, all(u"category"), path, {{}, stop.get_token()});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Cancelled);
    QCOMPARE(contents(path), "old");
    QCOMPARE(QDir(m_folder.path()).entryList({"old*"}, QDir::Files).size(), 1);
}

void RecordExportTest::tellsWhereItCannotWrite()
{
    const Expected<qint64> written = exportToFile(*m_store, all(u"category"),
                                                  m_folder.filePath("none/x.csv"));
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::InputOutput);
    QVERIFY(written.error().sentence.contains("x.csv"));
}

void RecordExportTest::writesToDevicesInsteadOfReplacingThem()
{
    const QString path = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    std::future<QByteArray> read = std::async(std::launch::async, [&] { return contents(path); });
    QVERIFY(exportToFile(*m_store, all(u"category"), path));
    QVERIFY(!QFileInfo(path).isFile());
    QCOMPARE(read.get(),
             "id,name,description\r\n1,größe,\r\n2,Lamps,\"Light, \"\"warm\"\"\r\nand cold\"\r\n");
}

void RecordExportTest::leavesSensitiveColumnsOut()
{
    QTemporaryDir folder;
    QFile proto(folder.filePath("account.proto"));
    QVERIFY(proto.open(QIODevice::WriteOnly));
    proto.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Account {
  option (catalog.entity) = {};
  int32 id = 1;
  string login = 2;
  string card = 3 [(catalog.column) = { sensitive: true }];
}
)");
    proto.close();
    const auto catalog = EntityCatalog::load(folder.path());
    QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
    m_store = m_fixture->open(catalog);
    QVERIFY(import(u"account", "login,card\nann,4111\n").isComplete());
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(exportRecords(*m_store, all(u"account"), buffer));
    QCOMPARE(buffer.data(), "id,login\r\n1,ann\r\n");
}

QTEST_GUILESS_MAIN(RecordExportTest)
#include "RecordExportTest.moc"
