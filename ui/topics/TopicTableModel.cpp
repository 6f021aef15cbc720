// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicTableModel.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace desk {

namespace {

bool isNumber(int column)
{
    return column == TopicTableModel::PartitionsColumn || column == TopicTableModel::ReplicasColumn
        || column == TopicTableModel::MessagesColumn;
}

} // namespace

QString retentionText(qint64 minutes)
{
    constexpr qint64 Hour = 60;
    constexpr qint64 Day = 24 * Hour;
    if (minutes == 0)
        return {};
    if (minutes < 0)
        return TopicTableModel::tr("for ever");
    if (minutes % Day == 0)
        return minutes == Day ? TopicTableModel::tr("1 day")
                              : TopicTableModel::tr("%1 days").arg(minutes / Day);
    if (minutes % Hour == 0)
        return minutes == Hour ? TopicTableModel::tr("1 hour")
                               : TopicTableModel::tr("%1 hours").arg(minutes / Hour);
    return minutes == 1 ? TopicTableModel::tr("1 minute") : TopicTableModel::tr("%1 minutes").arg(minutes);
}

TopicTableModel::TopicTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent)
    : SortedTableModel<TopicRow>(parent)
    , m_catalog(std::move(catalog))
{ }

QList<TopicRow> TopicTableModel::withMissing(const QList<TopicInfo> &topics) const
{
    QList<TopicRow> rows;
    QSet<QString> present;
    rows.reserve(topics.size());
    for (const TopicInfo &topic : topics) {
        if (topic.isInternal)
            continue;
        rows.append({topic, false, {}});
        present.insert(topic.name);
    }
    for (const auto &entity : m_catalog->entities()) {
        for (const QString &name : entity->topics) {
            if (present.contains(name))
                continue;
            TopicInfo topic;
            topic.name = name;
            rows.append({topic, true, {}});
            present.insert(name);
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const TopicRow &left, const TopicRow &right) { return left.key() < right.key(); });
    return rows;
}

void TopicTableModel::setTopics(const QList<TopicInfo> &topics)
{
    QList<TopicRow> wanted = withMissing(topics);
    // Both lists are in the order of names.
    qsizetype at = 0;
    for (TopicRow &row : wanted) {
        while (at < rows().size() && rows().at(at).key() < row.key())
            ++at;
        if (at < rows().size() && rows().at(at).key() == row.key() && !row.isMissing)
            row.figures = rows().at(at).figures;
    }
    setRows(wanted);
}

void TopicTableModel::setFigures(const QMap<QString, TopicFigures> &figures)
{
    for (auto topic = figures.cbegin(); topic != figures.cend(); ++topic) {
        const auto found = std::lower_bound(
            rows().cbegin(), rows().cend(), topic.key(),
            [](const TopicRow &row, const QString &name) { return row.key() < name; });
        if (found == rows().cend() || found->key() != topic.key() || found->isMissing)
            continue;
        TopicRow row = *found;
        row.figures = *topic;
        setRow(static_cast<int>(found - rows().cbegin()), row);
    }
}

QStringList TopicTableModel::present() const
{
    QStringList names;
    for (const TopicRow &row : rows()) {
        if (!row.isMissing)
            names.append(row.topic.name);
    }
    return names;
}

QStringList TopicTableModel::missing() const
{
    QStringList names;
    for (const TopicRow &row : rows()) {
        if (row.isMissing)
            names.append(row.topic.name);
    }
    return names;
}

int TopicTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TopicTableModel::useText(const QString &topic) const
{
    const EntityCatalog::TopicUse use = m_catalog->forTopic(topic);
    if (!use.entity)
        return {};
    return use.verb ? tr("%1 · %2").arg(use.entity->plural, verbText(*use.verb)) : use.entity->plural;
}

QString TopicTableModel::text(const TopicRow &row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.topic.name;
    case UseColumn:
        return useText(row.topic.name);
    case PartitionsColumn:
        return row.isMissing ? QString() : QString::number(row.topic.partitions);
    case ReplicasColumn:
        return row.isMissing ? QString() : QString::number(row.topic.replicas);
    case MessagesColumn:
        return row.figures && row.figures->messages >= 0 ? groupedNumber(row.figures->messages) : QString();
    case CleanupColumn:
        return row.figures ? row.figures->cleanupPolicy : QString();
    case RetentionColumn:
        return row.figures ? retentionText(row.figures->retentionMinutes) : QString();
    case StateColumn:
        if (row.isMissing)
            return tr("not there yet");
        return row.topic.problem.isEmpty() ? tr("available") : row.topic.problem;
    default:
        return {};
    }
}

QString TopicTableModel::toolTip(const TopicRow &row, int column) const
{
    if (column == StateColumn && row.isMissing)
        return tr("The relay creates it with its first event.");
    if (column == MessagesColumn && row.figures && row.figures->messages >= 0)
        return tr(
            "Offsets between the first message and the end: as many messages, or fewer where the topic is "
            "compacted or written in transactions");
    if (column >= MessagesColumn && column <= RetentionColumn && row.figures
        && !row.figures->problem.isEmpty())
        return row.figures->problem;
    return text(row, column);
}

QVariant TopicTableModel::sortValue(const TopicRow &row, int column)
{
    switch (column) {
    case PartitionsColumn:
        return row.topic.partitions;
    case ReplicasColumn:
        return row.topic.replicas;
    case MessagesColumn:
        return row.figures ? row.figures->messages : qint64(-1);
    case RetentionColumn: {
        const qint64 minutes = row.figures ? row.figures->retentionMinutes : 0;
        return minutes < 0 ? std::numeric_limits<qint64>::max() : minutes;
    }
    default:
        return {};
    }
}

QVariant TopicTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TopicRow &row = rows().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case SortRole: {
        const QVariant value = sortValue(row, index.column());
        return value.isValid() ? value : QVariant(text(row, index.column()));
    }
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case LineTable::ToneRole:
        if (index.column() != StateColumn)
            return {};
        return static_cast<int>(row.topic.problem.isEmpty() ? ChipTone::Plain : ChipTone::Refused);
    case Qt::TextAlignmentRole:
        if (isNumber(index.column()))
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant TopicTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isNumber(section))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Topic");
    case UseColumn:
        return tr("Carries");
    case PartitionsColumn:
        return tr("Partitions");
    case ReplicasColumn:
        return tr("Replicas");
    case MessagesColumn:
        return tr("Messages");
    case CleanupColumn:
        return tr("Cleanup");
    case RetentionColumn:
        return tr("Retention");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

} // namespace desk
