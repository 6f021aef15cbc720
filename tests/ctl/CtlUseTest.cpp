// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/CtlRunner.h"

using namespace desk;

// The command line itself: help, version, wrong use. None of it opens a database.
class CtlUseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsHelp_data();
    void showsHelp();
    void showsVersion();
    void refusesWrongUse_data();
    void refusesWrongUse();
    void refusesBrokenArguments();
    void takesOptionsAnywhere();
    void generatesTheSameFromASeed();
    void listsEntities();
    void addsEntitiesOfFolder();
    void reportsBrokenEntities();
    void tellsUnknownEntityAndColumn_data();
    void tellsUnknownEntityAndColumn();

private:
    CtlRunner m_ctl;
};

static const QStringList commandNames{"migrate",  "entities", "list",    "get",     "add",     "set",
                                      "delete",   "import",   "export",  "history", "publish", "relay",
                                      "generate", "produce",  "consume", "topics"};

void CtlUseTest::showsHelp_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("general") << QStringList{"--help"} << "Usage: catalogctl COMMAND";
    QTest::newRow("short") << QStringList{"-h"} << "Usage: catalogctl COMMAND";
    QTest::newRow("help") << QStringList{"help"} << "Usage: catalogctl COMMAND";
    QTest::newRow("help list") << QStringList{"help", "list"} << "Usage: catalogctl list";
    QTest::newRow("with other words") << QStringList{"set", "product", "--help"} << "Usage: catalogctl set";
    for (const QString &name : commandNames)
        QTest::newRow(qPrintable(name)) << QStringList{name, "--help"} << "Usage: catalogctl " + name;
}

void CtlUseTest::showsHelp()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const CtlResult result = m_ctl.run(arguments);
    CTL_DONE(result);
    QVERIFY2(result.out.startsWith(words), result.text().constData());
    QCOMPARE(result.error, "");
    if (arguments == QStringList{"--help"}) {
        for (const QString &name : commandNames)
            QVERIFY2(result.out.contains("\n  " + name + " "), qPrintable(name));
    }
}

void CtlUseTest::showsVersion()
{
    const CtlResult result = m_ctl.run({"--version"});
    CTL_DONE(result);
    QVERIFY(result.out.startsWith("catalogctl "));
}

void CtlUseTest::refusesWrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("only options") << QStringList{"--json"};
    QTest::newRow("unknown command") << QStringList{"lsit"};
    QTest::newRow("unknown command's help") << QStringList{"help", "lsit"};
    QTest::newRow("unknown option") << QStringList{"list", "product", "--limti", "3"};
    QTest::newRow("negative id") << QStringList{"set", "product", "-1", "name=x"};
    QTest::newRow("another command's option") << QStringList{"get", "product", "1", "--limit", "3"};
    QTest::newRow("option without value") << QStringList{"list", "product", "--limit"};
    QTest::newRow("switch with value") << QStringList{"relay", "--once=1"};
    QTest::newRow("too few") << QStringList{"get", "product"};
    QTest::newRow("too many") << QStringList{"get", "product", "1", "2"};
    QTest::newRow("no assignment") << QStringList{"add", "product", "name"};
    QTest::newRow("assignment without name") << QStringList{"set", "product", "1", "=x"};
    QTest::newRow("limit") << QStringList{"list", "product", "--limit", "many"};
    QTest::newRow("negative limit") << QStringList{"list", "product", "--limit", "-1"};
    QTest::newRow("version") << QStringList{"set", "product", "1", "name=x", "--version", "new"};
    QTest::newRow("history limit") << QStringList{"history", "product", "1", "--limit", "0"};
    QTest::newRow("publish what") << QStringList{"publish", "all", "product"};
    QTest::newRow("publish get nothing") << QStringList{"publish", "get", "product"};
    QTest::newRow("publish list of ids") << QStringList{"publish", "list", "product", "1"};
    QTest::newRow("generate without count") << QStringList{"generate", "player", "--dry-run"};
    QTest::newRow("empty topic") << QStringList{"generate", "player", "--count",  "1",
                                                "--topic",  "",       "--dry-run"};
    QTest::newRow("seed") << QStringList{"generate", "player", "--count", "1", "--seed", "x", "--dry-run"};
    QTest::newRow("rate") << QStringList{"generate", "player", "--count", "1", "--rate", "0", "--dry-run"};
    QTest::newRow("generate within the window only")
        << QStringList{"generate", "player", "--count", "1", "--brokers", "embedded"};
    QTest::newRow("two values") << QStringList{"produce",     "t",         "--value",    "x",
                                               "--tombstone", "--brokers", "127.0.0.1:1"};
    QTest::newRow("header") << QStringList{"produce",  "t",       "--value",   "x",
                                           "--header", "novalue", "--brokers", "127.0.0.1:1"};
    QTest::newRow("partition") << QStringList{"produce",     "t",  "--value",   "x",
                                              "--partition", "-1", "--brokers", "127.0.0.1:1"};
    QTest::newRow("from") << QStringList{"consume", "t", "--from", "yesterday"};
    QTest::newRow("count") << QStringList{"consume", "t", "--count", "0"};
    QTest::newRow("filter") << QStringList{"consume", "t", "--filter", "price >"};
    QTest::newRow("timeout") << QStringList{"consume", "t", "--timeout", "soon"};
}

void CtlUseTest::refusesWrongUse()
{
    QFETCH(QStringList, arguments);
    const CtlResult result = m_ctl.onDatabase(arguments);
    CTL_WRONG_USE(result);
    QVERIFY2(result.error.contains("--help"), result.text().constData());
    QCOMPARE(result.out, "");
    QVERIFY(!QFile::exists(m_ctl.folder.filePath("shop.db")));
}

void CtlUseTest::refusesBrokenArguments()
{
    // QProcess would re-encode the argument, so a shell hands it over.
    QProcess shell;
    shell.setProcessEnvironment(m_ctl.environment);
    shell.start("/bin/sh",
                {"-c", "exec \"$1\" add category \"name=$(printf 'gr\\374n')\"", "sh", CtlRunner::program()});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 2);
    QCOMPARE(shell.readAllStandardError(), "catalogctl: Argument 3 is no UTF-8 text.\n");
}

void CtlUseTest::takesOptionsAnywhere()
{
    for (const QStringList &arguments : {QStringList{"--json", "entities"}, QStringList{"entities", "--json"},
                                         QStringList{"--database=sqlite:x.db", "--json", "entities"}}) {
        const CtlResult result = m_ctl.run(arguments);
        CTL_DONE(result);
        QCOMPARE(result.json().size(), 4);
    }
}

void CtlUseTest::generatesTheSameFromASeed()
{
    const QStringList command{"generate", "product", "--count", "5", "--seed", "7", "--dry-run"};
    const CtlResult result = m_ctl.run(command);
    CTL_DONE(result);
    const QList<QJsonObject> messages = result.json();
    QCOMPARE(messages.size(), 5);
    QCOMPARE(messages[4]["topic"], "products_add");
    QCOMPARE(messages[4]["key"], "1000005");
    QCOMPARE(messages[4]["value"].toObject()["id"], 1000005);
    QCOMPARE(m_ctl.run(command).out, result.out);
    const CtlResult unknown = m_ctl.run({"generate", "produkt", "--count", "5", "--dry-run"});
    CTL_FAILED(unknown);
    QVERIFY2(unknown.error.contains("player"), unknown.text().constData());
}

void CtlUseTest::listsEntities()
{
    const CtlResult text = m_ctl.run({"entities"});
    CTL_DONE(text);
    QVERIFY(text.out.contains("stock_quantity"));
    for (const QJsonObject &entity : m_ctl.run({"entities", "--json"}).json()) {
        if (entity["name"] != "todo")
            continue;
        QCOMPARE(entity["topics"].toObject()["add"], "todos2");
        QCOMPARE(entity["columns"].toArray()[1].toObject()["max_len"], 100);
        return;
    }
    QFAIL("There is no todo.");
}

void CtlUseTest::addsEntitiesOfFolder()
{
    QVERIFY(QDir(m_ctl.folder.path()).mkpath("entities"));
    m_ctl.write("entities/supplier.proto", R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Supplier {
  option (catalog.entity) = { topics: { prefix: "suppliers" } };
  int32 id = 1;
  string name = 2 [(catalog.column) = { required: true }];
}
)");
    const QStringList folder{"--entities", m_ctl.folder.filePath("entities")};
    const CtlResult added = m_ctl.onDatabase(QStringList{"add", "supplier", "name=Acme"} + folder);
    CTL_DONE(added);
    const CtlResult listed = m_ctl.onDatabase(QStringList{"list", "supplier", "--json"} + folder);
    CTL_DONE(listed);
    QCOMPARE(listed.json().value(0)["name"], "Acme");
    QVERIFY(QFile::remove(m_ctl.folder.filePath("shop.db")));
}

void CtlUseTest::reportsBrokenEntities()
{
    QVERIFY(QDir(m_ctl.folder.path()).mkpath("broken"));
    m_ctl.write("broken/bad.proto", "syntax = \"proto3\";\nmessage Bad {\n  int32 id = ;\n}\n");
    const CtlResult result = m_ctl.run({"entities", "--json", "--entities", m_ctl.folder.filePath("broken")});
    CTL_DONE(result);
    QCOMPARE(result.json().size(), 4); // the rest works
    QVERIFY2(result.error.startsWith("bad.proto:3:"), result.text().constData());
    CTL_FAILED(m_ctl.run({"entities", "--entities", m_ctl.folder.filePath("nowhere")}));
}

void CtlUseTest::tellsUnknownEntityAndColumn_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("known");
    for (const QStringList &arguments :
         {QStringList{"list", "produkt"}, QStringList{"get", "produkt", "1"},
          QStringList{"add", "produkt", "name=x"}, QStringList{"set", "produkt", "1", "name=x"},
          QStringList{"delete", "produkt", "1"}, QStringList{"import", "produkt", "x.csv"},
          QStringList{"export", "produkt", "x.csv"}, QStringList{"history", "produkt", "1"},
          QStringList{"publish", "list", "produkt"}})
        QTest::newRow(qPrintable("entity: " + arguments[0])) << arguments << "produkt"
                                                             << "category";
    for (const QStringList &arguments :
         {QStringList{"list", "product", "--sort", "colour"},
          QStringList{"list", "product", "--sort", "-colour"},
          QStringList{"list", "product", "--where", "colour:red"},
          QStringList{"add", "product", "colour=red"}, QStringList{"set", "product", "1", "colour=red"}})
        QTest::newRow(qPrintable("column: " + arguments.join(' '))) << arguments << "colour"
                                                                    << "stock_quantity";
}

void CtlUseTest::tellsUnknownEntityAndColumn()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, word);
    QFETCH(QString, known);
    const CtlResult result = m_ctl.onDatabase(arguments);
    CTL_FAILED(result);
    QVERIFY2(result.error.contains(word), result.text().constData());
    QVERIFY2(result.error.contains(known), result.text().constData());
}

QTEST_GUILESS_MAIN(CtlUseTest)
#include "CtlUseTest.moc"
