// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/PartitionTableModel.h"

#include "ui/parts/TabularText.h"

namespace desk {

namespace {

QString listOf(const QList<int> &brokers)
{
    QStringList texts;
    for (const int broker : brokers)
        texts.append(QString::number(broker));
    return texts.join(QStringLiteral(", "));
}

QString offsetText(qint64 offset)
{
    return offset < 0 ? QString() : groupedNumber(offset);
}

} // namespace

void PartitionTableModel::setPartitions(const QList<PartitionInfo> &partitions,
                                        const QMap<int, QString> &brokers)
{
    m_brokers = brokers;
    QList<PartitionRow> rows;
    rows.reserve(partitions.size());
    for (const PartitionInfo &partition : partitions)
        rows.append({partition});
    setRows(rows);
}

int PartitionTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PartitionTableModel::text(const PartitionInfo &partition, int column) const
{
    switch (column) {
    case PartitionColumn:
        return QString::number(partition.partition);
    case LeaderColumn:
        return partition.leader < 0 ? tr("none") : QString::number(partition.leader);
    case ReplicasColumn:
        if (partition.inSync.size() == partition.replicas.size())
            return listOf(partition.replicas);
        return tr("%1 (%2 in sync)").arg(listOf(partition.replicas)).arg(partition.inSync.size());
    case FirstColumn:
        return offsetText(partition.low);
    case EndColumn:
        return offsetText(partition.high);
    case MessagesColumn:
        return offsetText(partition.messages());
    default:
        return {};
    }
}

QString PartitionTableModel::toolTip(const PartitionInfo &partition, int column) const
{
    if (column == LeaderColumn)
        return partition.leader < 0 ? tr("No broker leads this partition: nothing is read or written there.")
                                    : m_brokers.value(partition.leader);
    if (column != ReplicasColumn)
        return text(partition, column);
    QStringList lines;
    for (const int broker : partition.replicas)
        lines.append(tr("%1: %2, %3")
                         .arg(QString::number(broker), m_brokers.value(broker, tr("away")),
                              partition.inSync.contains(broker) ? tr("in sync") : tr("behind")));
    return lines.join(QLatin1Char('\n'));
}

QVariant PartitionTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PartitionInfo &partition = rows().at(index.row()).info;
    if (role == Qt::DisplayRole)
        return text(partition, index.column());
    if (role == Qt::ToolTipRole)
        return toolTip(partition, index.column());
    return {};
}

QVariant PartitionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == PartitionColumn || section >= FirstColumn))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartitionColumn:
        return tr("No.");
    case LeaderColumn:
        return tr("Leader");
    case ReplicasColumn:
        return tr("Replicas");
    case FirstColumn:
        return tr("First");
    case EndColumn:
        return tr("End");
    case MessagesColumn:
        return tr("Messages");
    default:
        return {};
    }
}

} // namespace desk
