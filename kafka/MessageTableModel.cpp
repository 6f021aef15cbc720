// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageTableModel.h"

#include "kafka/PayloadText.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace desk {
namespace {

// Few messages are seen as they come. Of many nobody sees each; then the window's time is better spent on what the
// operator does.
constexpr int FrameMilliseconds = 16;
constexpr int BusyFrameMilliseconds = 60;
constexpr qint64 BusyFrameRows = 1000;
constexpr int FieldMilliseconds = 16;
constexpr int ShownRows = 5'000;
constexpr qsizetype KeyLength = 100;

QString sizeText(qint64 bytes)
{
    return bytes < 1000 ? QStringLiteral("%1 B").arg(bytes)
                        : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

int alignmentOf(int column, bool isNumberField)
{
    const bool isNumber = isNumberField || column == MessageTableModel::PartitionColumn
        || column == MessageTableModel::OffsetColumn || column == MessageTableModel::SizeColumn;
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

MessageTableModel::MessageTableModel(std::shared_ptr<MessageLog> log,
                                     std::shared_ptr<const EntityCatalog> catalog, Order order,
                                     QObject *parent)
    : MessageTableModel(std::move(log), DecodingSources{std::move(catalog), {}, {}}, order, parent)
{ }

MessageTableModel::MessageTableModel(std::shared_ptr<MessageLog> log, DecodingSources sources, Order order,
                                     QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(std::move(log))
    , m_decoder(std::make_unique<MessageDecoder>(std::move(sources)))
    , m_order(order)
    , m_shown(ShownRows)
{
    m_frameTimer.setTimerType(Qt::PreciseTimer);
    m_frameTimer.setInterval(FrameMilliseconds);
    connect(&m_frameTimer, &QTimer::timeout, this, [this] {
        const auto before = m_range;
        update();
        if (m_range == before)
            rest();
        else
            m_frameTimer.setInterval(m_range.end - before.end < BusyFrameRows ? FrameMilliseconds
                                                                              : BusyFrameMilliseconds);
    });
    m_fieldTimer.setSingleShot(true);
    m_fieldTimer.setInterval(FieldMilliseconds);
    connect(&m_fieldTimer, &QTimer::timeout, this, &MessageTableModel::showNextCells);
    m_range = m_log->range();
    rest();
    if (const auto &schemas = m_decoder->sources().schemas) {
        schemas->watch(this, [this] {
            QMetaObject::invokeMethod(this, &MessageTableModel::decodeAgain, Qt::QueuedConnection);
        });
    }
}

MessageTableModel::~MessageTableModel()
{
    if (const auto &schemas = m_decoder->sources().schemas)
        schemas->forgetWatcher(this);
    m_log->forgetWatcher(this);
}

void MessageTableModel::setDecoding(const DecodingSettings &settings)
{
    DecodingSources sources = m_decoder->sources();
    sources.settings = settings;
    m_decoder = std::make_unique<MessageDecoder>(std::move(sources));
    m_shown.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT decodingChanged();
}

void MessageTableModel::decodeAgain()
{
    int first = -1;
    int last = -1;
    const QList<qint64> known = m_shown.keys();
    for (const qint64 logRow : known) {
        const Shown &shown = *m_shown.object(logRow);
        if (!dependsOnSchemas(shown.decoded.key) && !dependsOnSchemas(shown.decoded.value))
            continue;
        m_shown.remove(logRow);
        const int row = rowOf(logRow);
        if (row < 0)
            continue;
        first = first < 0 ? row : std::min(first, row);
        last = std::max(last, row);
    }
    if (first < 0)
        return;
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    Q_EMIT decodingChanged();
}

// Lets the log wake the timer, so that a stream without messages costs nothing.
void MessageTableModel::rest()
{
    m_frameTimer.stop();
    m_log->watch(this, m_range, [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                update();
                m_frameTimer.start();
            },
            Qt::QueuedConnection);
    });
}

int MessageTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_range.end - m_range.first);
}

int MessageTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount + int(m_fields.size());
}

QVariant MessageTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section, m_numberFields.contains(m_fields.value(section - ColumnCount)));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case TopicColumn:
        return tr("Topic");
    case PartitionColumn:
        return tr("Partition");
    case OffsetColumn:
        return tr("Offset");
    case KeyColumn:
        return tr("Key");
    case OperationColumn:
        return tr("Operation");
    case ValueColumn:
        return tr("Value");
    case SizeColumn:
        return tr("Size");
    default:
        return m_fields.value(section - ColumnCount);
    }
}

QVariant MessageTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == LogRowRole)
        return logRow(index.row());
    if (index.column() >= ColumnCount && role != OperationRole && role != ProblemRole)
        return fieldData(logRow(index.row()), index.column() - ColumnCount, role);
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column(), false);
    if (role != Qt::DisplayRole && role != WholeRole && role != OperationRole && role != ProblemRole)
        return {};
    const Shown &row = shown(logRow(index.row()));
    if (role == OperationRole)
        return row.decoded.operation;
    if (role == ProblemRole)
        return row.decoded.problem;
    return text(row, index.column());
}

QVariant MessageTableModel::text(const Shown &shown, int column) const
{
    const StreamMessage &message = shown.message;
    switch (column) {
    case TimeColumn:
        return message.timestamp < 0
            ? QString()
            : QDateTime::fromMSecsSinceEpoch(message.timestamp).toString(u"HH:mm:ss.zzz");
    case TopicColumn:
        return message.topic;
    case PartitionColumn:
        return message.partition;
    case OffsetColumn:
        return message.offset;
    case KeyColumn:
        return oneLine(shown.decoded.key.summary, KeyLength);
    case OperationColumn:
        return shown.decoded.operation;
    case ValueColumn:
        return shown.decoded.summary;
    case SizeColumn:
        return sizeText(message.key.size() + shown.valueSize);
    default:
        return {};
    }
}

MessageTableModel::Shown &MessageTableModel::shown(qint64 logRow) const
{
    if (Shown *known = m_shown.object(logRow))
        return *known;
    auto *made = new Shown;
    made->message = m_log->message(logRow);
    if (made->message.offset < 0) {
        made->message.topic = tr("dropped"); // between two frames
    } else {
        made->decoded = m_decoder->decode(made->message, MessageDecoder::Depth::Row);
        made->valueSize = made->message.value.size();
        made->message.value.clear();
    }
    m_shown.insert(logRow, made);
    return *made;
}

qint64 MessageTableModel::logRow(int row) const
{
    return m_order == Order::NewestFirst ? m_range.end - 1 - row : m_range.first + row;
}

int MessageTableModel::rowOf(qint64 logRow) const
{
    if (logRow < m_range.first || logRow >= m_range.end)
        return -1;
    return int(m_order == Order::NewestFirst ? m_range.end - 1 - logRow : logRow - m_range.first);
}

StreamMessage MessageTableModel::message(int row) const
{
    return m_log->message(logRow(row));
}

DecodedMessage MessageTableModel::decoded(int row) const
{
    return m_decoder->decode(message(row), MessageDecoder::Depth::Whole);
}

void MessageTableModel::update()
{
    const MessageLog::Range now = m_log->range();
    if (now == m_range)
        return;
    if (now.generation != m_range.generation) {
        beginResetModel();
        m_shown.clear();
        m_range = now;
        endResetModel();
        return;
    }
    removeDropped(now.first);
    insertNew(now.end);
}

void MessageTableModel::removeDropped(qint64 first)
{
    const qint64 gone = std::min(first, m_range.end) - m_range.first;
    if (gone > 0) {
        const int begin = m_order == Order::NewestFirst ? rowCount() - int(gone) : 0;
        beginRemoveRows({}, begin, begin + int(gone) - 1);
        m_range.first += gone;
        endRemoveRows();
    }
    // Rows that came and went between two frames were never shown.
    if (m_range.first < first) {
        m_range.first = first;
        m_range.end = first;
    }
}

void MessageTableModel::insertNew(qint64 end)
{
    const auto count = int(end - m_range.end);
    if (count <= 0)
        return;
    const int begin = m_order == Order::NewestFirst ? 0 : rowCount();
    beginInsertRows({}, begin, begin + count - 1);
    m_range.end = end;
    endInsertRows();
}

} // namespace desk
