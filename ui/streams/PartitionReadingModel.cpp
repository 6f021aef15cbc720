// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PartitionReadingModel.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

namespace desk {
namespace {

QString offsetText(qint64 offset)
{
    return offset < 0 ? QStringLiteral("–") : groupedNumber(offset);
}

QString stateText(const PartitionReading &partition)
{
    if (!partition.problem.isEmpty())
        return partition.problem;
    switch (partition.state) {
    case PartitionReading::State::Waiting:
        return PartitionReadingModel::tr("waits");
    case PartitionReading::State::Reading:
        return PartitionReadingModel::tr("reading");
    case PartitionReading::State::AtEnd:
        return PartitionReadingModel::tr("at the end");
    case PartitionReading::State::Complete:
        break;
    }
    return PartitionReadingModel::tr("complete");
}

ChipTone toneOf(PartitionReading::State state)
{
    switch (state) {
    case PartitionReading::State::Waiting:
        return ChipTone::Waiting;
    case PartitionReading::State::Reading:
        return ChipTone::Saved;
    case PartitionReading::State::AtEnd:
    case PartitionReading::State::Complete:
        break;
    }
    return ChipTone::Published;
}

} // namespace

void PartitionReadingModel::setPartitions(const QList<PartitionReading> &partitions)
{
    QList<PartitionReadingRow> rows;
    rows.reserve(partitions.size());
    for (const PartitionReading &partition : partitions)
        rows.append({partition});
    setRows(rows);
}

int PartitionReadingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PartitionReadingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PartitionReadingRow &row = rows().at(index.row());
    if (role == LineTable::ToneRole && index.column() == StateColumn)
        return int(toneOf(row.state));
    if (role == Qt::ToolTipRole && index.column() == StateColumn)
        return stateText(row);
    if (role == Qt::TextAlignmentRole && index.column() > TopicColumn && index.column() < StateColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TopicColumn:
        return row.topic;
    case PartitionColumn:
        return QString::number(row.partition);
    case FirstColumn:
        return offsetText(row.first);
    case PositionColumn:
        return offsetText(row.position);
    case EndColumn:
        return offsetText(row.end);
    case BehindColumn:
        return row.position < 0 ? offsetText(-1) : groupedNumber(row.behind());
    case LeaderColumn:
        return offsetText(row.leader);
    case StateColumn:
        return stateText(row);
    default:
        return {};
    }
}

QVariant PartitionReadingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section > TopicColumn
        && section < StateColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == FirstColumn)
        return tr("The offset at which reading began");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TopicColumn:
        return tr("Topic");
    case PartitionColumn:
        return tr("Partition");
    case FirstColumn:
        return tr("First");
    case PositionColumn:
        return tr("Position");
    case EndColumn:
        return tr("End");
    case BehindColumn:
        return tr("Behind");
    case LeaderColumn:
        return tr("Leader");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

} // namespace desk
