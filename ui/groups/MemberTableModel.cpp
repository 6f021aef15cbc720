// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/MemberTableModel.h"

namespace desk {

QString assignmentText(const QList<TopicPartition> &partitions)
{
    QStringList topics;
    for (qsizetype first = 0; first < partitions.size();) {
        const QString &topic = partitions.at(first).topic;
        QStringList runs;
        while (first < partitions.size() && partitions.at(first).topic == topic) {
            qsizetype last = first;
            while (last + 1 < partitions.size() && partitions.at(last + 1).topic == topic
                   && partitions.at(last + 1).partition == partitions.at(last).partition + 1)
                ++last;
            const int from = partitions.at(first).partition;
            const int to = partitions.at(last).partition;
            runs.append(from == to ? QString::number(from) : QStringLiteral("%1–%2").arg(from).arg(to));
            first = last + 1;
        }
        topics.append(QStringLiteral("%1 %2").arg(topic, runs.join(QStringLiteral(", "))));
    }
    return topics.join(QStringLiteral(" · "));
}

void MemberTableModel::setMembers(const QList<GroupMember> &members)
{
    QList<MemberRow> rows;
    rows.reserve(members.size());
    for (const GroupMember &member : members)
        rows.append({member});
    setRows(rows);
}

int MemberTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MemberTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const GroupMember &member = rows().at(index.row()).member;
    if (role == Qt::ToolTipRole)
        return member.instanceId.isEmpty()
            ? tr("%1\n%2").arg(member.id, assignmentText(member.partitions))
            : tr("%1\nStatic member %2\n%3")
                  .arg(member.id, member.instanceId, assignmentText(member.partitions));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ClientColumn:
        return member.clientId;
    case HostColumn:
        return member.host;
    case PartitionsColumn:
        return member.partitions.isEmpty() ? tr("none") : assignmentText(member.partitions);
    default:
        return {};
    }
}

QVariant MemberTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ClientColumn:
        return tr("Client");
    case HostColumn:
        return tr("Host");
    case PartitionsColumn:
        return tr("Reads");
    default:
        return {};
    }
}

} // namespace desk
