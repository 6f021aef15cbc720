// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/CtlRunner.h"

using namespace desk;

// Import and export on SQLite.
class CtlTransferTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_ctl = std::make_unique<CtlRunner>(); }
    void cleanup() { m_ctl.reset(); }
    void imports();
    void listsRefusedRows();
    void refusesFiles_data();
    void refusesFiles();
    void writesNothingInDryRun();
    void updatesOnRequest();
    void exportsWhatItImported();
    void tellsWhereItCannotWrite();
    void keepsGoodRowsWhenKilled();

private:
    qsizetype count(const QString &entity) const
    {
        return m_ctl->onDatabase({"list", entity, "--json"}).json().size();
    }

    std::unique_ptr<CtlRunner> m_ctl;
};

void CtlTransferTest::imports()
{
    m_ctl->write("categories.csv", "\xef\xbb\xbfId,Name\r\n1,Beauty\r\n2,\"Home, garden\"\r\n");
    const CtlResult text = m_ctl->onDatabase({"import", "category", "categories.csv"});
    CTL_DONE(text);
    QCOMPARE(text.out, "2 added, 0 updated, 0 unchanged, 0 refused.\n");
    QCOMPARE(text.error, "");
    const CtlResult json = m_ctl->onDatabase({"import", "category", "categories.csv", "--json"});
    CTL_DONE(json);
    const QJsonObject counts{{"added", 0},   {"updated", 0},     {"unchanged", 2},
                             {"refused", 0}, {"complete", true}, {"dry_run", false}};
    QCOMPARE(json.json().value(0), counts);
}

void CtlTransferTest::listsRefusedRows()
{
    m_ctl->write("todos.csv",
                 "title,completed\nGood,true\n" + QByteArray(101, 'x')
                     + ",false\nBetter,maybe\n\"Quo\"te,true\nBro\xffken,true\nBest,\n");
    const CtlResult result = m_ctl->onDatabase({"import", "todo", "todos.csv"});
    QCOMPARE(result.code, 1);
    QCOMPARE(result.out, "2 added, 0 updated, 0 unchanged, 4 refused.\n");
    const QStringList lines = result.error.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    const QStringList sorted = [&] {
        QStringList copy = lines;
        copy.sort();
        return copy;
    }();
    QVERIFY2(sorted[0].startsWith("todos.csv:3:1: Title: "), result.text().constData());
    QVERIFY2(sorted[1].startsWith("todos.csv:4:8: Done: "), result.text().constData());
    QVERIFY2(sorted[2].startsWith("todos.csv:5:6: "), result.text().constData());
    QVERIFY2(sorted[3].startsWith("todos.csv:6:4: "), result.text().constData());
    QCOMPARE(count("todo"), 2);
}

void CtlTransferTest::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("empty") << QByteArray() << "x.csv:1:1: ";
    QTest::newRow("unknown column") << QByteArray("title,colour\nA,red\n") << "x.csv:1:7: ";
    QTest::newRow("another entity's") << QByteArray("image_url,product_id\na,1\n") << "x.csv:1:1: ";
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << "x.csv:1:1: ";
    QTest::newRow("UTF-16") << QByteArray("\xff\xfet\0i\0\n\0", 8) << "x.csv:1:1: ";
    QTest::newRow("missing") << QByteArray("-") << "catalogctl: There is no file x.csv.";
}

void CtlTransferTest::refusesFiles()
{
    QFETCH(QByteArray, contents);
    QFETCH(QString, sentence);
    if (contents != "-")
        m_ctl->write("x.csv", contents);
    const CtlResult result = m_ctl->onDatabase({"import", "todo", "x.csv"});
    QCOMPARE(result.code, 1);
    QVERIFY2(result.error.startsWith(sentence), result.text().constData());
    QCOMPARE(result.error.count('\n'), 1);
    QCOMPARE(result.out, "");
    QCOMPARE(count("todo"), 0);
    CTL_FAILED(m_ctl->onDatabase({"import", "todo", m_ctl->folder.path()}));
}

void CtlTransferTest::writesNothingInDryRun()
{
    m_ctl->write("todos.csv", "title\nA\n\nB\n" + QByteArray(101, 'x') + "\n");
    const CtlResult result = m_ctl->onDatabase({"import", "todo", "todos.csv", "--dry-run"});
    QCOMPARE(result.code, 1);
    QVERIFY2(result.out.startsWith("2 would be added, 0 updated, 0 unchanged, 1 refused"),
             result.text().constData());
    QVERIFY2(result.error.startsWith("todos.csv:5:1: Title: "), result.text().constData());
    QCOMPARE(count("todo"), 0);
}

void CtlTransferTest::updatesOnRequest()
{
    m_ctl->write("a.csv", "id,title\n1,A\n2,B\n");
    m_ctl->write("b.csv", "id,title\n1,A\n2,Other\n");
    CTL_DONE(m_ctl->onDatabase({"import", "todo", "a.csv"}));
    const CtlResult refused = m_ctl->onDatabase({"import", "todo", "b.csv"});
    QCOMPARE(refused.code, 1);
    QCOMPARE(refused.out, "0 added, 0 updated, 1 unchanged, 1 refused.\n");
    QVERIFY2(refused.error.startsWith("b.csv:3:1: "), refused.text().constData());
    const CtlResult updated = m_ctl->onDatabase({"import", "todo", "b.csv", "--update"});
    CTL_DONE(updated);
    QCOMPARE(updated.out, "0 added, 1 updated, 1 unchanged, 0 refused.\n");
}

void CtlTransferTest::exportsWhatItImported()
{
    const QByteArray csv(
        "id,title,description,completed\r\n1,\"A, \"\"b\"\"\",\"two\r\nlines\",true\r\n2,größe,,false\r\n");
    m_ctl->write("todos.csv", csv);
    CTL_DONE(m_ctl->onDatabase({"import", "todo", "todos.csv"}));
    const CtlResult result = m_ctl->onDatabase({"export", "todo", "out.csv"});
    CTL_DONE(result);
    QCOMPARE(result.out, "2 records written to out.csv.\n");
    QCOMPARE(m_ctl->read("out.csv"), csv);
}

void CtlTransferTest::tellsWhereItCannotWrite()
{
    const CtlResult result = m_ctl->onDatabase({"export", "todo", "nowhere/out.csv"});
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("nowhere/out.csv"), result.text().constData());
}

void CtlTransferTest::keepsGoodRowsWhenKilled()
{
    QByteArray csv("id,title\n");
    for (int index = 1; index <= 100'000; ++index)
        csv += QByteArray::number(index) + ",Title\n";
    m_ctl->write("todos.csv", csv);
    CTL_DONE(m_ctl->onDatabase({"migrate"}));
    QProcess process;
    m_ctl->start(process, {"--database", m_ctl->database, "import", "todo", "todos.csv"});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(process.state() != QProcess::Running || count("todo") > 0, 60'000);
    QCOMPARE(process.state(), QProcess::Running);
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    const QString out = QString::fromUtf8(process.readAllStandardOutput());
    QVERIFY2(process.readAllStandardError().contains("cancelled"), qPrintable(out));
    QCOMPARE(out.section(' ', 0, 0).toInt(), count("todo")); // what it says is written is there
}

QTEST_GUILESS_MAIN(CtlTransferTest)
#include "CtlTransferTest.moc"
