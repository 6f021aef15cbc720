// SPDX-License-Identifier: GPL-3.0-or-later
// The stream panel for CATALOG_BENCH_MINUTES (10) on a topic into which a producer writes as fast as the broker
// takes it: does its memory stay flat, and does the window stay awake?
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/bench/Stalls.h"
#include "tests/bench/Window.h"
#include "ui/shell/Theme.h"
#include "ui/streams/StreamPanel.h"

#include <QApplication>
#include <QElapsedTimer>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int partitions = 4;
constexpr int sampleSeconds = 5;
const QString topic = QStringLiteral("bench_soak_stream");

void writeUntil(const std::stop_token &stop, const BrokerSettings &brokers)
{
    BareProducer producer(brokers, topic, QStringLiteral("lz4"));
    BareMessage message;
    for (qint64 number = 0; !stop.stop_requested(); ++number) {
        message.key = QByteArray::number(number);
        message.payload = QByteArray(R"({"id":)") + message.key
            + R"(,"name":"Product of the stream","stock":500,"note":"as shops have them, more or less"})";
        producer.send(message, int(number % partitions));
    }
    producer.flush();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int asked = qEnvironmentVariableIntValue("CATALOG_BENCH_MINUTES");
    const qint64 milliseconds = 60'000LL * (asked > 0 ? asked : 10);
    const BrokerSettings brokers = brokersOfStack(partitions);
    makeTopics(brokers, {topic});
    Theme theme(Theme::Mode::Light);
    StreamPanel panel(brokers, EntityCatalog::load(), theme);
    panel.setStart({.kind = StreamStart::Kind::End});
    panel.setTopics({topic});
    panel.resize(1280, 800);
    panel.show();
    live([&] { return panel.session().state() == StreamSession::State::Reading; });

    std::vector<double> memory; // MiB
    StallMeter stalls;
    {
        const std::jthread writing([&brokers](const std::stop_token &stop) { writeUntil(stop, brokers); });
        QElapsedTimer timer;
        timer.start();
        stalls.start();
        live([&] { return timer.elapsed() >= milliseconds; },
             [&] {
                 if (timer.elapsed() < qint64(memory.size()) * sampleSeconds * 1000)
                     return;
                 memory.push_back(residentMebibytes());
                 std::fprintf(stderr, "%lld s: %lld messages, %.1f MiB\n",
                              static_cast<long long>(timer.elapsed() / 1000),
                              static_cast<long long>(panel.session().log()->endRow()), memory.back());
             });
        stalls.stop();
    }
    const qint64 messages = panel.session().log()->endRow();
    panel.setTopics({});
    deleteTopics(brokers, {topic});

    // After a tenth of the time everything has been used once, and the log is full.
    const auto tenth = std::ptrdiff_t(std::max<size_t>(1, memory.size() / 10));
    bool ok = measure(
        {QStringLiteral("soak.streams.memory"), QStringLiteral("MiB"),
         QStringLiteral("the same window after a tenth of the time; %1 messages in all").arg(messages), 0.95,
         0},
        [&] { return *std::max_element(memory.end() - tenth, memory.end()); },
        [&] { return *std::max_element(memory.begin() + tenth, memory.begin() + 2 * tenth); });
    // Only to be known: producer, broker and window share the machine. `bench streams` has the bound.
    for (const double share : {0.999, 1.0}) {
        measure(
            {QStringLiteral("soak.streams.stall.%1").arg(share), QStringLiteral("ms"),
             QStringLiteral("a frame: the GUI thread's delay, this share of %1 samples").arg(stalls.count()),
             0, 0},
            [&] { return stalls.quantile(share); }, [] { return 16.0; });
    }
    return ok ? 0 : 1;
}
