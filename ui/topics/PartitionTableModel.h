// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicDetails.h"
#include "ui/parts/SortedTableModel.h"

namespace desk {

struct PartitionRow {
    PartitionInfo info;

    [[nodiscard]] int key() const { return info.partition; }
    friend bool operator==(const PartitionRow &, const PartitionRow &) = default;
};

// The partitions of one topic: who leads them, where they are kept, from which offset to which. GUI thread.
class PartitionTableModel : public SortedTableModel<PartitionRow>
{
    Q_OBJECT

public:
    enum Columns {
        PartitionColumn,
        LeaderColumn,
        ReplicasColumn,
        FirstColumn,
        EndColumn,
        MessagesColumn,
        ColumnCount
    };

    using SortedTableModel<PartitionRow>::SortedTableModel;

    // Emits exact inserts, removes and changes against what is shown.
    void setPartitions(const QList<PartitionInfo> &partitions, const QMap<int, QString> &brokers);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const PartitionInfo &partition, int column) const;
    [[nodiscard]] QString toolTip(const PartitionInfo &partition, int column) const;

    QMap<int, QString> m_brokers;
};

} // namespace desk
