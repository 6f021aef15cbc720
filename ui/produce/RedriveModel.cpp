// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/RedriveModel.h"

#include "ui/parts/TabularText.h"

#include <algorithm>

namespace desk {

RedriveModel::RedriveModel(std::shared_ptr<MessageLog> log, DecodingSources decoding, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(std::move(log))
    , m_decoder(std::make_unique<MessageDecoder>(std::move(decoding)))
{ }

void RedriveModel::setRows(const QList<qint64> &logRows)
{
    beginResetModel();
    m_messages.clear();
    const MessageLog::Range range = m_log->range();
    for (const qint64 row : logRows) {
        m_log->visit(range.generation, row, row + 1, [this](qint64 at, const MessageView &message) {
            m_messages.append({at, m_log->topicName(message.topic), message.partition, message.offset});
            return false;
        });
    }
    endResetModel();
}

void RedriveModel::setTarget(const QString &target)
{
    if (target == m_target)
        return;
    m_target = target;
    if (!m_messages.isEmpty())
        Q_EMIT dataChanged(index(0, ToColumn), index(rowCount() - 1, ToColumn));
}

bool RedriveModel::hasTopic(const QString &topic) const
{
    return std::any_of(m_messages.cbegin(), m_messages.cend(),
                       [&](const ChosenMessage &message) { return message.topic == topic; });
}

int RedriveModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

int RedriveModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RedriveModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isNumber = index.column() == OffsetColumn || index.column() == SizeColumn;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ChosenMessage &chosen = m_messages[index.row()];
    switch (index.column()) {
    case FromColumn:
        return tr("%1, partition %2").arg(chosen.topic).arg(chosen.partition);
    case OffsetColumn:
        return groupedNumber(chosen.offset);
    case ToColumn:
        return m_target;
    default:
        break;
    }
    const StreamMessage message = m_log->message(chosen.logRow);
    if (message.offset != chosen.offset || message.topic != chosen.topic)
        return index.column() == ValueColumn ? tr("no longer kept here") : QString();
    if (index.column() == SizeColumn)
        return groupedNumber(message.value.size());
    const DecodedMessage decoded = m_decoder->decode(message, MessageDecoder::Depth::Row);
    return index.column() == KeyColumn ? decoded.key.summary : decoded.summary;
}

QVariant RedriveModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == OffsetColumn || section == SizeColumn))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FromColumn:
        return tr("From");
    case OffsetColumn:
        return tr("Offset");
    case KeyColumn:
        return tr("Key");
    case ValueColumn:
        return tr("Value");
    case SizeColumn:
        return tr("Bytes");
    case ToColumn:
        return tr("To");
    default:
        return {};
    }
}

} // namespace desk
