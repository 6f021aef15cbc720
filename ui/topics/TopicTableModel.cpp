// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicTableModel.h"

#include "ui/parts/LineTable.h"

#include <QSet>

#include <algorithm>

namespace desk {

TopicTableModel::TopicTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent)
    : QAbstractTableModel(parent)
    , m_catalog(std::move(catalog))
{ }

QList<TopicTableModel::Row> TopicTableModel::withMissing(const QList<TopicInfo> &topics) const
{
    QList<Row> rows;
    QSet<QString> present;
    for (const TopicInfo &topic : topics) {
        if (topic.isInternal)
            continue;
        rows.append({topic, false});
        present.insert(topic.name);
    }
    for (const auto &entity : m_catalog->entities()) {
        for (const QString &name : entity->topics) {
            if (present.contains(name))
                continue;
            TopicInfo topic;
            topic.name = name;
            rows.append({topic, true});
            present.insert(name);
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const Row &left, const Row &right) { return left.topic.name < right.topic.name; });
    return rows;
}

void TopicTableModel::setTopics(const QList<TopicInfo> &topics)
{
    const QList<Row> rows = withMissing(topics);
    // Both lists are in the order of names: one walk over both finds what came, went and changed.
    int at = 0;
    for (const Row &row : rows) {
        while (at < m_rows.size() && m_rows.at(at).topic.name < row.topic.name) {
            beginRemoveRows({}, at, at);
            m_rows.removeAt(at);
            endRemoveRows();
        }
        if (at < m_rows.size() && m_rows.at(at).topic.name == row.topic.name) {
            if (m_rows.at(at) != row) {
                m_rows[at] = row;
                Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
            }
        } else {
            beginInsertRows({}, at, at);
            m_rows.insert(at, row);
            endInsertRows();
        }
        ++at;
    }
    if (at < m_rows.size()) {
        beginRemoveRows({}, at, static_cast<int>(m_rows.size()) - 1);
        m_rows.remove(at, m_rows.size() - at);
        endRemoveRows();
    }
}

QStringList TopicTableModel::missing() const
{
    QStringList names;
    for (const Row &row : m_rows) {
        if (row.isMissing)
            names.append(row.topic.name);
    }
    return names;
}

int TopicTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
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

QVariant TopicTableModel::text(const Row &row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.topic.name;
    case UseColumn:
        return useText(row.topic.name);
    case PartitionsColumn:
        return row.isMissing ? QVariant() : row.topic.partitions;
    case ReplicasColumn:
        return row.isMissing ? QVariant() : row.topic.replicas;
    case StateColumn:
        if (row.isMissing)
            return tr("not there yet");
        return row.topic.problem.isEmpty() ? tr("available") : row.topic.problem;
    default:
        return {};
    }
}

QVariant TopicTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == StateColumn && row.isMissing)
            return tr("The relay creates it with its first event.");
        return text(row, index.column());
    case LineTable::ToneRole:
        if (index.column() != StateColumn)
            return {};
        return static_cast<int>(row.topic.problem.isEmpty() ? ChipTone::Plain : ChipTone::Refused);
    case Qt::TextAlignmentRole:
        if (index.column() == PartitionsColumn || index.column() == ReplicasColumn)
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
    if (role == Qt::TextAlignmentRole && (section == PartitionsColumn || section == ReplicasColumn))
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
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

} // namespace desk
