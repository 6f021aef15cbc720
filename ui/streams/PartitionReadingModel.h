// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamProgress.h"
#include "ui/parts/SortedTableModel.h"

namespace desk {

struct PartitionReadingRow : PartitionReading {
    [[nodiscard]] std::pair<QString, int> key() const { return {topic, partition}; }
    friend bool operator==(const PartitionReadingRow &, const PartitionReadingRow &) = default;
};

// The partitions that the live stream reads, and how far each is. GUI thread.
class PartitionReadingModel : public SortedTableModel<PartitionReadingRow>
{
    Q_OBJECT

public:
    enum Columns {
        TopicColumn,
        PartitionColumn,
        FirstColumn,
        PositionColumn,
        EndColumn,
        BehindColumn,
        LeaderColumn,
        StateColumn,
        ColumnCount
    };

    using SortedTableModel::SortedTableModel;

    void setPartitions(const QList<PartitionReading> &partitions); // by topic and number

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace desk
