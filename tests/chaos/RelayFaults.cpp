// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/RelayFaults.h"

#include <QTest>

namespace desk::chaos {

void RelayFaults::onBoth()
{
    QTest::addColumn<DatabaseKind>("kind");
    QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    QTest::newRow("sqlite") << DatabaseKind::Sqlite;
}

void RelayFaults::theRelayIsKilled()
{
    QFETCH(DatabaseKind, kind);
    Scene scene(m_world, QStringLiteral("the relay is killed, ") + QTest::currentDataTag(), {kind});
    Writers writers(scene.writers());
    writers.start();
    for (int round = 0; m_world.goesOn(round, 3, 60); ++round) {
        const auto relay = scene.startRelay();
        // One in three before it is ready.
        if (m_world.random.bounded(3) > 0)
            QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
        scene.kill(*relay, 700);
    }
    const auto relay = scene.startRelay();
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

// It keeps its connection, and with it the lock, until the other one cuts it off.
void RelayFaults::theWorkingRelayHangs()
{
    Scene scene(m_world, QStringLiteral("the working relay hangs"));
    Writers writers(scene.writers());
    writers.start();
    auto working = scene.startRelay();
    QVERIFY2(working->says("ready", true), qPrintable(working->lastWords()));
    auto standby = scene.startRelay();
    QVERIFY2(standby->says("state", "standing by"), qPrintable(standby->lastWords()));
    for (int round = 0; m_world.goesOn(round, 1, 3); ++round) {
        scene.pause(100, 900);
        working->freeze();
        scene.countCut();
        QVERIFY2(standby->says("ready", true), qPrintable(standby->lastWords()));
        scene.pause(100, 900);
        working->thaw();
        QVERIFY2(working->says("state", "standing by"), qPrintable(working->lastWords()));
        std::swap(working, standby);
    }
    CHAOS_COMES_TO_REST(scene, writers, working);
}

void RelayFaults::theBrokerIsRestarted()
{
    Scene scene(m_world, QStringLiteral("the broker is stopped and killed"));
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    for (int round = 0; m_world.goesOn(round, 1, 3); ++round) {
        QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
        scene.pause(200, 1500);
        m_world.stack.act("broker", round % 2 == 0 ? "kill" : "stop");
        scene.countCut();
        QVERIFY2(relay->says("state", "broker away"), qPrintable(relay->lastWords()));
        m_world.stack.act("broker", "start");
    }
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::theBrokerIsAwayForLongerThanMessagesLive()
{
    Scene::Options options;
    options.way = Scene::Way::ByProxies;
    options.brokerProperties = {{"message.timeout.ms", "2000"}, {"socket.timeout.ms", "1500"}};
    Scene scene(m_world, QStringLiteral("the broker is away, messages time out"), options);
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    for (int round = 0; m_world.goesOn(round, 1, 4); ++round) {
        QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
        scene.pause(100, 500);
        // Also without a reset: what is on its way gets no answer, and may have arrived.
        m_world.brokerLine->set(round % 2 == 0 ? Proxy::Line::Stalled : Proxy::Line::Cut);
        scene.countCut();
        QVERIFY2(relay->says("state", "broker away"), qPrintable(relay->lastWords()));
        scene.pause(2500, 5000);
        m_world.brokerLine->set(Proxy::Line::Open);
    }
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::aTopicIsDeleted()
{
    Scene scene(m_world, QStringLiteral("a topic is deleted"));
    Writers articles([&] {
        Writers::Options options = scene.writers();
        options.entities = QStringList{"article"};
        return options;
    }());
    Writers parcels([&] {
        Writers::Options options = scene.writers();
        options.entities = QStringList{"parcel"};
        options.tag += QStringLiteral(" parcels");
        return options;
    }());
    const auto relay = scene.startRelay();
    QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
    parcels.start(); // goes on all the while
    QList<Message> kept;
    for (int round = 0; m_world.goesOn(round, 1, 4); ++round) {
        articles.start();
        scene.pause(500, 1500);
        articles.stop();
        // What stands on the topic goes with it; everything later must be on the new one.
        const qint64 last = scene.database()
                                .value(QStringLiteral(
                                    "SELECT max(sequence) FROM journal WHERE entity = 'article'"))
                                .toLongLong();
        const QString reached
            = QStringLiteral("SELECT (SELECT cursor FROM relay_state) >= catalog_position_of(%1)").arg(last);
        CHAOS_TRY(scene.database().value(reached).toBool(), *relay);
        kept += scene.topics().read(scene.topic("article"));
        scene.topics().remove(scene.topic("article"));
        scene.countCut();
    }
    articles.start();
    scene.pause(500, 1500);
    articles.stop();
    parcels.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    scene.keep(kept);
    const QString findings = scene.judge(articles.edits() + parcels.edits());
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
    QVERIFY(scene.database().refused().isEmpty());
}

void RelayFaults::anEventIsTooLarge()
{
    constexpr int LargestMessage = 4'000;
    Scene scene(m_world, QStringLiteral("events are too large for their topic"));
    scene.topics().create(scene.topic("article"), 4,
                          {{"max.message.bytes", QString::number(LargestMessage)}});
    Writers::Options options = scene.writers();
    options.noteLength = LargestMessage + 100; // so that one in forty is too large
    Writers writers(options);
    writers.start();
    const auto relay = scene.startRelay();
    QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
    scene.pause(1000 * m_world.amount(1, 4), 2000 * m_world.amount(1, 4));
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    const qsizetype refused = scene.database().refused().size();
    QVERIFY(refused > 0);
    const QString findings = scene.judge(writers.edits());
    QVERIFY2(findings.isEmpty(), qPrintable(findings));

    // The operator sees to it while edits go on, and a relay is killed over it.
    scene.topics().setLargestMessage(scene.topic("article"), 1'000'000);
    writers.start();
    const auto retry = scene.start({"refused", "retry", "--all"});
    QVERIFY2(retry->wait() == 0, qPrintable(retry->lastWords()));
    scene.kill(*relay, 300);
    const auto next = scene.startRelay();
    writers.stop();
    CHAOS_TRY(scene.isPublished() && scene.database().refused().isEmpty(), *next);
    QVERIFY2(next->stop() == 0, qPrintable(next->lastWords()));
    const QString later = scene.judge(writers.edits());
    QVERIFY2(later.isEmpty(), qPrintable(later));
}

void RelayFaults::theRegistryIsRestarted()
{
    Scene scene(m_world, QStringLiteral("the registry is killed"));
    Writers::Options options = scene.writers();
    options.entities = QStringList{"article", "invoice"};
    Writers writers(options);
    writers.start();
    for (int round = 0; m_world.goesOn(round, 1, 2); ++round) {
        m_world.stack.act("registry", "kill");
        scene.countCut();
        const auto relay = scene.startRelay();
        QVERIFY2(relay->says("state", "registry away"), qPrintable(relay->lastWords()));
        scene.kill(*relay, 500);
        const auto next = scene.startRelay();
        QVERIFY2(next->says("state", "registry away"), qPrintable(next->lastWords()));
        m_world.stack.act("registry", "start");
        QVERIFY2(next->says("ready", true), qPrintable(next->lastWords()));
        scene.kill(*next, 500);
    }
    const auto relay = scene.startRelay();
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

} // namespace desk::chaos
