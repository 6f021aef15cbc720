// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/parts/SortedTableModel.h"

namespace desk {

struct MemberRow {
    GroupMember member;

    [[nodiscard]] const QString &key() const { return member.id; }
    friend bool operator==(const MemberRow &, const MemberRow &) = default;
};

// The members of one group and what each reads. GUI thread.
class MemberTableModel : public SortedTableModel<MemberRow>
{
    Q_OBJECT

public:
    enum Columns { ClientColumn, HostColumn, PartitionsColumn, ColumnCount };

    using SortedTableModel<MemberRow>::SortedTableModel;

    // By id; emits exact inserts, removes and changes against what is shown.
    void setMembers(const QList<GroupMember> &members);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

// "orders 0–3, 7 · payments 1"; the partitions in their order.
[[nodiscard]] QString assignmentText(const QList<TopicPartition> &partitions);

} // namespace desk
