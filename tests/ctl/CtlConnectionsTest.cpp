// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceRepository.h"
#include "tests/ctl/CtlRunner.h"

#include <QTcpServer>

using namespace desk;

// Where catalogctl works: workspaces, options, the environment; and what it says when it cannot.
class CtlConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_ctl = std::make_unique<CtlRunner>(); }
    void cleanup() { m_ctl.reset(); }
    void usesSampleByDefault();
    void sendsNothingWhereItMayOnlyRead();
    void usesNamedWorkspace();
    void masksByTheWorkspacesNames();
    void prefersWhatIsSaidMostPlainly();
    void readsEnvironmentFile();
    void refusesSettings_data();
    void refusesSettings();
    void tellsUnreachableDatabase();
    void tellsWrongFile_data();
    void tellsWrongFile();
    void tellsUnreachableBrokers_data();
    void tellsUnreachableBrokers();
    void needsBrokers_data();
    void needsBrokers();
    void worksWithoutBroker();
    void runsOnEmbeddedBroker();
    void worksUnderPlainLocale();

private:
    QString title() const
    {
        return m_ctl->run({"list", "todo", "--json"}).json().value(0)["title"].toString();
    }
    void addTodo(const QString &file, const QString &title) const
    {
        CTL_DONE(m_ctl->run(
            {"--database", "sqlite:" + m_ctl->folder.filePath(file), "add", "todo", "title=" + title}));
    }
    // A port of this machine on which nobody listens.
    static int freePort()
    {
        QTcpServer server;
        return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
    }

    std::unique_ptr<CtlRunner> m_ctl;
};

void CtlConnectionsTest::usesSampleByDefault()
{
    CTL_DONE(m_ctl->run({"add", "todo", "title=In the sample"}));
    QCOMPARE(title(), "In the sample");
    QCOMPARE(m_ctl->run({"--workspace", "sample", "list", "todo", "--json"}).json().size(), 1);
    QVERIFY(QFile::exists(m_ctl->folder.filePath("home/data/sample.db")));
}

void CtlConnectionsTest::sendsNothingWhereItMayOnlyRead()
{
    WorkspaceRepository repository(m_ctl->folder.filePath("home/config"),
                                   m_ctl->folder.filePath("home/data"));
    Workspace shop;
    shop.name = "Shop";
    shop.database = *DatabaseSettings::fromUrl("sqlite:" + m_ctl->folder.filePath("shop.db"));
    shop.brokers.bootstrapServers = "127.0.0.1:1";
    shop.brokers.readOnly = true;
    QVERIFY(repository.save(shop));
    for (const QStringList &command : {QStringList{"generate", "player", "--count", "1"},
                                       QStringList{"produce", "players", "--value", "x"}}) {
        const CtlResult result = m_ctl->run(QStringList{"--workspace", "Shop"} + command, 20);
        CTL_FAILED(result);
        QVERIFY2(result.error.contains("read"), result.text().constData());
    }
}

void CtlConnectionsTest::usesNamedWorkspace()
{
    addTodo("shop.db", "In the shop");
    WorkspaceRepository repository(m_ctl->folder.filePath("home/config"),
                                   m_ctl->folder.filePath("home/data"));
    Workspace shop;
    shop.name = "Shop";
    shop.database = *DatabaseSettings::fromUrl("sqlite:" + m_ctl->folder.filePath("shop.db"));
    QVERIFY(repository.save(shop));
    QCOMPARE(m_ctl->run({"--workspace", "shop", "list", "todo", "--json"}).json().value(0)["title"],
             "In the shop");
    const CtlResult unknown = m_ctl->run({"--workspace", "shpo", "list", "todo"});
    CTL_FAILED(unknown);
    QVERIFY2(unknown.error.contains("\"Shop\""), unknown.text().constData());
}

void CtlConnectionsTest::masksByTheWorkspacesNames()
{
    WorkspaceRepository repository(m_ctl->folder.filePath("home/config"),
                                   m_ctl->folder.filePath("home/data"));
    Workspace shop;
    shop.name = "Shop";
    shop.database = *DatabaseSettings::fromUrl("sqlite:" + m_ctl->folder.filePath("shop.db"));
    shop.decoding.sensitiveNames = {"title"};
    QVERIFY(repository.save(shop));
    CTL_DONE(m_ctl->run({"--workspace", "Shop", "add", "todo", "title=Birthday present"}));
    const QString file = m_ctl->folder.filePath("todos.csv");
    for (const QStringList &command :
         {QStringList{"list", "todo"}, QStringList{"list", "todo", "--json"}, QStringList{"get", "todo", "1"},
          QStringList{"history", "todo", "1"}, QStringList{"export", "todo", file}}) {
        const CtlResult result = m_ctl->run(QStringList{"--workspace", "Shop"} + command);
        CTL_DONE(result);
        QVERIFY2(!result.text().contains("Birthday"), result.text().constData());
    }
    QFile exported(file);
    QVERIFY(exported.open(QIODevice::ReadOnly));
    QVERIFY(!exported.readAll().contains("Birthday"));
    CTL_FAILED(m_ctl->run({"--workspace", "Shop", "list", "todo", "--where", "title:Birth"}));
}

void CtlConnectionsTest::prefersWhatIsSaidMostPlainly()
{
    for (const char *name : {"option", "file", "variable"})
        addTodo(name + QString(".db"), name);
    const auto url = [&](const char *name) {
        return "sqlite:" + m_ctl->folder.filePath(name + QString(".db"));
    };
    m_ctl->environment.insert("DATABASE_URL", url("variable"));
    QCOMPARE(title(), "variable");
    const QString file = m_ctl->write("shop.env", "DATABASE_URL=" + url("file").toUtf8() + "\n");
    QCOMPARE(m_ctl->run({"--env-file", file, "list", "todo", "--json"}).json().value(0)["title"], "file");
    QCOMPARE(m_ctl->run({"--env-file", file, "--database", url("option"), "list", "todo", "--json"})
                 .json()
                 .value(0)["title"],
             "option");
    // A workspace that is named is used as it is.
    QCOMPARE(m_ctl->run({"--workspace", "sample", "list", "todo", "--json"}).json().size(), 0);
}

void CtlConnectionsTest::readsEnvironmentFile()
{
    addTodo("shop.db", "In the shop");
    const QString file = m_ctl->write("shop.env",
                                      "# shop\nexport DATABASE_URL=\"" + m_ctl->database.toUtf8() + "\"\n");
    QCOMPARE(m_ctl->run({"--env-file", file, "list", "todo", "--json"}).json().value(0)["title"],
             "In the shop");
    const CtlResult broken = m_ctl->run(
        {"--env-file", m_ctl->write("broken.env", "A=1\nsecret\n"), "list", "todo"});
    CTL_FAILED(broken);
    QVERIFY2(broken.error.contains("broken.env:2:"), broken.text().constData());
    QVERIFY(!broken.error.contains("secret"));
    CTL_FAILED(m_ctl->run({"--env-file", "none.env", "list", "todo"}));
}

void CtlConnectionsTest::refusesSettings_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("database") << QStringList{"--database", "mysql://u:secret@db/x"};
    QTest::newRow("port") << QStringList{"--database", "postgresql://u:secret@db:99999/x"};
    QTest::newRow("entities") << QStringList{"--entities", "nowhere"};
}

void CtlConnectionsTest::refusesSettings()
{
    QFETCH(QStringList, arguments);
    const CtlResult result = m_ctl->run(arguments + QStringList{"list", "todo"});
    CTL_FAILED(result);
    QVERIFY(!result.error.contains("secret"));
}

void CtlConnectionsTest::tellsUnreachableDatabase()
{
    const QString address = QStringLiteral("postgresql://u:secret@127.0.0.1:%1/shop").arg(freePort());
    for (const QStringList &arguments :
         {QStringList{"migrate"}, QStringList{"list", "todo"}, QStringList{"add", "todo", "title=x"},
          QStringList{"relay", "--once", "--brokers", "127.0.0.1:9"}}) {
        const CtlResult result = m_ctl->run(QStringList{"--database", address} + arguments);
        CTL_FAILED(result);
        QVERIFY2(result.error.contains("127.0.0.1"), result.text().constData());
        QVERIFY(!result.error.contains("secret"));
        QCOMPARE(result.error.count('\n'), 1);
    }
    CTL_FAILED(m_ctl->run({"--database", "postgresql://u@no-such-host.invalid/shop", "list", "todo"}));
}

void CtlConnectionsTest::tellsWrongFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no database") << "text.db";
    QTest::newRow("folder") << ".";
    QTest::newRow("below a file") << "text.db/shop.db";
}

void CtlConnectionsTest::tellsWrongFile()
{
    QFETCH(QString, path);
    m_ctl->write("text.db", QByteArray(5000, 'x'));
    const CtlResult result = m_ctl->run(
        {"--database", "sqlite:" + m_ctl->folder.filePath(path), "list", "todo"});
    CTL_FAILED(result);
    QCOMPARE(m_ctl->read("text.db"), QByteArray(5000, 'x'));
}

void CtlConnectionsTest::tellsUnreachableBrokers_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("topics") << QStringList{"topics"};
    QTest::newRow("consume") << QStringList{"consume", "todos2", "--count", "1"};
    QTest::newRow("publish") << QStringList{"publish", "list", "todo"};
}

void CtlConnectionsTest::tellsUnreachableBrokers()
{
    QFETCH(QStringList, arguments);
    CTL_DONE(m_ctl->onDatabase({"add", "todo", "title=x"}));
    const QString brokers = QStringLiteral("127.0.0.1:%1").arg(freePort());
    const CtlResult result = m_ctl->onDatabase(QStringList{"--brokers", brokers} + arguments);
    CTL_FAILED(result);
    QVERIFY2(result.error.contains(brokers), result.text().constData());
}

void CtlConnectionsTest::needsBrokers_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("topics") << QStringList{"topics"};
    QTest::newRow("consume") << QStringList{"consume", "todos2"};
    QTest::newRow("publish") << QStringList{"publish", "list", "todo"};
    QTest::newRow("relay") << QStringList{"relay", "--once"};
}

void CtlConnectionsTest::needsBrokers()
{
    QFETCH(QStringList, arguments);
    const CtlResult result = m_ctl->onDatabase(arguments);
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("BOOTSTRAP_SERVERS"), result.text().constData());
}

void CtlConnectionsTest::worksWithoutBroker()
{
    m_ctl->environment.insert("BOOTSTRAP_SERVERS", QStringLiteral("127.0.0.1:%1").arg(freePort()));
    CTL_DONE(m_ctl->onDatabase({"add", "todo", "title=x"}));
    CTL_DONE(m_ctl->onDatabase({"set", "todo", "1", "completed=true"}));
}

void CtlConnectionsTest::runsOnEmbeddedBroker()
{
    CTL_DONE(m_ctl->onDatabase({"add", "todo", "title=x"}));
    const QStringList embedded{"--brokers", "embedded", "--json"};
    CTL_DONE(m_ctl->onDatabase(QStringList{"topics"} + embedded));
    // It ends with the command: what was published to it would be gone, and the cursor past it.
    for (const QStringList &command :
         {QStringList{"relay", "--once"}, QStringList{"publish", "list", "todo"}}) {
        const CtlResult refused = m_ctl->onDatabase(command + embedded);
        CTL_WRONG_USE(refused);
        QVERIFY2(refused.error.contains("--brokers"), refused.text().constData());
    }
}

void CtlConnectionsTest::worksUnderPlainLocale()
{
    for (const char *name : {"LC_ALL", "LANG", "LC_CTYPE"})
        m_ctl->environment.insert(name, "C");
    const CtlResult added = m_ctl->onDatabase({"add", "todo", "title=größe 日本"});
    CTL_DONE(added);
    QCOMPARE(added.error, "");
    const CtlResult got = m_ctl->onDatabase({"get", "todo", "1"});
    QVERIFY2(got.out.contains("größe 日本"), got.text().constData());
}

QTEST_GUILESS_MAIN(CtlConnectionsTest)
#include "CtlConnectionsTest.moc"
