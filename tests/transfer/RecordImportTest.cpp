// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transfer/ImportFixture.h"

#include <QTest>

using namespace desk;

// What an import takes, refuses and counts; how it ends when it cannot go on.
class RecordImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m = std::make_unique<ImportFixture>(); }
    void cleanup() { m.reset(); }
    void addsRecords();
    void matchesReferences();
    void givesIdsWhereNone();
    void keepsDefaultsOfMissingColumns();
    void refusesBadRowsOnly_data();
    void refusesBadRowsOnly();
    void refusesHeaders_data();
    void refusesHeaders();
    void tellsExistingRecords();
    void updatesWhenAllowed();
    void meetsAnIdTwice();
    void writesNothingInDryRun();
    void savesGoodRowsOfRefusedBatch();
    void endsWhenDatabaseIsLost();
    void endsWhenCancelled();
    void writesInBatches();
    void listsBoundedRefusals();
    void reportsProgress();
    void refusesFilesThatAreNone();

private:
    std::unique_ptr<ImportFixture> m;
};

void RecordImportTest::addsRecords()
{
    const ImportReport report = m->import(
        u"category", "id,name,description\r\n7,Lamps,\"Light, and\r\nshade\"\r\n3,Tables,\r\n");
    QVERIFY(report.isComplete());
    QCOMPARE(counts(report), "2 0 0 0");
    QCOMPARE(m->value(u"category", "7", u"description"), "Light, and\r\nshade");
    QCOMPARE(m->value(u"category", "3", u"name"), "Tables");
    QCOMPARE(m->store->fetch(m->entity(u"category"), "3")->record.version, 1);
}

void RecordImportTest::matchesReferences()
{
    QVERIFY(m->import(u"category", "id,name\n1,Beauty\n2,Lamps\n").isComplete());
    const ImportReport report = m->import(u"product",
                                          "Name,PRICE,category,currency\nA,9.99,Lamps,USD\nB,1,,EUR\n");
    QCOMPARE(refusals(report), QStringList{});
    QVERIFY(report.isComplete());
    QCOMPARE(m->value(u"product", "1", u"category_id"), "2");
    QCOMPARE(m->value(u"product", "1", u"price"), "9.99");
    QCOMPARE(m->value(u"product", "2", u"category_id"), "");
    QCOMPARE(m->value(u"product", "2", u"price"), "1.00");
    QVERIFY(m->import(u"product", "name,price,category_id\nC,2,1\n").isComplete());
    QCOMPARE(m->value(u"product", "3", u"category_id"), "1");
}

void RecordImportTest::givesIdsWhereNone()
{
    QCOMPARE(counts(m->import(u"category", "name\nA\nB\n")), "2 0 0 0");
    QCOMPARE(counts(m->import(u"category", "id,name\n,C\n100,D\n,E\n")), "3 0 0 0");
    QCOMPARE(m->count(u"category"), 5);
    QCOMPARE(m->value(u"category", "100", u"name"), "D");
}

void RecordImportTest::keepsDefaultsOfMissingColumns()
{
    QVERIFY(m->import(u"product", "name,price\nA,1.50\n").isComplete());
    QCOMPARE(m->value(u"product", "1", u"currency"), "EUR");
    QCOMPARE(m->value(u"product", "1", u"stock_quantity"), "0");
    const ImportReport noPrice = m->import(u"product", "id,name\n9,A\n");
    QCOMPARE(refusals(noPrice).size(), 1); // no price is not a price of 0
    QVERIFY2(refusals(noPrice)[0].startsWith("2:1 price"), qPrintable(refusals(noPrice)[0]));
    QVERIFY(m->import(u"todo", "title\nA\n").isComplete());
    QCOMPARE(m->value(u"todo", "1", u"completed"), "false");
}

void RecordImportTest::refusesBadRowsOnly_data()
{
    QTest::addColumn<QByteArray>("row"); // id,name,price,currency,category
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    const QByteArray tooLong(201, 'x');
    QTest::newRow("empty price") << QByteArray("5,A,,EUR,") << "3:5 price"
                                 << "Price";
    QTest::newRow("no number") << QByteArray("5,A,cheap,EUR,") << "3:5 price"
                               << "Price";
    QTest::newRow("three decimals") << QByteArray("5,A,1.999,EUR,") << "3:5 price"
                                    << "Price";
    QTest::newRow("negative") << QByteArray("5,A,-1,EUR,") << "3:5 price"
                              << "Price";
    QTest::newRow("too long") << "5," + tooLong + ",1,EUR,"
                              << "3:3 name"
                              << "200";
    QTest::newRow("empty name") << QByteArray("5,,1,EUR,") << "3:3 name"
                                << "Name";
    QTest::newRow("unknown currency") << QByteArray("5,A,1,XYZ,") << "3:7 currency"
                                      << "Currency";
    QTest::newRow("unknown category") << QByteArray("5,A,1,EUR,Garden") << "3:11 category_id"
                                      << "unknown category \"Garden\"";
    QTest::newRow("no id") << QByteArray("five,A,1,EUR,") << "3:1 id"
                           << "five";
    QTest::newRow("zero id") << QByteArray("0,A,1,EUR,") << "3:1 id"
                             << "0";
    QTest::newRow("huge id") << QByteArray("99999999999,A,1,EUR,") << "3:1 id"
                             << "Id";
    QTest::newRow("too few") << QByteArray("5,A,1") << "3:1 "
                             << "3 values";
    QTest::newRow("too many") << QByteArray("5,A,1,EUR,,") << "3:1 "
                              << "6 values";
    QTest::newRow("broken quote") << QByteArray("5,A\"x,1,EUR,") << "3:4 "
                                  << "quote";
    QTest::newRow("broken text") << QByteArray("5,A\xff,1,EUR,") << "3:4 "
                                 << "UTF-8";
}

void RecordImportTest::refusesBadRowsOnly()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, place);
    QFETCH(QString, words);
    const ImportReport report = m->import(
        u"product", "id,name,price,currency,category\n1,Good,1,EUR,\n" + row + "\n2,Better,2,EUR,\n");
    QCOMPARE(counts(report), "2 0 0 1");
    QVERIFY(!report.isComplete());
    QVERIFY2(refusals(report)[0].startsWith(place), qPrintable(refusals(report)[0]));
    QVERIFY2(report.refused[0].sentence.contains(words), qPrintable(report.refused[0].sentence));
    QCOMPARE(m->value(u"product", "1", u"name"), "Good");
    QCOMPARE(m->value(u"product", "2", u"name"), "Better");
    QCOMPARE(m->count(u"product"), 2);
}

void RecordImportTest::refusesHeaders_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("place");
    QTest::newRow("empty file") << QByteArray() << "1:1";
    QTest::newRow("unknown column") << QByteArray("id,colour,name") << "1:4";
    QTest::newRow("twice") << QByteArray("id,name,Name") << "1:9";
    QTest::newRow("id and name of one reference") << QByteArray("name,category_id,category") << "1:18";
    QTest::newRow("empty word") << QByteArray("id,,name") << "1:4";
    QTest::newRow("broken quote") << QByteArray("id,na\"me") << "1:6";
    QTest::newRow("broken text") << QByteArray("id,na\xffme") << "1:6";
    QTest::newRow("no CSV") << QByteArray("%PDF-1.4") << "1:1";
}

void RecordImportTest::refusesHeaders()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, place);
    const ImportReport report = m->import(u"product", header.isEmpty() ? header : header + "\n1,A,B\n");
    QVERIFY(report.failure);
    QVERIFY(report.position);
    QCOMPARE(QStringLiteral("%1:%2").arg(report.position->line).arg(report.position->column), place);
    QVERIFY(!report.failure->sentence.isEmpty());
    QCOMPARE(counts(report), "0 0 0 0");
    QCOMPARE(m->count(u"product"), 0);
}

void RecordImportTest::tellsExistingRecords()
{
    QVERIFY(m->import(u"category", "id,name\n1,A\n2,B\n").isComplete());
    const ImportReport report = m->import(u"category", "id,name\n1,A\n2,Other\n3,C\n");
    QCOMPARE(counts(report), "1 0 1 1");
    QVERIFY2(refusals(report)[0].startsWith("3:1 id"), qPrintable(refusals(report)[0]));
    QVERIFY(report.refused[0].sentence.contains("category 2"));
    QCOMPARE(m->value(u"category", "2", u"name"), "B");
    QCOMPARE(m->store->fetch(m->entity(u"category"), "1")->record.version, 1);
}

void RecordImportTest::updatesWhenAllowed()
{
    QVERIFY(m->import(u"category", "id,name,description\n1,A,x\n2,B,y\n").isComplete());
    ImportOptions options;
    options.existing = ExistingRecords::Update;
    const ImportReport report = m->import(u"category", "id,name\n1,A\n2,Other\n3,C\n", options);
    QCOMPARE(counts(report), "1 1 1 0");
    QCOMPARE(m->value(u"category", "2", u"name"), "Other");
    QCOMPARE(m->value(u"category", "2", u"description"), "y"); // not in the file
    QCOMPARE(m->store->fetch(m->entity(u"category"), "2")->record.version, 2);
    QCOMPARE(m->store->fetch(m->entity(u"category"), "1")->record.version, 1);
}

void RecordImportTest::meetsAnIdTwice()
{
    const QByteArray csv("id,name\n1,A\n1,A\n1,B\n2,C\n");
    const ImportReport dry = m->import(u"category", csv, {.mode = ImportMode::DryRun});
    QCOMPARE(dry.added, 2);
    const ImportReport report = m->import(u"category", csv);
    QCOMPARE(counts(report), "2 0 1 1");
    QVERIFY(refusals(report)[0].startsWith("4:1 id"));
    QCOMPARE(m->value(u"category", "1", u"name"), "A");
    QCOMPARE(counts(m->import(u"category", "id,name\n1,X\n1,Y\n", {.existing = ExistingRecords::Update})),
             "0 2 0 0");
    QCOMPARE(m->value(u"category", "1", u"name"), "Y"); // in the order of the file
}

void RecordImportTest::writesNothingInDryRun()
{
    QVERIFY(m->import(u"category", "id,name\n1,A\n2,B\n").isComplete());
    const qint64 head = *m->store->journalHead();
    const QByteArray csv("id,name\n1,A\n2,Other\n3,C\n4,\n5,D\n");
    for (const ExistingRecords existing : {ExistingRecords::Refuse, ExistingRecords::Update}) {
        m->faulty.applied = 0;
        const ImportReport dry = m->import(u"category", csv,
                                           {.existing = existing, .mode = ImportMode::DryRun});
        QCOMPARE(counts(dry), existing == ExistingRecords::Update ? "2 1 1 1" : "2 0 1 2");
        QCOMPARE(m->faulty.applied, 0);
    }
    QCOMPARE(*m->store->journalHead(), head);
    const ImportReport dry = m->import(u"product", "name,price,category_id\nX,1,99\n",
                                       {.mode = ImportMode::DryRun});
    QCOMPARE(refusals(dry), QStringList{"2:5 category_id Category: there is no category 99."});
}

void RecordImportTest::savesGoodRowsOfRefusedBatch()
{
    // The database refuses what no check foresaw: only the row to blame is refused.
    m->faulty.fault = [this](const ChangeSet &set) -> std::optional<Error> {
        for (const Change &change : set.changes) {
            if (change.values[m->entity(u"category").indexOf(u"name")].toString() == "Evil")
                return Error{ErrorCode::InvalidValue, "Name: not this one.", {}, "name"};
        }
        return {};
    };
    const ImportReport report = m->import(u"category", "id,name\n1,A\n2,Evil\n3,B\n");
    QCOMPARE(counts(report), "2 0 0 1");
    QCOMPARE(refusals(report), QStringList{"3:3 name Name: not this one."});
    QCOMPARE(m->value(u"category", "3", u"name"), "B");
}

void RecordImportTest::endsWhenDatabaseIsLost()
{
    m->faulty.fault = [this](const ChangeSet &) -> std::optional<Error> {
        if (m->faulty.applied == 1)
            return {};
        return Error{ErrorCode::Unreachable, "The database is away.", {}, {}};
    };
    const ImportReport report = m->import(u"category", "name\nA\nB\nC\nD\nE\nF\n", {.batchSize = 2});
    QVERIFY(report.failure);
    QCOMPARE(report.failure->code, ErrorCode::Unreachable);
    QCOMPARE(counts(report), "2 0 0 0");
    QCOMPARE(m->faulty.applied, 2); // it does not go on against the wall
    QCOMPARE(m->count(u"category"), 2);
}

void RecordImportTest::endsWhenCancelled()
{
    // On the heap: GCC 12 takes one on the stack for uninitialised.
    const auto stop = std::make_unique<std::stop_source>();
    const TaskProgress progress{[&](qint64, qint64) { stop->request_stop(); }, stop->get_token()};
    const ImportReport report = m->import(u"category", "name\nA\nB\nC\nD\n", {.batchSize = 2}, progress);
    QVERIFY(report.isCancelled);
    QVERIFY(!report.isComplete());
    QCOMPARE(counts(report), "2 0 0 0");
    QCOMPARE(m->count(u"category"), 2);
}

void RecordImportTest::writesInBatches()
{
    QByteArray csv("name\n");
    for (int index = 0; index < 1001; ++index)
        csv += "Name " + QByteArray::number(index) + "\n";
    QCOMPARE(counts(m->import(u"category", csv)), "1001 0 0 0");
    QCOMPARE(m->faulty.applied, 5);
    QCOMPARE(m->count(u"category"), 1001);
}

void RecordImportTest::listsBoundedRefusals()
{
    QByteArray csv("name\n");
    for (int index = 0; index < ImportReport::MaximumListed + 5; ++index)
        csv += "a,b\n";
    int told = 0;
    QBuffer buffer(&csv);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    RecordImport task(m->faulty, m->entity(u"category"), {});
    task.onRefused([&](const RefusedRow &) { ++told; });
    const ImportReport report = task.run(buffer);
    QCOMPARE(report.refusedCount, ImportReport::MaximumListed + 5);
    QCOMPARE(report.refused.size(), ImportReport::MaximumListed);
    QCOMPARE(told, ImportReport::MaximumListed + 5);
}

void RecordImportTest::reportsProgress()
{
    const QByteArray csv("name\nA\nB\nC\n");
    QList<qint64> reported;
    const TaskProgress progress{[&](qint64 done, qint64 total) {
                                    QCOMPARE(total, csv.size());
                                    reported.append(done);
                                },
                                {}};
    QVERIFY(m->import(u"category", csv, {.batchSize = 2}, progress).isComplete());
    QVERIFY(std::is_sorted(reported.begin(), reported.end()));
    QCOMPARE(reported.constLast(), csv.size());
}

void RecordImportTest::refusesFilesThatAreNone()
{
    QTemporaryDir folder;
    RecordImport task(m->faulty, m->entity(u"category"), {});
    QCOMPARE(task.runFile(folder.filePath("none.csv")).failure->code, ErrorCode::NotFound);
    const ImportReport report = task.runFile(folder.path());
    QCOMPARE(report.failure->code, ErrorCode::InputOutput);
    QVERIFY(report.failure->sentence.contains("folder"));
    QVERIFY(!report.position);
}

QTEST_GUILESS_MAIN(RecordImportTest)
#include "RecordImportTest.moc"
