// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kills and cuts real servers and real processes, and checks after each fault that nothing was lost, reordered,
// duplicated or invented. Runs every fault once, or, with CATALOG_CHAOS_MINUTES in the environment, harder and in
// random order until the time is up. CATALOG_CHAOS_SEED repeats a run's dice; the names of functions as arguments
// choose faults.
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

struct Fault {
    QObject *faults = nullptr;
    QByteArray name;
};

QList<Fault> faultsOf(QObject *faults)
{
    QList<Fault> list;
    const QMetaObject &meta = *faults->metaObject();
    for (int index = meta.methodOffset(); index < meta.methodCount(); ++index) {
        const QByteArray name = meta.method(index).name();
        if (name != "init" && !name.endsWith("_data"))
            list.append({faults, name});
    }
    return list;
}

// A short run leaves out what takes long and has a quicker relative, or a test of its own elsewhere.
bool isForLongRuns(const Fault &fault)
{
    static const QList<QByteArray> names{"theRegistryIsRestarted", "theBrokerIsAwayForLongerThanMessagesLive",
                                         "theNetworkVanishes"};
    const bool isRestart = fault.name == "theBrokerIsRestarted" || fault.name == "theDatabaseIsRestarted";
    return names.contains(fault.name) || (isRestart && qobject_cast<IngestFaults *>(fault.faults));
}

// Mounts made from now on are this program's own.
void haveOwnMounts()
{
    if (geteuid() == 0 && unshare(CLONE_NEWNS) == 0)
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
}

int run(const Fault &fault)
{
    return QTest::qExec(
        fault.faults,
        {QCoreApplication::applicationName(), QStringLiteral("-silent"), QString::fromLatin1(fault.name)});
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
    QList<Fault> faults = faultsOf(&relay) + faultsOf(&ingest);
    const QStringList chosen = QCoreApplication::arguments().mid(1);
    if (!chosen.isEmpty())
        faults.removeIf([&](const Fault &fault) { return !chosen.contains(QLatin1String(fault.name)); });
    const int minutes = qEnvironmentVariableIntValue("CATALOG_CHAOS_MINUTES");
    world.isLong = minutes > 0;
    if (!world.isLong && chosen.isEmpty())
        faults.removeIf(isForLongRuns);
    const QDeadlineTimer deadline(qint64(minutes) * 60'000);
    QElapsedTimer timer;
    timer.start();
    QStringList failed;
    do {
        std::shuffle(faults.begin(), faults.end(), world.random);
        for (const Fault &fault : std::as_const(faults)) {
            if (run(fault) != 0)
                failed.append(QString::fromLatin1(fault.name));
            if (minutes > 0 && deadline.hasExpired())
                break;
        }
    } while (!deadline.hasExpired());

    const Totals &totals = world.totals;
    qInfo("chaos: in %.1f minutes %d faults, %d kills, %d cuts; %lld changes, %lld events (%lld repeated), "
          "%lld "
          "inputs (%lld poison); %lld findings.",
          double(timer.elapsed()) / 60'000, totals.faults, totals.kills, totals.cuts, totals.changes,
          totals.events, totals.repeats, totals.inputs, totals.poison, qint64(world.findings.size()));
    if (!failed.isEmpty())
        qCritical("chaos: failed: %s", qPrintable(failed.join(QLatin1String(", "))));
    return failed.isEmpty() ? 0 : 1;
}
