// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/StackRunner.h"

#include <QDeadlineTimer>

using namespace desk;

// Publishing and reading topics on the real broker, and catalogctl's ways to fail on the real servers.
class CtlEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void publishesEveryOperationInOrder();
    void publishesListAndGet();
    void refusesToPublishUnknownRecords();
    void listsTopics();
    void consumesFromOffset();
    void consumesWhatAFilterHoldsFor();
    void consumesWhatArrives();
    void endsConsumeBySignal();
    void endsConsumeByTime();
    void relaysUntilStopped();
    void standsByWhileAnotherRelays();
    void tellsWrongPassword();
    void asksNobodyForPassword();
    void tellsUnknownDatabase();

private:
    StackRunner m_ctl;
};

// Waits until the program has printed these words; what it printed is taken.
static bool hasSaid(QProcess &process, const QByteArray &words)
{
    QByteArray said;
    const QDeadlineTimer deadline(60'000);
    while (!deadline.hasExpired() && !said.contains(words)) {
        process.waitForReadyRead(200);
        said += process.readAllStandardOutput();
    }
    return said.contains(words);
}

void CtlEventsTest::initTestCase()
{
    const QString missing = m_ctl.begin();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    CTL_DONE(m_ctl.onDatabase({"migrate"}));
}

void CtlEventsTest::publishesEveryOperationInOrder()
{
    CTL_DONE(m_ctl.onDatabase({"add", "product", "id=1", "name=Lamp", "price=9.99"}));
    CTL_DONE(m_ctl.onDatabase({"set", "product", "1", "price=10.49"}));
    CTL_DONE(m_ctl.onDatabase({"set", "product", "1", "price=10.50", "description=größe"}));
    CTL_DONE(m_ctl.onDatabase({"delete", "product", "1"}));
    const CtlResult relayed = m_ctl.onDatabase({"relay", "--once"});
    CTL_DONE(relayed);
    QCOMPARE(relayed.out, "4 published, 0 refused.\n");

    QCOMPARE(m_ctl.consume("products_add", 1).json().value(0)["value"].toObject()["price"], "9.99");
    const QList<QJsonObject> updates = m_ctl.consume("products_update", 2).json();
    QCOMPARE(updates.size(), 2);
    QCOMPARE(updates[0]["value"].toObject()["price"], "10.49");
    QCOMPARE(updates[1]["value"].toObject()["price"], "10.50");
    QCOMPARE(updates[1]["value"].toObject()["name"], "Lamp"); // the whole record, always
    QCOMPARE(updates[0]["headers"].toObject()["version"], "2");
    const QJsonObject deleted = m_ctl.consume("products_delete", 1).json().value(0);
    QCOMPARE(deleted["id"], "1");
    QCOMPARE(deleted["operation"], "delete");
}

void CtlEventsTest::publishesListAndGet()
{
    for (const char *name : {"Alpha", "Beta", "Gamma"})
        CTL_DONE(m_ctl.onDatabase({"add", "category", QStringLiteral("name=%1").arg(name)}));
    CTL_DONE(m_ctl.onDatabase({"publish", "list", "category"}));
    const QJsonArray records = m_ctl.consume("categories_list", 1).json().value(0)["records"].toArray();
    QCOMPARE(records.size(), 3);
    QCOMPARE(records[1].toObject()["name"], "Beta");

    const CtlResult published = m_ctl.onDatabase({"publish", "get", "category", "3", "1", "--json"});
    CTL_DONE(published);
    QCOMPARE(published.json().value(0)["published"], 2);
    QStringList names;
    for (const QJsonObject &event : m_ctl.consume("categories_get", 2).json())
        names.append(event["value"].toObject()["name"].toString());
    names.sort();
    QCOMPARE(names, (QStringList{"Alpha", "Gamma"}));
}

void CtlEventsTest::refusesToPublishUnknownRecords()
{
    const CtlResult result = m_ctl.onDatabase({"publish", "get", "category", "1", "99"});
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("99"), result.text().constData());
}

void CtlEventsTest::listsTopics()
{
    const CtlResult text = m_ctl.run({"topics"});
    CTL_DONE(text);
    QVERIFY2(text.out.contains("products_update"), text.text().constData());
    for (const QJsonObject &topic : m_ctl.run({"topics", "--json"}).json()) {
        if (topic["name"] != "products_update")
            continue;
        QVERIFY(topic["partitions"].toInt() > 0);
        QCOMPARE(topic["entity"], "product");
        QCOMPARE(topic["verb"], "update");
        return;
    }
    QFAIL("There is no products_update.");
}

void CtlEventsTest::consumesFromOffset()
{
    const QList<QJsonObject> updates = m_ctl.consume("products_update", 2).json();
    QCOMPARE(updates[0]["partition"], updates[1]["partition"]);
    // Other tests' events may stand at that offset of other partitions.
    const int offset = updates[1]["offset"].toInt();
    const CtlResult result = m_ctl.run(
        {"consume", "products_update", "--from", QString::number(offset), "--timeout", "8"});
    CTL_DONE(result);
    const QString place = QStringLiteral("  products_update/%1@").arg(updates[1]["partition"].toInt());
    const QString line = place + QStringLiteral("%1  1  update  Lamp · price 10.50").arg(offset);
    QVERIFY2(result.out.contains(line), result.text().constData());
    QVERIFY2(offset == 0 || !result.out.contains(place + QString::number(offset - 1) + ' '),
             result.text().constData());
    CTL_DONE(m_ctl.run({"consume", "products_add", "products_update", "--from", "beginning", "--count", "3",
                        "--timeout", "60"}));
}

void CtlEventsTest::consumesWhatAFilterHoldsFor()
{
    const auto consume = [this](const QString &filter) {
        return m_ctl.run({"consume", "products_add", "products_update", "--from", "beginning", "--filter",
                          filter, "--count", "1", "--timeout", "60", "--json"});
    };
    const QString ours = QStringLiteral("header.origin = \"%1\"").arg(m_ctl.databaseId());
    const CtlResult found = consume(ours + " and price = 10.5 and name ~ lamp and description ~ größe");
    CTL_DONE(found);
    QCOMPARE(found.json().size(), 1);
    QCOMPARE(found.json().value(0)["topic"], "products_update");
    QCOMPARE(found.json().value(0)["value"].toObject()["price"], "10.50");
    const CtlResult bad = consume("price >");
    QCOMPARE(bad.code, 2);
    QVERIFY2(bad.error.contains("Column 8"), bad.text().constData());
}

void CtlEventsTest::consumesWhatArrives()
{
    QProcess consumer;
    m_ctl.start(
        consumer,
        {"consume", "todos2", "todos_update", "--from", "end", "--count", "2", "--timeout", "120", "--json"});
    QVERIFY(consumer.waitForStarted());
    // Nothing tells from outside when it has found the end, so events are made until it has seen two.
    for (int round = 1; round <= 60 && consumer.state() == QProcess::Running; ++round) {
        CTL_DONE(m_ctl.onDatabase({"add", "todo", QStringLiteral("title=Round %1").arg(round)}));
        CTL_DONE(m_ctl.onDatabase({"relay", "--once"}));
        consumer.waitForFinished(200);
    }
    QCOMPARE(consumer.state(), QProcess::NotRunning);
    QCOMPARE(consumer.exitCode(), 0);
    QCOMPARE(consumer.readAllStandardOutput().count('\n'), 2);
}

void CtlEventsTest::endsConsumeBySignal()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        QProcess consumer;
        m_ctl.start(consumer, {"consume", "products_add", "--from", "beginning"});
        QVERIFY(consumer.waitForReadyRead(60'000));
        ::kill(pid_t(consumer.processId()), signal);
        QVERIFY(consumer.waitForFinished(10'000));
        QCOMPARE(consumer.exitStatus(), QProcess::NormalExit);
        QCOMPARE(consumer.exitCode(), 0);
    }
}

void CtlEventsTest::endsConsumeByTime()
{
    const CtlResult result = m_ctl.run({"consume", "no_such_topic", "--count", "1", "--timeout", "2"});
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("no_such_topic"), result.text().constData());
    QVERIFY2(result.error.contains("0 of 1"), result.text().constData());
    const QStringList topics = [&] {
        QStringList names;
        for (const QJsonObject &topic : m_ctl.run({"topics", "--json"}).json())
            names.append(topic["name"].toString());
        return names;
    }();
    QVERIFY(!topics.contains("no_such_topic")); // looking creates nothing
}

void CtlEventsTest::relaysUntilStopped()
{
    QProcess relay;
    m_ctl.start(relay, {"--database", m_ctl.database, "relay", "--json"});
    QVERIFY(hasSaid(relay, "running"));
    CTL_DONE(m_ctl.onDatabase({"add", "image", "image_url=https://shop.example/live.webp"}));
    QCOMPARE(m_ctl.consume("images_add", 1).json().value(0)["value"].toObject()["image_url"],
             "https://shop.example/live.webp");
    ::kill(pid_t(relay.processId()), SIGTERM);
    QVERIFY(relay.waitForFinished(10'000));
    QCOMPARE(relay.exitStatus(), QProcess::NormalExit);
    QCOMPARE(relay.exitCode(), 0);
    const QByteArray last = relay.readAllStandardOutput().trimmed().split('\n').constLast();
    QCOMPARE(QJsonDocument::fromJson(last).object()["state"], "stopped");
}

void CtlEventsTest::standsByWhileAnotherRelays()
{
    QProcess first;
    m_ctl.start(first, {"--database", m_ctl.database, "relay"});
    QVERIFY(hasSaid(first, "running"));
    QProcess second;
    m_ctl.start(second, {"--database", m_ctl.database, "relay"});
    QVERIFY(hasSaid(second, "standing by"));
    CTL_DONE(m_ctl.onDatabase({"add", "image", "image_url=https://shop.example/once.webp"}));
    CTL_DONE(m_ctl.onDatabase({"relay", "--once"})); // waits for the one that works
    for (QProcess *process : {&first, &second}) {
        ::kill(pid_t(process->processId()), SIGTERM);
        QVERIFY(process->waitForFinished(10'000));
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(m_ctl.consume("images_add", 2).json().size(), 2);
}

void CtlEventsTest::tellsWrongPassword()
{
    m_ctl.environment.insert("DATABASE_PASSWORD", "wrong secret");
    const CtlResult result = m_ctl.onDatabase({"list", "todo"});
    m_ctl.environment.insert("DATABASE_PASSWORD",
                             DatabaseSettings::fromUrl(m_ctl.databaseWithPassword())->password);
    CTL_FAILED(result);
    QVERIFY2(!result.error.contains("wrong secret"), result.text().constData());
    QVERIFY2(result.error.contains("password", Qt::CaseInsensitive), result.text().constData());
}

void CtlEventsTest::asksNobodyForPassword()
{
    // Without a terminal a missing password is a sentence, not a question.
    m_ctl.environment.remove("DATABASE_PASSWORD");
    const CtlResult result = m_ctl.onDatabase({"list", "todo"});
    m_ctl.environment.insert("DATABASE_PASSWORD",
                             DatabaseSettings::fromUrl(m_ctl.databaseWithPassword())->password);
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("DATABASE_PASSWORD"), result.text().constData());
}

void CtlEventsTest::tellsUnknownDatabase()
{
    QUrl url(m_ctl.database);
    url.setPath("/no_such_catalog");
    const CtlResult result = m_ctl.run({"--database", url.toString(), "list", "todo"});
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("no_such_catalog"), result.text().constData());
}

QTEST_GUILESS_MAIN(CtlEventsTest)
#include "CtlEventsTest.moc"
