// SPDX-License-Identifier: GPL-3.0-or-later
// The stream panel at full rate: messages of about a hundred bytes on four partitions of the real broker, read
// from the beginning into a window that is open and painting. Its peers are kcat, which throws them away, and a
// bare loop over librdkafka's batches. Also what the GUI thread and the memory have to do with it, and how long a
// message that has just come takes until it can be seen.
#include "kafka/MessageTableModel.h"
#include "kafka/TopicSearch.h"
#include "kafka/filter/FilterExpression.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/bench/Stalls.h"
#include "tests/bench/Window.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamPanel.h"

#include <QApplication>
#include <QEventLoop>

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
                                            {.preferred = {}, .required = {{"enable.auto.commit", "false"}}});
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

// The last message's key, looked for in all of them.
double searchSeconds(const BrokerSettings &brokers, const std::shared_ptr<const EntityCatalog> &catalog,
                     int messages)
{
    TopicSearch search(brokers, catalog, std::make_shared<EntityDescriptors>(catalog));
    TopicSearchRequest request;
    request.topics = {topic};
    request.start = {.kind = StreamStart::Kind::Beginning, .time = {}};
    const auto filter = parseFilter(QStringLiteral("key = %1").arg(messages - 1));
    if (!filter)
        qFatal("The filter cannot be read");
    request.filter = *filter;
    const double took = seconds([&] {
        QEventLoop loop;
        QObject::connect(&search, &TopicSearch::stateChanged, &loop, [&] {
            if (!search.isRunning())
                loop.quit();
        });
        search.start(request);
        loop.exec();
    });
    if (search.progress().found != 1)
        qFatal("The search found %lld", search.progress().found);
    return took;
}

// The same with what is at hand on a command line.
double grepSeconds(const BrokerSettings &brokers, int messages)
{
    return seconds([&] {
        const QString command = QStringLiteral("kcat -C -e -q -b %1 -t %2 -f '%k %s\n' | grep -c '^%3 '")
                                    .arg(brokers.bootstrapServers, topic)
                                    .arg(messages - 1);
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
        if (!process.waitForFinished(-1) || process.readAllStandardOutput().trimmed() != "1")
            qFatal("kcat and grep did not find it");
    });
}

// Calls back when the widget has been painted.
class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget &widget, std::function<void()> painted)
        : QObject(&widget)
        , m_painted(std::move(painted))
    {
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) // comes when it is over
            QMetaObject::invokeMethod(this, m_painted, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_painted;
};

// From a message's coming into the log until the table has been painted with its row, while ten thousand a second
// come.
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
    std::vector<double> delays; // milliseconds
    std::vector<double> onTheWay;
    std::vector<std::atomic<qint64>> appended(size_t(slowMessages)
                                              * slowSeconds); // when each came into the log
    std::jthread watching([&appended, &now, log = panel.session().log()](const std::stop_token &stop) {
        for (qint64 end = 0; !stop.stop_requested();
             std::this_thread::sleep_for(std::chrono::microseconds(500))) {
            for (const qint64 reached = std::min(log->endRow(), qint64(appended.size())); end < reached;
                 ++end)
                appended[size_t(end)] = now();
        }
    });
    qint64 seen = 0;
    const QAbstractItemModel &model = *panel.table().model();
    {
        const PaintWatch watch(*panel.table().viewport(), [&] {
            const qint64 at = now();
            const MessageLog &log = *panel.session().log();
            for (const qint64 end = model.rowCount(); seen < end; ++seen) { // too few to drop any
                const qint64 sent = log.message(seen).key.toLongLong();
                onTheWay.push_back(double(at - sent) / 1000);
                delays.push_back(double(at - std::max(sent, appended[size_t(seen)].load())) / 1000);
            }
        });
        live([&] { return seen >= slowMessages * slowSeconds; });
    }
    const auto quantile = [](std::vector<double> &values) {
        values.erase(values.begin(), values.begin() + slowMessages); // while the producer connects
        std::sort(values.begin(), values.end());
        return values[values.size() * 99 / 100];
    };
    return judge(QStringLiteral("streams.visible.99"), QStringLiteral("ms"), quantile(delays),
                 QStringLiteral("from the log to the painted row, 99 % at 10,000 messages a second; from the "
                                "producer %1 ms")
                     .arg(quantile(onTheWay), 0, 'f', 0),
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
    ok &= measure(
        {QStringLiteral("streams.search"), QStringLiteral("messages/s"),
         QStringLiteral("kcat into grep: one key in the whole topic"), 1, 3},
        [&] { return messages / searchSeconds(brokers, catalog, messages); },
        [&] { return messages / grepSeconds(brokers, messages); });
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
