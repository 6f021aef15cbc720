// SPDX-License-Identifier: GPL-3.0-or-later
// The faults on the database's side of publishing.
#include "tests/chaos/RelayFaults.h"
#include "tests/chaos/SmallDisk.h"

#include <QDir>
#include <QTest>

namespace desk::chaos {
namespace {

// One edit by catalogctl, on records that the other writers leave alone.
struct ProgramEdit {
    QStringList words;
    QStringList marks;
};

ProgramEdit randomEdit(const Scene &scene, World &world, int number)
{
    QRandomGenerator &random = world.random;
    constexpr int FirstId = 1001;
    constexpr int Records = 40;
    const QString id = QString::number(FirstId + random.bounded(Records));
    const auto mark = [&](int row) {
        return QStringLiteral("%1 program %2.%3").arg(scene.writers().tag).arg(number).arg(row);
    };
    switch (random.bounded(6)) {
    case 0:
        return {{"delete", "article", id}, {}};
    case 1:
        return {{"set", "article", id, "name=" + mark(0)}, {mark(0)}};
    case 2:
        return {{"add", "article", "id=" + id, "name=" + mark(0)}, {mark(0)}};
    default:
        break;
    }
    ProgramEdit edit;
    const QString path = scene.folder() + QStringLiteral("/rows.csv");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written.", qPrintable(path));
    file.write("id,name,stock\n");
    const int rows = random.bounded(1, world.amount(400, 3'000));
    for (int row = 0; row < rows; ++row) {
        // Few of them the single edits' too, so that a run is many transactions.
        edit.marks.append(mark(row));
        file.write(QStringLiteral("%1,%2,%3\n")
                       .arg(FirstId + row)
                       .arg(mark(row))
                       .arg(random.bounded(1000))
                       .toUtf8());
    }
    edit.words = QStringList{"import", "article", path, "--update"};
    return edit;
}

} // namespace

void RelayFaults::editsAreKilled()
{
    QFETCH(DatabaseKind, kind);
    Scene scene(m_world, QStringLiteral("edits are killed, ") + QTest::currentDataTag(), {kind});
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    QList<Edit> edits;
    for (int round = 0; m_world.goesOn(round, 3, 60); ++round) {
        const ProgramEdit edit = randomEdit(scene, m_world, round);
        const auto program = scene.start(edit.words);
        if (m_world.random.bounded(4) > 0)
            scene.kill(*program, 500);
        const auto outcome = program->wait() == 0 ? Edit::Outcome::Committed : Edit::Outcome::Unknown;
        for (const QString &mark : edit.marks)
            edits.append({mark, outcome});
    }
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    const QString findings = scene.judge(writers.edits() + edits);
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

void RelayFaults::ofThreeRelaysOneIsKilled()
{
    QFETCH(DatabaseKind, kind);
    Scene scene(m_world, QStringLiteral("of three relays one is killed, ") + QTest::currentDataTag(), {kind});
    Writers writers(scene.writers());
    writers.start();
    std::vector<std::unique_ptr<Program>> relays;
    for (int number = 0; number < 3; ++number)
        relays.push_back(scene.startRelay());
    for (int round = 0; m_world.goesOn(round, 2, 20); ++round) {
        auto &relay = relays[size_t(m_world.random.bounded(3))];
        scene.pause(100, 900);
        scene.kill(*relay, 100);
        relay = scene.startRelay();
    }
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relays[0]);
    for (const auto &relay : relays)
        QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    const QString findings = scene.judge(writers.edits());
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

void RelayFaults::theDatabaseIsRestarted()
{
    Scene scene(m_world, QStringLiteral("the database is stopped and killed"));
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    const auto second = scene.startRelay();
    for (int round = 0; m_world.goesOn(round, 2, 4); ++round) {
        scene.pause(500, 1500);
        m_world.stack.act("postgres", round % 2 == 0 ? "kill" : "stop");
        scene.countCut();
        QVERIFY2(relay->says("state", "database away"), qPrintable(relay->lastWords()));
        m_world.stack.act("postgres", "start");
    }
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::connectionsToTheDatabaseAreCut()
{
    Scene scene(m_world, QStringLiteral("connections to the database are cut"));
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    const auto second = scene.startRelay();
    int cut = 0;
    for (int round = 0; m_world.goesOn(round, 5, 20); ++round) {
        scene.pause(50, 700);
        cut += scene.cutConnections(); // those that are there at that moment
    }
    QVERIFY(cut > 0);
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::theNetworkIsCutAndSlowed()
{
    using Line = Proxy::Line;
    Scene::Options options;
    options.way = Scene::Way::ByProxies;
    Scene scene(m_world, QStringLiteral("the network is cut, stalled and slow"), options);
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    const auto second = scene.startRelay();
    for (int round = 0; m_world.goesOn(round, 3, 16); ++round) {
        Proxy &line = m_world.random.bounded(2) == 0 ? *m_world.brokerLine : *m_world.databaseLine;
        constexpr std::array Faults{Line::Slow, Line::Stalled, Line::Cut};
        line.set(Faults[size_t(m_world.random.bounded(3))]);
        scene.countCut();
        scene.pause(200, 1500);
        if (m_world.random.bounded(2) == 0)
            line.set(Line::Cut); // what was held up never arrives
        scene.pause(0, 300);
        line.set(Line::Open);
        scene.pause(200, 800);
    }
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::theNetworkVanishes()
{
    const Island island;
    if (!island.isThere())
        QSKIP("A network of one's own needs root.");
    Scene scene(m_world, QStringLiteral("the network of a relay vanishes"));
    const Proxy way(island.address() + QStringLiteral(":0"),
                    QStringLiteral("%1:%2").arg(scene.settings().host).arg(scene.settings().port));
    Writers writers(scene.writers());
    writers.start();
    for (int round = 0; m_world.goesOn(round, 1, 2); ++round) {
        // No broker can be reached from there: whatever is published, the other relay has published it.
        const auto away = scene.startRelayOn(island, way.port());
        QVERIFY2(away->says("state", "broker away"), qPrintable(away->lastWords()));
        const auto relay = scene.startRelay();
        QVERIFY2(relay->says("state", "standing by"), qPrintable(relay->lastWords()));
        island.pullCable();
        scene.countCut();
        // The server gives up the lock, and the one that had it hears of that without an answer.
        QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
        QVERIFY2(away->says("state", "database away"), qPrintable(away->lastWords()));
        island.plugCable();
        QVERIFY2(away->says("state", "standing by"), qPrintable(away->lastWords()));
    }
    const auto relay = scene.startRelay();
    CHAOS_COMES_TO_REST(scene, writers, relay);
}

void RelayFaults::aTransactionElsewhereCommitsLate()
{
    Scene scene(m_world, QStringLiteral("a transaction elsewhere commits late"));
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    QList<Edit> edits;
    Database late(scene.settings());
    QVERIFY(late.open());
    for (int round = 0; m_world.goesOn(round, 2, 6); ++round) {
        QVERIFY(late.exec("BEGIN"));
        for (int id = 2001; id <= 2010; ++id) {
            const QString mark = QStringLiteral("late %1.%2").arg(round).arg(id);
            QVERIFY(late.exec(
                QStringLiteral("INSERT INTO article (id, name, stock, note) VALUES (%1, '%2', 1, '') "
                               "ON CONFLICT (id) DO UPDATE SET name = excluded.name")
                    .arg(id)
                    .arg(mark)));
            const bool isKept = round % 3 != 2;
            edits.append({mark, isKept ? Edit::Outcome::Committed : Edit::Outcome::NotCommitted});
            scene.pause(0, 150);
        }
        // Others' changes, drawn later, are published meanwhile: nobody waits.
        const qint64 drawn = scene.database().value("SELECT max(sequence) FROM journal").toLongLong();
        CHAOS_TRY(scene.database()
                      .value(QStringLiteral("SELECT coalesce(max(sequence + entries - 1), 0) > %1 FROM "
                                            "journal_run WHERE position <= (SELECT cursor FROM relay_state)")
                                 .arg(drawn))
                      .toBool(),
                  *relay);
        QVERIFY(late.exec(round % 3 != 2 ? "COMMIT" : "ROLLBACK"));
        scene.countCut();
    }
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    const QString findings = scene.judge(writers.edits() + edits);
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

void RelayFaults::theDiskIsFull()
{
    const QTemporaryDir folder(m_world.stack.folder() + QStringLiteral("/disk-XXXXXX"));
    const SmallDisk disk(folder.filePath("disk"), 16 * 1024 * 1024);
    if (!disk.isThere())
        QSKIP("Mounting a small disk needs root.");
    Scene scene(m_world, QStringLiteral("the disk is full"),
                {DatabaseKind::Sqlite, Scene::Way::Direct, {}, folder.filePath("disk")});
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.startRelay();
    QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
    QList<Edit> edits;
    for (int round = 0; m_world.goesOn(round, 2, 6); ++round) {
        scene.pause(200, 800);
        disk.fill();
        scene.countCut();
        const auto second = scene.startRelay(); // it begins, and waits, with nothing it could write
        const ProgramEdit edit = randomEdit(scene, m_world, round);
        const auto program = scene.start(edit.words);
        const auto outcome = program->wait() == 0 ? Edit::Outcome::Committed : Edit::Outcome::Unknown;
        for (const QString &mark : edit.marks)
            edits.append({mark, outcome});
        scene.pause(200, 1500);
        disk.clear();
        QVERIFY2(second->stop() == 0, qPrintable(second->lastWords()));
    }
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    const QString findings = scene.judge(writers.edits() + edits);
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

void RelayFaults::theClockIsSetBack()
{
    QFETCH(DatabaseKind, kind);
    const QStringList libraries = QDir("/usr/lib").entryList({"*-linux-gnu*"}, QDir::Dirs);
    const QString library = QStringLiteral("/usr/lib/%1/faketime/libfaketimeMT.so.1").arg(libraries.value(0));
    QVERIFY2(QFile::exists(library), "The package faketime is missing; ./dev installs it.");
    Scene scene(m_world, QStringLiteral("the clock is set back, ") + QTest::currentDataTag(), {kind});
    const QString clock = scene.folder() + QStringLiteral("/clock");
    const auto setClock = [&clock](const QByteArray &offset) {
        QFile file(clock);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(offset) == offset.size());
    };
    setClock("+0");
    const QMap<QString, QString> environment{{"LD_PRELOAD", library},
                                             {"FAKETIME_TIMESTAMP_FILE", clock},
                                             {"FAKETIME_CACHE_DURATION", "1"},
                                             {"FAKETIME_DONT_FAKE_MONOTONIC", "1"}};
    Writers writers(scene.writers());
    writers.start();
    const auto relay = scene.start({"relay"}, environment);
    QVERIFY2(relay->says("ready", true), qPrintable(relay->lastWords()));
    // What is done under that clock says so.
    setClock("-86400");
    QCOMPARE(scene.start({"add", "article", "id=5000", "name=yesterday"}, environment)->wait(), 0);
    if (kind == DatabaseKind::Sqlite) { // PostgreSQL has its server's clock
        QCOMPARE(scene.database().value(
                     "SELECT at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-12 hours') FROM journal "
                     "WHERE record_id = '5000'"),
                 QVariant(1));
    }
    QList<Edit> edits{{"yesterday", Edit::Outcome::Committed}};
    for (int round = 0; m_world.goesOn(round, 2, 8); ++round) {
        // A day, and a little less than the last time.
        setClock("-" + QByteArray::number(86'400 * (round % 2 + 1)));
        scene.countCut();
        const ProgramEdit edit = randomEdit(scene, m_world, round);
        const auto program = scene.start(edit.words, environment);
        const auto outcome = program->wait() == 0 ? Edit::Outcome::Committed : Edit::Outcome::Unknown;
        for (const QString &mark : edit.marks)
            edits.append({mark, outcome});
    }
    writers.stop();
    CHAOS_TRY(scene.isPublished(), *relay);
    QVERIFY2(relay->stop() == 0, qPrintable(relay->lastWords()));
    const QString findings = scene.judge(writers.edits() + edits);
    QVERIFY2(findings.isEmpty(), qPrintable(findings));
}

} // namespace desk::chaos
