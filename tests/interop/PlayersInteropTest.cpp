// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/CtlRunner.h"

#include <QSet>
#include <QUuid>

using namespace desk;

// Generated players on the real broker, read field by field by a Python client of contract C.
class PlayersInteropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(!qEnvironmentVariableIsEmpty("BOOTSTRAP_SERVERS"), "\"./dev test\" starts the broker.");
        m_ctl.environment.insert("BOOTSTRAP_SERVERS", qEnvironmentVariable("BOOTSTRAP_SERVERS"));
        m_ctl.environment.insert("TOPICS_PARTITIONS", "3");
        m_folder = qEnvironmentVariable("CATALOG_SOURCE") + "/tests/interop/";
        QProcess venv;
        venv.start(m_folder + "venv", {});
        QVERIFY(venv.waitForFinished(240'000));
        QVERIFY2(venv.exitCode() == 0, venv.readAllStandardError().constData());
        m_python = QString::fromUtf8(venv.readAllStandardOutput()).trimmed();
        m_topic = "players-" + QUuid::createUuid().toString(QUuid::Id128).left(12);
    }

    void servicesReadGeneratedPlayers()
    {
        const CtlResult result = m_ctl.run(
            {"generate", "player", "--count", "500", "--seed", "5", "--topic", m_topic, "--json"});
        CTL_DONE(result);
        const QJsonObject counts = result.json().value(0);
        QCOMPARE(counts["sent"], 500);
        QCOMPARE(counts["acknowledged"], 500);
        QCOMPARE(counts["failed"], 0);
        QCOMPARE(counts["seed"], "5");

        QProcess process;
        process.setProcessEnvironment(m_ctl.environment);
        process.start(m_python, {m_folder + "read_players.py", m_topic, "500"});
        QVERIFY(process.waitForFinished(120'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QHash<QString, QJsonObject> read;
        QHash<QString, QSet<int>> partitions; // of each key
        for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
            const QJsonObject message = QJsonDocument::fromJson(line).object();
            const QJsonObject player = message["value"].toObject();
            if (!player.isEmpty())
                read.insert(player["id"].toString(), player);
            if (!line.isEmpty())
                partitions[message["key"].toString()].insert(message["partition"].toInt());
        }
        QCOMPARE(read.size(), 500);
        QCOMPARE(partitions.size(), 4);
        for (const QSet<int> &ofKey : std::as_const(partitions))
            QCOMPARE(ofKey.size(), 1); // order holds for each position

        // What was to be sent is what was read.
        const CtlResult shown = m_ctl.run(
            {"generate", "player", "--count", "500", "--seed", "5", "--dry-run"});
        CTL_DONE(shown);
        QCOMPARE(shown.json().size(), 500);
        for (const QJsonObject &message : shown.json()) {
            const QJsonObject player = message["value"].toObject();
            QCOMPARE(read.value(player["id"].toString()), player);
        }
    }

    void whatIsPrintedCanBeSentAgain()
    {
        const CtlResult printed = m_ctl.run(
            {"consume", m_topic, "--from", "beginning", "--count", "20", "--timeout", "60", "--json"});
        CTL_DONE(printed);
        const QString copy = m_topic + "-copy";
        const QString file = m_ctl.write("lines", printed.out.toUtf8());
        QProcess process;
        process.setProcessEnvironment(m_ctl.environment);
        process.setStandardInputFile(file);
        process.start(CtlRunner::program(), {"produce", copy, "--create", "--header", "copied=yes"});
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QCOMPARE(process.readAllStandardOutput(), QByteArray("20 sent, 20 acknowledged, 0 failed.\n"));
        const CtlResult again = m_ctl.run(
            {"consume", copy, "--from", "beginning", "--count", "20", "--timeout", "60", "--json"});
        CTL_DONE(again);
        QSet<QJsonValue> values;
        for (const QJsonObject &message : printed.json())
            values.insert(message["value"]);
        for (const QJsonObject &message : again.json()) {
            QVERIFY(values.contains(message["value"]));
            QCOMPARE(message["key"], message["value"].toObject()["position"].toString().toLower());
            QCOMPARE(message["headers"].toObject()["copied"], "yes");
        }
    }

    void tellsWhatWasNotTaken()
    {
        const CtlResult result = m_ctl.run({"produce", m_topic + "-none", "--value", "x", "--key", "k"});
        CTL_FAILED(result);
        QCOMPARE(result.out, "1 sent, 0 acknowledged, 1 failed.\n");
        QVERIFY2(result.error.contains("There is no topic"), result.text().constData());
    }

    void saysWhatWasSentWhenStopped()
    {
        QProcess process;
        m_ctl.start(
            process,
            {"generate", "player", "--count", "1000000", "--rate", "200", "--topic", m_topic + "-slow"});
        QVERIFY(process.waitForStarted());
        CTL_DONE(m_ctl.run(
            {"consume", m_topic + "-slow", "--from", "beginning", "--count", "5", "--timeout", "60"}));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardOutput().contains(" acknowledged, 0 failed"));
        QVERIFY(process.readAllStandardError().contains("Stopped"));
    }

private:
    CtlRunner m_ctl;
    QString m_python;
    QString m_folder;
    QString m_topic;
};

QTEST_GUILESS_MAIN(PlayersInteropTest)
#include "PlayersInteropTest.moc"
