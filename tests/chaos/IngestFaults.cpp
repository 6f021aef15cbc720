// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/IngestFaults.h"

#include "tests/chaos/SmallDisk.h"

#include <QTest>

namespace desk::chaos {

// The ingest goes on by itself until everything is taken in, ends in order, and the Checker has no findings.
#define CHAOS_IS_TAKEN_IN(scene, inputs, ingest)                                                             \
    do {                                                                                                     \
        QVERIFY2((inputs).stop(), "The broker did not take the inputs.");                                    \
        CHAOS_TRY((scene).isTakenIn(), *(ingest));                                                           \
        QVERIFY2((ingest)->stop() == 0, qPrintable((ingest)->lastWords()));                                  \
        QCOMPARE((scene).start({"relay", "--once"})->wait(), 0); /* finds nothing to publish in it */        \
        const QString findings = (scene).judge({}, &(inputs));                                               \
        QVERIFY2(findings.isEmpty(), qPrintable(findings));                                                  \
    } while (false)

void IngestFaults::onBoth()
{
    QTest::addColumn<DatabaseKind>("kind");
    QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    QTest::newRow("sqlite") << DatabaseKind::Sqlite;
}

void IngestFaults::theIngestIsKilled()
{
    QFETCH(DatabaseKind, kind);
    Scene scene(m_world, QStringLiteral("the ingest is killed, ") + QTest::currentDataTag(), {kind});
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    for (int round = 0; m_world.goesOn(round, 1, 20); ++round) {
        const auto ingest = scene.startIngest();
        if (m_world.random.bounded(3) > 0)
            QVERIFY2(ingest->says("state", "running"), qPrintable(ingest->lastWords()));
        scene.kill(*ingest, 700);
    }
    const auto ingest = scene.startIngest();
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::ofThreeIngestsOneIsKilled()
{
    Scene scene(m_world, QStringLiteral("of three ingests one is killed"));
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    std::vector<std::unique_ptr<Program>> ingests;
    for (int number = 0; number < 3; ++number)
        ingests.push_back(scene.startIngest());
    for (int round = 0; m_world.goesOn(round, 1, 10); ++round) {
        auto &ingest = ingests[size_t(m_world.random.bounded(3))];
        scene.pause(300, 1500);
        scene.kill(*ingest, 100);
        ingest = scene.startIngest();
    }
    QVERIFY2(inputs.stop(), "The broker did not take the inputs.");
    CHAOS_TRY(scene.isTakenIn(), *ingests[0]);
    for (const auto &ingest : ingests)
        QVERIFY2(ingest->stop() == 0, qPrintable(ingest->lastWords()));
    QCOMPARE(scene.start({"relay", "--once"})->wait(), 0);
    const QString findings = scene.judge({}, &inputs);
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

void IngestFaults::theBrokerIsRestarted()
{
    Scene scene(m_world, QStringLiteral("the broker is stopped and killed under the ingest"));
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    for (int round = 0; m_world.goesOn(round, 1, 2); ++round) {
        QVERIFY2(ingest->says("state", "running"), qPrintable(ingest->lastWords()));
        scene.pause(200, 1500);
        m_world.stack.act("broker", round % 2 == 0 ? "kill" : "stop");
        scene.countCut();
        QVERIFY2(ingest->says("state", "broker away"), qPrintable(ingest->lastWords()));
        m_world.stack.act("broker", "start");
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::theDatabaseIsRestarted()
{
    Scene scene(m_world, QStringLiteral("the database is stopped and killed under the ingest"));
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    for (int round = 0; m_world.goesOn(round, 1, 4); ++round) {
        QVERIFY2(ingest->says("state", "running"), qPrintable(ingest->lastWords()));
        scene.pause(200, 1500);
        m_world.stack.act("postgres", round % 2 == 0 ? "kill" : "stop");
        scene.countCut();
        QVERIFY2(ingest->says("state", "database away"), qPrintable(ingest->lastWords()));
        m_world.stack.act("postgres", "start");
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::connectionsToTheDatabaseAreCut()
{
    Scene scene(m_world, QStringLiteral("connections of ingests to the database are cut"));
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    const auto second = scene.startIngest();
    for (int round = 0; m_world.goesOn(round, 3, 16); ++round) {
        scene.pause(50, 900);
        scene.cutConnections();
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::theNetworkIsCutAndSlowed()
{
    using Line = Proxy::Line;
    Scene::Options options;
    options.way = Scene::Way::ByProxies;
    Scene scene(m_world, QStringLiteral("the network of ingests is cut, stalled and slow"), options);
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    const auto second = scene.startIngest();
    for (int round = 0; m_world.goesOn(round, 2, 12); ++round) {
        Proxy &line = m_world.random.bounded(2) == 0 ? *m_world.brokerLine : *m_world.databaseLine;
        constexpr std::array Faults{Line::Slow, Line::Stalled, Line::Cut};
        line.set(Faults[size_t(m_world.random.bounded(3))]);
        scene.countCut();
        scene.pause(200, 1500);
        if (m_world.random.bounded(2) == 0)
            line.set(Line::Cut);
        scene.pause(0, 300);
        line.set(Line::Open);
        scene.pause(200, 800);
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::theSendersClockIsSetBack()
{
    Scene scene(m_world, QStringLiteral("the senders' clock is set back"));
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    for (int round = 0; m_world.goesOn(round, 3, 8); ++round) {
        scene.pause(300, 700);
        inputs.setClock(-3'600'000LL * (round + 1));
        scene.countCut();
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

void IngestFaults::theDiskIsFull()
{
    const QTemporaryDir folder(m_world.stack.folder() + QStringLiteral("/disk-XXXXXX"));
    const SmallDisk disk(folder.filePath("disk"), 16 * 1024 * 1024);
    if (!disk.isThere())
        QSKIP("Mounting a small disk needs root.");
    Scene scene(m_world, QStringLiteral("the disk is full under the ingest"),
                {DatabaseKind::Sqlite, Scene::Way::Direct, {}, folder.filePath("disk")});
    scene.topics().create(scene.topic("article"), 4);
    Inputs inputs(scene.inputs());
    inputs.start();
    const auto ingest = scene.startIngest();
    QVERIFY2(ingest->says("state", "running"), qPrintable(ingest->lastWords()));
    for (int round = 0; m_world.goesOn(round, 2, 6); ++round) {
        scene.pause(200, 800);
        disk.fill();
        scene.countCut();
        scene.pause(200, 1500);
        disk.clear();
    }
    CHAOS_IS_TAKEN_IN(scene, inputs, ingest);
}

} // namespace desk::chaos
