// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of topics: from asking to a list that is filled, beside librdkafka's bare answer; and how long it
// takes until every one of them is counted. librdkafka's mock cluster is the broker.
#include "kafka/EmbeddedBroker.h"
#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "ui/topics/TopicTableModel.h"

#include <QCoreApplication>
#include <QSortFilterProxyModel>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int PartitionsPerTopic = 4;
constexpr double WantedSeconds = 2;      // for 5,000 topics, at most
constexpr qsizetype CountedAtOnce = 200; // as the page does

QStringList topicNames(int count)
{
    QStringList names;
    for (int number = 0; number < count; ++number)
        names.append(QStringLiteral("topic-%1").arg(number, 6, 10, QLatin1Char('0')));
    return names;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int topics = rowsOr(5'000);
    auto broker = EmbeddedBroker::start(PartitionsPerTopic);
    if (!broker || !(*broker)->create(topicNames(topics)))
        qFatal("The in-process broker could not make its topics");
    const BrokerSettings brokers = (*broker)->settings();
    const auto catalog = EntityCatalog::load();

    double slowest = 0;
    // Both open their client anew, as a window that is just opened does.
    bool ok = measure(
        {QStringLiteral("topics.list"), QStringLiteral("ms"), QStringLiteral("bare rd_kafka_metadata"), 0},
        [&] {
            TopicTableModel model(catalog);
            QSortFilterProxyModel shown;
            shown.setSourceModel(&model);
            shown.setSortRole(TopicTableModel::SortRole);
            shown.sort(TopicTableModel::NameColumn);
            const double taken = seconds([&] {
                const auto cluster = TopicAdmin(brokers).cluster(30'000);
                if (!cluster)
                    qFatal("%s", qPrintable(cluster.error().sentence));
                model.setTopics(cluster->topics);
                if (model.present().size() != topics || shown.rowCount() != model.rowCount())
                    qFatal("a list was short");
            });
            slowest = std::max(slowest, taken);
            return 1000 * taken;
        },
        [&] {
            return 1000 * seconds([&] {
                       const ClientHandle client = *openClient(RD_KAFKA_PRODUCER, brokers);
                       const rd_kafka_metadata_t *answer = nullptr;
                       if (rd_kafka_metadata(client.get(), 1, nullptr, &answer, 30'000))
                           qFatal("no answer");
                       const MetadataHandle metadata(answer);
                       if (metadata->topic_cnt != topics)
                           qFatal("a list was short");
                   });
        });

    // The peer asks for one partition at a time, as rd_kafka_query_watermark_offsets does, for a part of them.
    constexpr int PeerTopics = 100;
    TopicDetails details(brokers);
    const ClientHandle client = *openClient(RD_KAFKA_PRODUCER, brokers);
    ok &= measure(
        {QStringLiteral("topics.count"), QStringLiteral("partitions/s"),
         QStringLiteral("rd_kafka_query_watermark_offsets, one after the other"), 0, 3},
        [&] {
            const QStringList names = topicNames(topics);
            return topics * PartitionsPerTopic / seconds([&] {
                       for (qsizetype first = 0; first < names.size(); first += CountedAtOnce) {
                           const auto figures = details.figures(names.mid(first, CountedAtOnce), 30'000);
                           if (!figures)
                               qFatal("%s", qPrintable(figures.error().sentence));
                       }
                   });
        },
        [&] {
            const QStringList names = topicNames(std::min(PeerTopics, topics));
            return double(names.size()) * PartitionsPerTopic / seconds([&] {
                       for (const QString &name : names) {
                           for (int partition = 0; partition < PartitionsPerTopic; ++partition) {
                               int64_t low = 0;
                               int64_t high = 0;
                               if (rd_kafka_query_watermark_offsets(client.get(), name.toUtf8().constData(),
                                                                    partition, &low, &high, 30'000))
                                   qFatal("no answer");
                           }
                       }
                   });
        });
    if (slowest > WantedSeconds * std::max(1, topics / 5'000)) {
        std::fprintf(stderr, "A list took %.1f s; %.0f s are wanted.\n", slowest, WantedSeconds);
        ok = false;
    }
    return ok ? 0 : 1;
}
