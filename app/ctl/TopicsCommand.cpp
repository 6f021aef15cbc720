// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "kafka/TopicAdmin.h"

namespace desk::ctl {
namespace {

ExitCode topics(Session &session)
{
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
    const Expected<ClusterInfo> cluster = TopicAdmin(*brokers).cluster();
    if (!cluster)
        return session.fail(cluster.error());

    Output &output = session.output();
    using Align = TextTable::Align;
    TextTable table(output,
                    {{QStringLiteral("topic"), {}},
                     {QStringLiteral("partitions"), Align::Right},
                     {QStringLiteral("replicas"), Align::Right},
                     {QStringLiteral("used for"), {}},
                     {QStringLiteral("problem"), {}}});
    for (const TopicInfo &topic : cluster->topics) {
        if (topic.isInternal)
            continue;
        const EntityCatalog::TopicUse use = session.catalog()->forTopic(topic.name);
        const QString entity = use.entity ? use.entity->name : QString();
        const QString verb = use.verb ? verbText(*use.verb) : QString();
        if (output.isJson()) {
            output.json({{QStringLiteral("name"), topic.name},
                         {QStringLiteral("partitions"), topic.partitions},
                         {QStringLiteral("replicas"), topic.replicas},
                         {QStringLiteral("entity"), entity},
                         {QStringLiteral("verb"), verb},
                         {QStringLiteral("problem"), topic.problem}});
        } else {
            table.row({topic.name, QString::number(topic.partitions), QString::number(topic.replicas),
                       (entity + QLatin1Char(' ') + verb).trimmed(), topic.problem});
        }
    }
    if (!output.isJson())
        table.finish();
    return ExitCode::Done;
}

} // namespace

Command topicsCommand()
{
    return {QStringLiteral("topics"), {}, QStringLiteral("List the brokers' topics."), {}, {}, 0, 0, topics};
}

} // namespace desk::ctl
