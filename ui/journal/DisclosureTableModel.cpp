// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/DisclosureTableModel.h"

#include "ui/parts/TabularText.h"
#include "ui/parts/TimeText.h"

#include <algorithm>

namespace desk {

void DisclosureTableModel::setNewest(const QList<Disclosure> &newestFirst)
{
    const bool isAll = newestFirst.size() < PageSize;
    const qint64 newestKnown = m_disclosures.isEmpty() ? 0 : m_disclosures.first().number;
    const auto known = std::find_if(newestFirst.begin(), newestFirst.end(),
                                    [&](const Disclosure &other) { return other.number <= newestKnown; });
    if (known == newestFirst.end() && !m_disclosures.isEmpty() && !isAll) {
        // More came than a page holds: what lies between is not known.
        beginRemoveRows({}, 0, int(m_disclosures.size()) - 1);
        m_disclosures.clear();
        endRemoveRows();
        m_isComplete = false;
        m_isAsked = false;
    }
    const QList<Disclosure> added = newestFirst.first(known - newestFirst.begin());
    const bool wasEmpty = m_disclosures.isEmpty();
    if (!added.isEmpty()) {
        beginInsertRows({}, 0, int(added.size()) - 1);
        m_disclosures = added + m_disclosures;
        endInsertRows();
    }
    if (isAll || (wasEmpty && added.size() < PageSize))
        m_isComplete = true;
}

void DisclosureTableModel::append(const QList<Disclosure> &newestFirst, qint64 before)
{
    if (m_disclosures.isEmpty() || m_disclosures.last().number != before)
        return;
    m_isAsked = false;
    m_isComplete = newestFirst.size() < PageSize;
    if (newestFirst.isEmpty())
        return;
    const int first = int(m_disclosures.size());
    beginInsertRows({}, first, first + int(newestFirst.size()) - 1);
    m_disclosures += newestFirst;
    endInsertRows();
}

bool DisclosureTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isComplete && !m_isAsked && !m_disclosures.isEmpty();
}

void DisclosureTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_isAsked = true;
    Q_EMIT pageWanted(m_disclosures.last().number);
}

int DisclosureTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_disclosures.size());
}

int DisclosureTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DisclosureTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const Disclosure &disclosure = m_disclosures.at(index.row());
    switch (index.column()) {
    case TimeColumn:
        return role == Qt::ToolTipRole ? timeAgo(disclosure.at) : exactTime(disclosure.at);
    case AuthorColumn:
        return disclosure.author;
    case TopicColumn:
        return disclosure.topic;
    case PlaceColumn:
        return QStringLiteral("%1 / %2").arg(disclosure.partition).arg(groupedNumber(disclosure.offset));
    case FieldColumn:
        return disclosure.field;
    default:
        return {};
    }
}

QVariant DisclosureTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case AuthorColumn:
        return tr("Who");
    case TopicColumn:
        return tr("Topic");
    case PlaceColumn:
        return tr("Partition / offset");
    case FieldColumn:
        return tr("Field shown");
    default:
        return {};
    }
}

} // namespace desk
