// SPDX-License-Identifier: GPL-3.0-or-later
// `catalogctl relay` and `catalogctl ingest` as services under load for CATALOG_BENCH_MINUTES (10): does their
// memory stay flat? Then both idle for a minute: what does waiting cost? The relay publishes one database, the
// ingest takes the events into another.
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/store/StoreFixture.h"

#include "kafka/TopicAdmin.h"

#include <QCoreApplication>
#include <QFile>

#include <unistd.h>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int rowsAtOnce = 2'000; // changed in one statement, every half second
constexpr int idleSeconds = 60;

class Service
{
public:
    Service(const QString &command, const DatabaseSettings &database)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DATABASE_PASSWORD"), database.password);
        m_process.setProcessEnvironment(environment);
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/catalogctl"),
                        {command, QStringLiteral("--database"), database.toUrl(), QStringLiteral("--brokers"),
                         qEnvironmentVariable("BOOTSTRAP_SERVERS")});
        if (!m_process.waitForStarted())
            qFatal("catalogctl could not be started");
    }
    ~Service()
    {
        m_process.terminate();
        m_process.waitForFinished(20'000);
    }

    [[nodiscard]] double residentMebibytes() const
    {
        const QByteArray pages = read("statm").split(' ').value(1);
        return pages.toDouble() * double(sysconf(_SC_PAGESIZE)) / (1 << 20);
    }
    // Seconds of processor time since the start.
    [[nodiscard]] double processorSeconds() const
    {
        const QByteArray stat = read("stat");
        const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        return (fields.value(11).toDouble() + fields.value(12).toDouble()) / double(sysconf(_SC_CLK_TCK));
    }

private:
    [[nodiscard]] QByteArray read(const char *name) const
    {
        QFile file(QStringLiteral("/proc/%1/%2").arg(m_process.processId()).arg(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("catalogctl has ended");
        return file.readAll();
    }
    QProcess m_process;
};

qint64 count(const StoreFixture &fixture, const QString &sql)
{
    return fixture.sql({sql}).value(0).toLongLong();
}

// Until the relay has published everything and the other database has all of it.
void waitUntilQuiet(const StoreFixture &from, const StoreFixture &to)
{
    const QString sum = QStringLiteral("SELECT coalesce(sum(stock_quantity), 0) FROM product");
    while (count(from, sum) != count(to, sum))
        QThread::sleep(1);
    QThread::sleep(3);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int minutes = std::max(1,
                                 qEnvironmentVariableIsSet("CATALOG_BENCH_MINUTES")
                                     ? qEnvironmentVariableIntValue("CATALOG_BENCH_MINUTES")
                                     : 10);
    const auto catalog = EntityCatalog::load();
    makeTopics(brokersOfStack(4), topicsOf(*catalog));
    const StoreFixture from(DatabaseKind::PostgreSql);
    const StoreFixture to(DatabaseKind::PostgreSql);
    static_cast<void>(from.open(catalog));
    static_cast<void>(to.open(catalog));
    const Service relay(QStringLiteral("relay"), from.settings());
    const Service ingest(QStringLiteral("ingest"), to.settings());

    from.sql({QStringLiteral("INSERT INTO product (id, name, price) SELECT i, 'Product ' || i, 9.99 "
                             "FROM generate_series(1, %1) i")
                  .arg(10 * rowsAtOnce)});
    waitUntilQuiet(from, to);
    // After a tenth of the time everything has been used once; from then on memory must stay where it is.
    struct Sample {
        double relay = 0;
        double ingest = 0;
    };
    std::vector<Sample> samples;
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; timer.elapsed() < minutes * 60'000; ++round) {
        from.sql({QStringLiteral("UPDATE product SET stock_quantity = %1 WHERE mod(id, 10) = %2")
                      .arg(round)
                      .arg(round % 10)});
        if (round % 20 == 0) {
            samples.push_back({relay.residentMebibytes(), ingest.residentMebibytes()});
            std::fprintf(stderr, "%lld s: relay %.1f MiB, ingest %.1f MiB\n",
                         static_cast<long long>(timer.elapsed() / 1000), samples.back().relay,
                         samples.back().ingest);
        }
        QThread::msleep(500);
    }
    const auto highest = [&samples](size_t begin, size_t end, double Sample::*member) {
        double most = 0;
        for (size_t index = begin; index < end; ++index)
            most = std::max(most, samples[index].*member);
        return most;
    };
    bool ok = true;
    const size_t tenth = std::max<size_t>(1, samples.size() / 10);
    const auto flat = [&](const QString &name, double Sample::*member) {
        ok &= measure(
            {name, QStringLiteral("MiB"), QStringLiteral("the same process after a tenth of the time"), 0.9,
             1},
            [&] { return highest(samples.size() - tenth, samples.size(), member); },
            [&] { return highest(tenth, 2 * tenth, member); });
    };
    flat(QStringLiteral("relay.memory"), &Sample::relay);
    flat(QStringLiteral("ingest.memory"), &Sample::ingest);

    waitUntilQuiet(from, to);
    const double relayBefore = relay.processorSeconds();
    const double ingestBefore = ingest.processorSeconds();
    QThread::sleep(idleSeconds);
    const auto idle = [&](const QString &name, double used) {
        ok &= measure(
            {name, QStringLiteral("% of one core"), QStringLiteral("one per cent"), 1, 1},
            [&] { return std::max(0.001, 100 * used / idleSeconds); }, [] { return 1.0; });
    };
    idle(QStringLiteral("relay.idle"), relay.processorSeconds() - relayBefore);
    idle(QStringLiteral("ingest.idle"), ingest.processorSeconds() - ingestBefore);
    return ok ? 0 : 1;
}
