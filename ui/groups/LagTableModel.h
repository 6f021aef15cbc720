// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/OffsetReset.h"
#include "ui/parts/SortedTableModel.h"

namespace desk {

struct LagRow {
    GroupPartition partition;

    [[nodiscard]] const TopicPartition &key() const { return partition.place; }
    friend bool operator==(const LagRow &, const LagRow &) = default;
};

// Where one group stands in each of its partitions. GUI thread.
class LagTableModel : public SortedTableModel<LagRow>
{
    Q_OBJECT

public:
    enum Columns {
        TopicColumn,
        PartitionColumn,
        OffsetColumn,
        EndColumn,
        LagColumn,
        ReaderColumn,
        ColumnCount
    };

    using SortedTableModel<LagRow>::SortedTableModel;

    // Emits exact inserts, removes and changes against what is shown.
    void setPartitions(const QList<GroupPartition> &partitions);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace desk
