// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/poison/PoisonTableModel.h"

#include "kafka/PayloadText.h"
#include "ui/parts/TimeText.h"

#include <QLocale>

namespace desk {
namespace {

constexpr qsizetype LongestKey = 60;

QString keyText(const TopicMessage &message)
{
    if (!message.key)
        return {};
    if (const std::optional<QString> text = textOfBytes(*message.key))
        return oneLine(*text, LongestKey);
    return shortHex(*message.key, LongestKey / 3);
}

} // namespace

void PoisonTableModel::setMessages(const QList<PoisonMessage> &messages)
{
    // Both lists are in the order of ids: one walk over both finds what came, went and changed.
    int at = 0;
    for (const PoisonMessage &message : messages) {
        while (at < m_messages.size() && m_messages.at(at).id < message.id) {
            beginRemoveRows({}, at, at);
            m_messages.removeAt(at);
            endRemoveRows();
        }
        if (at < m_messages.size() && m_messages.at(at).id == message.id) {
            if (m_messages.at(at).reason != message.reason) {
                m_messages[at].reason = message.reason;
                Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
            }
        } else {
            beginInsertRows({}, at, at);
            m_messages.insert(at, message);
            endInsertRows();
        }
        ++at;
    }
    if (at < m_messages.size()) {
        beginRemoveRows({}, at, int(m_messages.size()) - 1);
        m_messages.remove(at, m_messages.size() - at);
        endRemoveRows();
    }
}

int PoisonTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_messages.size());
}

int PoisonTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PoisonTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const PoisonMessage &poison = m_messages.at(index.row());
    switch (index.column()) {
    case KeptColumn:
        return role == Qt::ToolTipRole ? exactTime(poison.keptAt) : timeAgo(poison.keptAt);
    case TopicColumn:
        return poison.message.topic;
    case PlaceColumn:
        return QStringLiteral("%1 / %2")
            .arg(poison.message.partition)
            .arg(QLocale().toString(poison.message.offset));
    case KeyColumn:
        return keyText(poison.message);
    case ReasonColumn:
        return poison.reason;
    default:
        return {};
    }
}

QVariant PoisonTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeptColumn:
        return tr("Met");
    case TopicColumn:
        return tr("Topic");
    case PlaceColumn:
        return tr("Partition / offset");
    case KeyColumn:
        return tr("Key");
    case ReasonColumn:
        return tr("Why it was not applied");
    default:
        return {};
    }
}

} // namespace desk
