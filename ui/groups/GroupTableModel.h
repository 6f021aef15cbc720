// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/parts/SortedTableModel.h"

#include <optional>

namespace desk {

struct GroupRow {
    QString name;
    GroupState state = GroupState::Unknown;
    std::optional<GroupFigures> figures; // once they are known

    [[nodiscard]] const QString &key() const { return name; }
    friend bool operator==(const GroupRow &, const GroupRow &) = default;
};

// The cluster's consumer groups. Members and lag come after the list and stay over the next one. GUI thread.
class GroupTableModel : public SortedTableModel<GroupRow>
{
    Q_OBJECT

public:
    enum Columns { NameColumn, StateColumn, MembersColumn, LagColumn, ColumnCount };

    using SortedTableModel<GroupRow>::SortedTableModel;

    // Both emit exact inserts, removes and changes against what is shown.
    void setGroups(const QList<GroupInfo> &groups);
    // Of groups that are listed; others are passed over.
    void setFigures(const QMap<QString, GroupFigures> &figures);

    [[nodiscard]] const GroupRow &row(int row) const { return rows().at(row); }
    [[nodiscard]] QStringList names() const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

// A word for it: "stable".
[[nodiscard]] QString groupStateText(GroupState state);

} // namespace desk
