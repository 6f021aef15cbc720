// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/HttpRequest.h"
#include "tests/ctl/ServiceProcess.h"
#include "tests/ctl/StackRunner.h"

#include <QElapsedTimer>

#include <memory>

using namespace desk;

// "catalogctl relay" as a service, with real processes and the real broker, on both databases.
class CtlRelayServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = m_ctl.begin();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        m_postgreSql = m_ctl.database;
        m_sqlite = QStringLiteral("sqlite:") + m_ctl.folder.filePath(QStringLiteral("service.db"));
        for (const QString &database : {m_postgreSql, m_sqlite})
            CTL_DONE(m_ctl.run({"--database", database, "migrate"}));
    }

    void takesOverWithinSecondsFromAKilledOne_data() { onBoth(); }
    void takesOverWithinSecondsFromAKilledOne()
    {
        QFETCH(QString, database);
        auto active = std::make_unique<ServiceProcess>(m_ctl, database, "relay");
        QVERIFY(active->isReady());
        ServiceProcess next(m_ctl, database, "relay");
        QVERIFY(!next.waitFor("state", "standing by").isEmpty());
        const QString url = QStringLiteral("image_url=https://shop.example/%1.webp");
        CTL_DONE(m_ctl.run({"--database", database, "add", "image", url.arg("before")}));
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"})); // waits until it is published

        QElapsedTimer timer;
        timer.start();
        active->end(SIGKILL);
        QVERIFY(next.isReady());
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        CTL_DONE(m_ctl.run({"--database", database, "add", "image", url.arg("after")}));
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"}));
        const QJsonObject status
            = m_ctl.run({"--database", database, "journal", "status", "--json"}).json().value(0);
        QCOMPARE(status["relayCursor"], status["head"]);
        QCOMPARE(next.end(SIGTERM), 0);
    }

    void drainsAndEndsInOrderOnSigterm_data() { onBoth(); }
    void drainsAndEndsInOrderOnSigterm()
    {
        QFETCH(QString, database);
        QByteArray lines = "title\n";
        for (int number = 0; number < 3'000; ++number)
            lines += "Todo " + QByteArray::number(number) + '\n';
        ServiceProcess relay(m_ctl, database, "relay");
        QVERIFY(relay.isReady());
        CTL_DONE(m_ctl.run({"--database", database, "import", "todo", m_ctl.write("todos.csv", lines)}));
        QCOMPARE(relay.end(SIGTERM), 0);
        const QJsonObject stopped = relay.waitFor("state", "stopped");
        const QJsonObject status
            = m_ctl.run({"--database", database, "journal", "status", "--json"}).json().value(0);
        QCOMPARE(status["relayCursor"], stopped["cursor"]); // what was acknowledged is noted
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"}));
    }

    void servesItsNumbersAndSurvivesHostileRequests()
    {
        ServiceProcess relay(m_ctl, m_sqlite, "relay", {"--metrics-port", "0"});
        const quint16 port = quint16(
            QUrl(relay.waitFor("metrics", QJsonValue::Undefined)["metrics"].toString()).port());
        QVERIFY(port > 0);
        QVERIFY(relay.isReady());
        QTRY_VERIFY_WITH_TIMEOUT(
            ask(port, "GET /metrics HTTP/1.1\r\n\r\n").contains("catalog_relay_lag_events 0\n"), 20'000);
        const QByteArray metrics = ask(port, "GET /metrics?x=1 HTTP/1.1\r\nHost: here\r\n\r\n");
        QVERIFY(metrics.startsWith("HTTP/1.1 200 OK\r\n"));
        for (const char *line :
             {"catalog_relay_state{state=\"running\"} 1\n", "catalog_relay_refused_events 0\n",
              "catalog_relay_held_back_events 0\n", "catalog_relay_database_up 1\n",
              "# TYPE catalog_relay_published_events_total counter\n"})
            QVERIFY2(metrics.contains(line), metrics.constData());
        for (const char *name :
             {"\ncatalog_journal_head_position ", "\ncatalog_relay_cursor_position ",
              "\ncatalog_relay_uptime_seconds ", "\ncatalog_relay_oldest_waiting_seconds "})
            QVERIFY2(metrics.contains(name), metrics.constData());
        QVERIFY(ask(port, "GET /ready HTTP/1.0\r\n\r\n").endsWith("\r\n\r\nrunning\n"));
        QVERIFY(ask(port, "HEAD /ready HTTP/1.1\r\n\r\n").endsWith("\r\n\r\n"));

        QVERIFY(ask(port, "GET /other HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404"));
        QVERIFY(
            ask(port, "POST /metrics HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello").startsWith("HTTP/1.1 405"));
        QVERIFY(ask(port, "nonsense\r\n\r\n").startsWith("HTTP/1.1 400"));
        QVERIFY(ask(port, QByteArray(9'000, 'x')).startsWith("HTTP/1.1 431"));
        for (int number = 0; number < 100; ++number) // more than may be there at a time
            QVERIFY2(ask(port, "GET /ready HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200"),
                     qPrintable(QString::number(number)));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ask(port, "GET /metrics HTTP/1.1\r\n"), QByteArray()); // never finished: cut off
        QVERIFY2(timer.elapsed() < 12'000, qPrintable(QString::number(timer.elapsed())));
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        for (int number = 0; number < 60; ++number) {
            crowd.push_back(std::make_unique<QTcpSocket>());
            crowd.back()->connectToHost(QStringLiteral("127.0.0.1"), port);
            crowd.back()->waitForConnected(5'000);
        }
        // The silent ones are cut off, and then it answers again.
        QTRY_VERIFY_WITH_TIMEOUT(ask(port, "GET /ready HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200"), 20'000);
        QCOMPARE(relay.end(SIGTERM), 0);
    }

    void listsRetriesAndDropsRefusedEvents_data() { onBoth(); }
    void listsRetriesAndDropsRefusedEvents()
    {
        QFETCH(QString, database);
        const auto refused = [&](const QStringList &words) {
            return m_ctl.run(QStringList{"--database", database, "refused"} + words);
        };
        CTL_DONE(refused({}));
        CTL_FAILED(refused({"retry", "1"}));
        CTL_WRONG_USE(refused({"retry"}));
        CTL_WRONG_USE(refused({"drop", "--all"}));
        CTL_WRONG_USE(refused({"retry", "x"}));
        CTL_DONE(refused({"retry", "--all"}));

        // Larger than any producer here takes, and written by a program that knows no limits.
        const bool isSqlite = database == m_sqlite;
        const DatabaseSettings settings = *DatabaseSettings::fromUrl(isSqlite ? database
                                                                              : m_ctl.databaseWithPassword());
        const QString huge = isSqlite ? "hex(zeroblob(6000000))" : "repeat('x', 12000000)";
        StoreFixture::run(
            settings,
            {QStringLiteral("INSERT INTO todo (id, title, description) VALUES (900001, 'Big', %1)")
                 .arg(huge)},
            nullptr);
        CTL_FAILED(m_ctl.run({"--database", database, "relay", "--once"}));
        const QJsonObject first = refused({"list", "--json"}).json().value(0);
        QCOMPARE(first["state"], "refused");
        CTL_DONE(
            m_ctl.run({"--database", database, "set", "todo", first["id"].toString(), "description=small"}));
        m_ctl.run({"--database", database, "relay", "--once"});
        QList<QJsonObject> list = refused({"--json"}).json();
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[1]["state"], "held back");
        const QString position = QString::number(first["position"].toInteger());
        QCOMPARE(refused({"retry", position, "--json"}).json().value(0)["retried"], 1);
        QCOMPARE(refused({"--json"}).json().value(1)["state"], "on its way");
        m_ctl.run({"--database", database, "relay", "--once"}); // refused again
        QCOMPARE(refused({"--json"}).json().value(0)["state"], "refused");
        CTL_FAILED(refused({"drop", QString::number(list[1]["position"].toInteger())}));
        QCOMPARE(refused({"drop", position, "--json"}).json().value(0)["dropped"], 1);
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"}));
        QVERIFY(refused({"--json"}).json().isEmpty());
    }

    void showsAndPrunesTheJournal_data() { onBoth(); }
    void showsAndPrunesTheJournal()
    {
        QFETCH(QString, database);
        const auto journal = [&](const QStringList &words) {
            return m_ctl.run(QStringList{"--database", database, "journal"} + words);
        };
        QByteArray lines = "title\n";
        for (int number = 0; number < 20; ++number)
            lines += "Todo " + QByteArray::number(number) + '\n';
        CTL_DONE(m_ctl.run({"--database", database, "import", "todo", m_ctl.write("some.csv", lines)}));
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"}));
        const QJsonObject before = journal({"status", "--json"}).json().value(0);
        const qint64 rows = before["rows"].toInteger();
        QVERIFY(rows > 10);
        CTL_WRONG_USE(journal({"prune"}));
        CTL_WRONG_USE(journal({"status", "--keep", "3"}));
        CTL_WRONG_USE(journal({"prune", "--keep", "some"}));
        CTL_FAILED(journal({"forget", "nobody"}));
        QCOMPARE(journal({"prune", "--older-than", "1", "--json"}).json().value(0)["removed"], 0);
        QCOMPARE(journal({"prune", "--keep", "5", "--dry-run", "--json"}).json().value(0)["removable"],
                 rows - 5);
        QCOMPARE(journal({"prune", "--keep", "5", "--json"}).json().value(0)["removed"], rows - 5);
        const QJsonObject after = journal({"status", "--json"}).json().value(0);
        QCOMPARE(after["rows"], 5);
        QCOMPARE(after["head"], before["head"]);
        QVERIFY(journal({"status"}).out.contains("kept for"));
        // A change that is not published yet stays.
        CTL_DONE(m_ctl.run({"--database", database, "add", "todo", "title=Waits"}));
        const QJsonObject kept = journal({"prune", "--keep", "0", "--json"}).json().value(0);
        QCOMPARE(kept["limit"], "relay");
        QCOMPARE(journal({"status", "--json"}).json().value(0)["rows"], 1);
        CTL_DONE(m_ctl.run({"--database", database, "relay", "--once"}));
    }

    void givesARestoredDatabaseANewId_data() { onBoth(); }
    void givesARestoredDatabaseANewId()
    {
        QFETCH(QString, database);
        const auto restored = [&] {
            return m_ctl.run({"--database", database, "journal", "restored", "--json"});
        };
        for (const char *service : {"relay", "ingest"}) {
            ServiceProcess process(m_ctl, database, QString::fromLatin1(service));
            QVERIFY(process.isReady());
            const CtlResult refused = restored();
            CTL_FAILED(refused);
            QVERIFY2(refused.error.contains("stop relay and ingest"), refused.text().constData());
            QCOMPARE(process.end(SIGTERM), 0);
        }
        const CtlResult done = restored();
        CTL_DONE(done);
        const QJsonObject ids = done.json().value(0);
        QVERIFY(ids["before"] != ids["now"]);
        QCOMPARE(restored().json().value(0)["before"], ids["now"]);
        CTL_WRONG_USE(m_ctl.run({"--database", database, "journal", "restored", "all"}));
    }

private:
    void onBoth() const
    {
        QTest::addColumn<QString>("database");
        QTest::newRow("postgresql") << m_postgreSql;
        QTest::newRow("sqlite") << m_sqlite;
    }

    StackRunner m_ctl;
    QString m_postgreSql;
    QString m_sqlite;
};

QTEST_GUILESS_MAIN(CtlRelayServiceTest)
#include "CtlRelayServiceTest.moc"
