// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupTableModel.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <algorithm>

namespace desk {

namespace {

ChipTone toneOf(GroupState state)
{
    switch (state) {
    case GroupState::Stable:
        return ChipTone::Published;
    case GroupState::PreparingRebalance:
    case GroupState::CompletingRebalance:
        return ChipTone::Waiting;
    case GroupState::Dead:
    case GroupState::Empty:
    case GroupState::Unknown:
        break;
    }
    return ChipTone::Plain;
}

QString stateToolTip(GroupState state)
{
    switch (state) {
    case GroupState::Stable:
        return GroupTableModel::tr("Its members read, each its partitions.");
    case GroupState::PreparingRebalance:
    case GroupState::CompletingRebalance:
        return GroupTableModel::tr("Its members are just sharing the partitions anew.");
    case GroupState::Empty:
        return GroupTableModel::tr("Nobody reads with it now; where it stands is kept.");
    case GroupState::Dead:
        return GroupTableModel::tr("It has gone.");
    case GroupState::Unknown:
        break;
    }
    return {};
}

QString numberText(qint64 number)
{
    return number < 0 ? QString() : groupedNumber(number);
}

} // namespace

QString groupStateText(GroupState state)
{
    switch (state) {
    case GroupState::Stable:
        return GroupTableModel::tr("stable");
    case GroupState::PreparingRebalance:
    case GroupState::CompletingRebalance:
        return GroupTableModel::tr("rebalancing");
    case GroupState::Empty:
        return GroupTableModel::tr("empty");
    case GroupState::Dead:
        return GroupTableModel::tr("dead");
    case GroupState::Unknown:
        break;
    }
    return GroupTableModel::tr("unknown");
}

void GroupTableModel::setGroups(const QList<GroupInfo> &groups)
{
    QList<GroupRow> wanted;
    wanted.reserve(groups.size());
    // Both lists are in the order of names.
    qsizetype at = 0;
    for (const GroupInfo &group : groups) {
        while (at < rows().size() && rows().at(at).name < group.name)
            ++at;
        const bool isKnown = at < rows().size() && rows().at(at).name == group.name;
        wanted.append({group.name, group.state, isKnown ? rows().at(at).figures : std::nullopt});
    }
    setRows(wanted);
}

void GroupTableModel::setFigures(const QMap<QString, GroupFigures> &figures)
{
    for (auto group = figures.cbegin(); group != figures.cend(); ++group) {
        const auto found = std::lower_bound(
            rows().cbegin(), rows().cend(), group.key(),
            [](const GroupRow &row, const QString &name) { return row.name < name; });
        if (found == rows().cend() || found->name != group.key())
            continue;
        GroupRow row = *found;
        row.figures = *group;
        if (group->state != GroupState::Unknown)
            row.state = group->state;
        setRow(static_cast<int>(found - rows().cbegin()), row);
    }
}

QStringList GroupTableModel::names() const
{
    QStringList names;
    names.reserve(rows().size());
    for (const GroupRow &row : rows())
        names.append(row.name);
    return names;
}

int GroupTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GroupTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const GroupRow &row = rows().at(index.row());
    const int members = row.figures ? row.figures->members : -1;
    const qint64 lag = row.figures ? row.figures->lag : -1;
    const bool isState = index.column() == StateColumn;
    if (role == LineTable::ToneRole && isState)
        return static_cast<int>(toneOf(row.state));
    if (role == Qt::ToolTipRole) {
        if (isState)
            return stateToolTip(row.state);
        return row.figures && !row.figures->problem.isEmpty() ? row.figures->problem : row.name;
    }
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return row.name;
    case StateColumn:
        return groupStateText(row.state);
    case MembersColumn:
        return role == SortRole ? QVariant(members) : numberText(members);
    case LagColumn:
        return role == SortRole ? QVariant(lag) : numberText(lag);
    default:
        return {};
    }
}

QVariant GroupTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= MembersColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == LagColumn)
        return tr("How many offsets the group is behind the ends of its partitions");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Group");
    case StateColumn:
        return tr("State");
    case MembersColumn:
        return tr("Members");
    case LagColumn:
        return tr("Lag");
    default:
        return {};
    }
}

} // namespace desk
