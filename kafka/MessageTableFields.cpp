// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of chosen fields: a message is decoded in whole for the sake of them only where a row is looked at, and
// no more of that in a frame than leaves the window its time.
#include "kafka/MessageTableModel.h"

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype FrameBytes = 128 * 1024;    // of values: some milliseconds
constexpr qsizetype LargestValue = 1024 * 1024; // what is larger is opened to be read
constexpr qsizetype LargestSampled = 64 * 1024;
constexpr qsizetype MostNames = 500;
constexpr QChar Waiting(u'…');

} // namespace

void MessageTableModel::setFields(const QStringList &paths)
{
    for (qsizetype field = m_fields.size() - 1; field >= 0; --field) {
        if (paths.contains(m_fields[field]))
            continue;
        const int column = ColumnCount + int(field);
        beginRemoveColumns({}, column, column);
        m_fields.removeAt(field);
        forgetCells();
        endRemoveColumns();
    }
    QStringList added;
    for (const QString &path : paths) {
        if (!path.isEmpty() && !m_fields.contains(path) && !added.contains(path))
            added.append(path);
    }
    if (added.isEmpty())
        return;
    beginInsertColumns({}, columnCount(), columnCount() + int(added.size()) - 1);
    m_fields += added;
    forgetCells();
    endInsertColumns();
}

void MessageTableModel::forgetCells()
{
    const QList<qint64> known = m_shown.keys();
    for (const qint64 logRow : known)
        m_shown.object(logRow)->cells.clear();
}

int MessageTableModel::columnOf(const QString &field) const
{
    const qsizetype index = m_fields.indexOf(field);
    return index < 0 ? -1 : ColumnCount + int(index);
}

QVariant MessageTableModel::fieldData(qint64 logRow, int field, int role) const
{
    const bool isAsked = role == Qt::DisplayRole || role == WholeRole || role == NumberRole
        || role == MaskedRole || role == Qt::TextAlignmentRole;
    if (!isAsked)
        return {};
    Shown &row = shown(logRow);
    const bool isTooLarge = row.valueSize > LargestValue && role != WholeRole;
    const bool isRead = !isTooLarge
        && readCells(logRow, row, role == WholeRole ? Urgency::Now : Urgency::Frame);
    const FieldCell cell = isRead
        ? row.cells.value(field)
        : FieldCell{FieldCell::Kind::Text, isTooLarge ? tr("… (large: open it)") : QString(Waiting)};
    const bool isNumber = cell.kind == FieldCell::Kind::Number;
    if (role == NumberRole)
        return isNumber;
    if (role == MaskedRole)
        return cell.kind == FieldCell::Kind::Masked;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return cell.text;
}

// False: it is not this frame's turn.
bool MessageTableModel::readCells(qint64 logRow, Shown &shown, Urgency urgency) const
{
    if (!shown.cells.isEmpty())
        return true;
    const qsizetype size = shown.valueSize + shown.message.key.size();
    if (!m_fieldTimer.isActive())
        m_fieldTimer.start();
    if (urgency == Urgency::Frame && m_frameBytes > 0 && m_frameBytes + size > FrameBytes) {
        m_waiting.insert(logRow);
        return false;
    }
    const StreamMessage message = m_log->message(logRow);
    DecodedMessage decoded;
    if (message.offset >= 0) {
        decoded = m_decoder->decode(message, MessageDecoder::Depth::Whole);
        ++m_fieldDecodes;
        m_frameBytes += std::max<qsizetype>(size, 1);
    }
    for (const QString &path : m_fields) {
        shown.cells.append(fieldCell(decoded, path));
        if (shown.cells.constLast().kind != FieldCell::Kind::Number || m_numberFields.contains(path))
            continue;
        m_numberFields.insert(path);
        m_isHeaderStale = true;
    }
    return true;
}

void MessageTableModel::showNextCells()
{
    m_frameBytes = 0;
    const QSet<qint64> waiting = std::exchange(m_waiting, {});
    if (m_fields.isEmpty())
        return;
    if (std::exchange(m_isHeaderStale, false))
        Q_EMIT headerDataChanged(Qt::Horizontal, ColumnCount, columnCount() - 1);
    int first = -1;
    int last = -1;
    for (const qint64 logRow : waiting) {
        const int row = rowOf(logRow);
        if (row < 0)
            continue;
        first = first < 0 ? row : std::min(first, row);
        last = std::max(last, row);
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(first, ColumnCount), index(last, columnCount() - 1));
}

QStringList MessageTableModel::fieldsSeen(int messages) const
{
    QStringList names;
    for (int row = 0; row < rowCount() && messages > 0 && names.size() < MostNames; ++row, --messages) {
        const qint64 newest = m_range.end - 1 - row;
        if (shown(newest).valueSize > LargestSampled)
            continue;
        const DecodedMessage decoded = m_decoder->decode(m_log->message(newest),
                                                         MessageDecoder::Depth::Whole);
        for (const QString &path : fieldPaths(decoded, MostNames)) {
            if (!names.contains(path))
                names.append(path);
        }
    }
    return names;
}

} // namespace desk
