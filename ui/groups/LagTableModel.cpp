// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/LagTableModel.h"

#include "ui/parts/TabularText.h"

namespace desk {

namespace {

QString offsetText(qint64 offset)
{
    return offset < 0 ? QString() : groupedNumber(offset);
}

} // namespace

void LagTableModel::setPartitions(const QList<GroupPartition> &partitions)
{
    QList<LagRow> rows;
    rows.reserve(partitions.size());
    for (const GroupPartition &partition : partitions)
        rows.append({partition});
    setRows(rows);
}

int LagTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LagTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const GroupPartition &partition = rows().at(index.row()).partition;
    if (role == Qt::ToolTipRole && partition.high < 0)
        return tr("The partition is not there, or no broker leads it");
    if (role == Qt::ToolTipRole && index.column() == OffsetColumn && partition.committed < 0)
        return tr("The group has committed nothing here yet");
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case TopicColumn:
        return partition.place.topic;
    case PartitionColumn:
        return QString::number(partition.place.partition);
    case OffsetColumn:
        return offsetText(partition.committed);
    case EndColumn:
        return offsetText(partition.high);
    case LagColumn:
        return offsetText(partition.lag());
    case ReaderColumn:
        return partition.member;
    default:
        return {};
    }
}

QVariant LagTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= PartitionColumn && section <= LagColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TopicColumn:
        return tr("Topic");
    case PartitionColumn:
        return tr("No.");
    case OffsetColumn:
        return tr("Next");
    case EndColumn:
        return tr("End");
    case LagColumn:
        return tr("Lag");
    case ReaderColumn:
        return tr("Read by");
    default:
        return {};
    }
}

} // namespace desk
