// SPDX-License-Identifier: GPL-3.0-or-later
// The stream panel at full rate: messages of about a hundred bytes on four partitions of the real broker, read
// from the beginning into a window that is open and painting. Its peers are kcat, which throws them away, and a
// bare loop over librdkafka's batches. Also what the GUI thread and the memory have to do with it, and how long a
// message that has just come takes until it can be seen.
#include "kafka/MessageTableModel.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/bench/Stalls.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamPanel.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <unistd.h>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int partitions = 4;
constexpr int slowMessages = 10'000; // in a second
constexpr int slowSeconds = 10;
const QString topic = QStringLiteral("bench_stream");
const QString slowTopic = QStringLiteral("bench_stream_slow");

void fillTopic(const BrokerSettings &brokers, int messages)
{
    makeTopics(brokers, {topic, slowTopic});
    BareProducer producer(brokers, topic);
    BareMessage message;
    for (int number = 0; number < messages; ++number) {
        message.key = QByteArray::number(number);
        message.payload = QByteArray(R"({"id":)") + message.key
            + R"(,"name":"Product of the stream","stock":)" + QByteArray::number(number % 500)
            + R"(,"note":"as shops have them, more or less"})";
        producer.send(message, number % partitions);
    }
    producer.flush();
}

// Reads every partition to its end with librdkafka alone.
void readBare(const BrokerSettings &brokers, int messages)
{
    const ClientHandle client = *openClient(RD_KAFKA_CONSUMER, brokers,
                                            {.preferred = {{"queued.max.messages.kbytes", "16384"}},
                                             .required = {{"enable.auto.commit", "false"}}});
    const QueueHandle queue(rd_kafka_queue_new(client.get()));
    const TopicHandle handle(rd_kafka_topic_new(client.get(), topic.toUtf8().constData(), nullptr));
    for (int partition = 0; partition < partitions; ++partition)
        rd_kafka_consume_start_queue(handle.get(), partition, RD_KAFKA_OFFSET_BEGINNING, queue.get());
    std::array<rd_kafka_message_t *, 4096> batch{};
    int count = 0;
    while (count < messages) {
        const auto taken = rd_kafka_consume_batch_queue(queue.get(), 100, batch.data(), batch.size());
        for (ssize_t index = 0; index < taken; ++index) {
            count += batch[size_t(index)]->err == RD_KAFKA_RESP_ERR_NO_ERROR;
            rd_kafka_message_destroy(batch[size_t(index)]);
        }
    }
    for (int partition = 0; partition < partitions; ++partition)
        rd_kafka_consume_stop(handle.get(), partition);
}

void readWithKcat(const BrokerSettings &brokers)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral("kcat"),
                  {QStringLiteral("-C"), QStringLiteral("-e"), QStringLiteral("-q"), QStringLiteral("-b"),
                   brokers.bootstrapServers, QStringLiteral("-t"), topic});
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("kcat failed");
}

double residentMebibytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// Lets the window live until `isDone`, as the event loop of the program does.
void live(const std::function<bool()> &isDone, const std::function<void()> &now_and_then = {})
{
    QEventLoop loop;
    QTimer timer;
    timer.setInterval(10);
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (now_and_then)
            now_and_then();
        if (isDone())
            loop.quit();
    });
    timer.start();
    loop.exec();
}

// From just before a message is handed to a producer until the table has its row: ten thousand a second come.
bool measureVisible(StreamPanel &panel, const BrokerSettings &brokers)
{
    panel.setStart({.kind = StreamStart::Kind::End});
    panel.setTopics({slowTopic});
    live([&] { return panel.session().state() == StreamSession::State::Reading; });
    using Clock = std::chrono::steady_clock;
    const auto now = [] {
        return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
    };
    std::jthread writing([&brokers, &now] {
        BareProducer producer(brokers, slowTopic);
        const auto begun = Clock::now();
        for (int number = 0; number < slowMessages * slowSeconds; ++number) {
            std::this_thread::sleep_until(begun
                                          + number * std::chrono::microseconds(1'000'000 / slowMessages));
            producer.send({QByteArray::number(now()), QByteArray(100, 'x'), {}}, number % partitions);
        }
        producer.flush();
    });
    std::vector<double> delays;
    qint64 seen = 0;
    const QAbstractItemModel &model = *panel.table().model();
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, &panel, [&] {
        const qint64 at = now();
        const MessageLog &log = *panel.session().log();
        for (const qint64 end = model.rowCount() + log.firstRow(); seen < end; ++seen)
            delays.push_back(double(at - log.message(seen).key.toLongLong()) / 1000);
    });
    live([&] { return seen >= slowMessages * slowSeconds; });
    QObject::disconnect(&model, nullptr, &panel, nullptr);
    std::sort(delays.begin(), delays.end());
    return judge(QStringLiteral("streams.visible.99"), QStringLiteral("ms"), delays[delays.size() * 99 / 100],
                 QStringLiteral("from the producer to the table's row, 99 % of %1 messages, 10,000 a second")
                     .arg(delays.size()),
                 50);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int messages = rowsOr(5'000'000);
    const BrokerSettings brokers = brokersOfStack(partitions);
    const auto catalog = EntityCatalog::load();
    fillTopic(brokers, messages);

    Theme theme(Theme::Mode::Light);
    StreamPanel panel(brokers, catalog, theme);
    panel.setTopics({slowTopic});
    panel.resize(1280, 800);
    panel.show();
    live([&] { return panel.session().state() == StreamSession::State::Reading; });

    StallMeter stalls;
    double before = residentMebibytes();
    double highest = 0;
    const auto ours = [&] {
        panel.setStart({.kind = StreamStart::Kind::Beginning});
        const double took = seconds([&] {
            panel.setTopics({topic});
            stalls.start();
            live([&] { return panel.session().log()->endRow() >= messages; },
                 [&] { highest = std::max(highest, residentMebibytes()); });
            stalls.stop();
        });
        panel.setTopics({slowTopic});
        return messages / took;
    };
    bool ok = measure({QStringLiteral("streams.kcat"), QStringLiteral("messages/s"),
                       QStringLiteral("kcat -C -e -q, which throws them away"), 0.9, 3},
                      ours, [&] { return messages / seconds([&] { readWithKcat(brokers); }); });
    ok &= measure({QStringLiteral("streams.librdkafka"), QStringLiteral("messages/s"),
                   QStringLiteral("a bare loop over rd_kafka_consume_batch_queue"), 0.8, 3},
                  ours, [&] { return messages / seconds([&] { readBare(brokers, messages); }); });
    ok &= measureVisible(panel, brokers);
    const double bound = double(MessageLog::Bounds().bytes) / (1 << 20);
    ok &= judge(QStringLiteral("streams.memory"), QStringLiteral("MiB"), highest,
                QStringLiteral("the log's bound and 120 MiB; %1 MiB before").arg(before, 0, 'f', 0),
                bound + 120);
    ok &= judge(QStringLiteral("streams.stall.999"), QStringLiteral("ms"), stalls.quantile(0.999),
                QStringLiteral("a frame: the GUI thread's delay, 99.9 % of %1 samples").arg(stalls.count()),
                16);
    ok &= judge(QStringLiteral("streams.stall.longest"), QStringLiteral("ms"), stalls.quantile(1),
                QStringLiteral("none longer"), 50);
    return ok ? 0 : 1;
}
