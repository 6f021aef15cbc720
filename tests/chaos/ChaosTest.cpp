// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kills and cuts real servers and real processes, and checks after each fault that nothing was lost, reordered,
// duplicated or invented. Runs every fault once, or, with CATALOG_CHAOS_MINUTES in the environment, harder until the
// time is up, in an order of chance in which none comes again before all have come. CATALOG_CHAOS_SEED repeats a
// run's dice; the names of functions as arguments choose faults.
#include "tests/chaos/Deck.h"
#include "tests/chaos/IngestFaults.h"
#include "tests/chaos/RelayFaults.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QTest>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace desk::chaos;

namespace {

// Those that kill get more of a long run: it is to have two hundred kills.
int weightOf(const QByteArray &fault)
{
    if (fault == "theRelayIsKilled" || fault == "editsAreKilled")
        return 3;
    return fault == "ofThreeRelaysOneIsKilled" || fault == "theIngestIsKilled" ? 2 : 1;
}

// A short run leaves out what takes long: a relay that hangs or whose network vanishes is waited for half a minute.
bool isForLongRuns(const QByteArray &fault)
{
    return fault == "theWorkingRelayHangs" || fault == "theNetworkVanishes";
}

// One for each slot of theirs, or for each row of its data.
QList<Card> cardsOf(QObject *faults)
{
    QList<Card> cards;
    const QMetaObject &meta = *faults->metaObject();
    for (int index = meta.methodOffset(); index < meta.methodCount(); ++index) {
        const QByteArray name = meta.method(index).name();
        if (name == "init" || name.endsWith("_data"))
            continue;
        const bool isOnBoth = meta.indexOfMethod(name + "_data()") >= 0;
        for (const QString &row : isOnBoth ? QStringList{"postgresql", "sqlite"} : QStringList{QString()})
            cards.append({faults, QString::fromLatin1(name), row, weightOf(name)});
    }
    return cards;
}

// Mounts made from now on are this program's own.
void haveOwnMounts()
{
    if (geteuid() == 0 && unshare(CLONE_NEWNS) == 0)
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
}

// True if all was well.
bool run(const Card &card)
{
    return QTest::qExec(card.faults,
                        {QCoreApplication::applicationName(), QStringLiteral("-silent"), card.name()})
        == 0;
}

} // namespace

int main(int count, char **arguments)
{
    haveOwnMounts();
    qputenv("QTEST_FUNCTION_TIMEOUT", "1800000"); // every wait within has its own limit
    QCoreApplication application(count, arguments);
    World world;
    world.seed = qEnvironmentVariableIntValue("CATALOG_CHAOS_SEED");
    if (world.seed == 0)
        world.seed = QRandomGenerator::global()->bounded(1, 1'000'000);
    world.random.seed(world.seed);
    qInfo("chaos: seed %u; CATALOG_CHAOS_SEED=%u throws the same dice again.", world.seed, world.seed);
    if (const QString missing = world.begin(); !missing.isEmpty()) {
        qCritical("%s", qPrintable(missing));
        return 1;
    }

    RelayFaults relay(world);
    IngestFaults ingest(world);
    QList<Card> cards = cardsOf(&relay) + cardsOf(&ingest);
    const QStringList chosen = QCoreApplication::arguments().mid(1);
    const int minutes = qEnvironmentVariableIntValue("CATALOG_CHAOS_MINUTES");
    world.isLong = minutes > 0;
    cards.removeIf([&](const Card &card) {
        if (!chosen.isEmpty())
            return !chosen.contains(card.function) && !chosen.contains(card.name());
        return !world.isLong && isForLongRuns(card.function.toLatin1());
    });
    if (cards.isEmpty()) {
        qCritical("chaos: there is no such fault.");
        return 1;
    }
    Deck deck(cards, world.random);
    const QDeadlineTimer deadline(qint64(minutes) * 60'000);
    QElapsedTimer timer;
    timer.start();
    QStringList failed;
    qsizetype drawn = 0;
    do {
        const Card card = deck.draw();
        ++drawn;
        world.share.setRemainingTime(deck.share(deadline.remainingTime()));
        if (!run(card))
            failed.append(card.name());
    } while (world.isLong ? !deadline.hasExpired() : !deck.waiting().isEmpty());

    const Totals &totals = world.totals;
    qInfo("chaos: in %.1f minutes %d faults, %d kills, %d cuts; %lld changes, %lld events (%lld repeated), "
          "%lld "
          "inputs (%lld poison); %lld findings.",
          double(timer.elapsed()) / 60'000, totals.faults, totals.kills, totals.cuts, totals.changes,
          totals.events, totals.repeats, totals.inputs, totals.poison, qint64(world.findings.size()));
    if (drawn < cards.size())
        qInfo("chaos: the time was too short for %s.", qPrintable(deck.waiting().join(QLatin1String(", "))));
    if (!failed.isEmpty())
        qCritical("chaos: failed: %s", qPrintable(failed.join(QLatin1String(", "))));
    return failed.isEmpty() ? 0 : 1;
}
