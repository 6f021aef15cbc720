// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FilteredMessageModel.h"
#include "models/store/WhenFinished.h"

#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int LookMilliseconds = 100;

} // namespace

struct FilteredMessageModel::Searcher {
    explicit Searcher(std::shared_ptr<const EntityCatalog> catalog) : decoder(std::move(catalog)) { }

    // On the pool's only thread. Newest first.
    QList<qint64> search(const MessageLog &log, const QString &text, qint64 first, qint64 end)
    {
        QList<qint64> found;
        for (qint64 row = end - 1; row >= first; --row) {
            const StreamMessage message = log.message(row);
            if (message.offset < 0)
                break; // dropped, and with it all before
            if (message.topic.contains(text, Qt::CaseInsensitive)
                || QString::fromUtf8(message.key).contains(text, Qt::CaseInsensitive)) {
                found.append(row);
                continue;
            }
            const DecodedMessage decoded = decoder.decode(message, MessageDecoder::Depth::Row);
            if (decoded.summary.contains(text, Qt::CaseInsensitive)
                || decoded.operation.contains(text, Qt::CaseInsensitive))
                found.append(row);
        }
        return found;
    }

    MessageDecoder decoder;
};

FilteredMessageModel::FilteredMessageModel(MessageTableModel &base, std::shared_ptr<MessageLog> log,
                                           std::shared_ptr<const EntityCatalog> catalog, QObject *parent)
    : QAbstractTableModel(parent)
    , m_base(base)
    , m_log(std::move(log))
    , m_searcher(std::make_shared<Searcher>(std::move(catalog)))
{
    m_pool.setMaxThreadCount(1); // one decoder
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &FilteredMessageModel::searchNext);
}

FilteredMessageModel::~FilteredMessageModel()
{
    m_pool.clear();
    m_pool.waitForDone(); // one piece: milliseconds
}

void FilteredMessageModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    beginResetModel();
    m_text = text;
    m_rows.clear();
    ++m_generation;
    const MessageLog::Range range = m_log->range();
    m_logGeneration = range.generation;
    m_startedAt = m_searchedFrom = m_searchedTo = range.end;
    endResetModel();
    if (text.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
    searchNext();
}

void FilteredMessageModel::searchNext()
{
    if (m_isRunning || m_text.isEmpty())
        return;
    const MessageLog::Range range = m_log->range();
    if (range.generation != m_logGeneration) { // cleared
        const QString text = std::exchange(m_text, {});
        setText(text);
        return;
    }
    dropOld();
    if (range.end > m_searchedTo) {
        // A stream faster than the search: what lies too far back is passed over.
        m_searchedTo = std::max(m_searchedTo, range.end - MaximumLookedBack);
        searchPiece(m_searchedTo, std::min(range.end, m_searchedTo + PieceSize));
    } else if (m_searchedFrom > range.first && m_searchedFrom > m_startedAt - MaximumLookedBack
               && m_rows.size() < MaximumKept) {
        searchPiece(std::max(range.first, m_searchedFrom - PieceSize), m_searchedFrom);
    }
}

void FilteredMessageModel::searchPiece(qint64 first, qint64 end)
{
    m_isRunning = true;
    whenFinished(QtConcurrent::run(&m_pool,
                                   [searcher = m_searcher, log = m_log, text = m_text, first, end] {
                                       return searcher->search(*log, text, first, end);
                                   }),
                 this, [this, first, end, generation = m_generation](const QList<qint64> &found) {
                     m_isRunning = false;
                     if (generation == m_generation) {
                         if (first >= m_searchedTo) {
                             m_searchedTo = end;
                             insertNewer(found);
                         } else {
                             m_searchedFrom = first;
                             appendOlder(found);
                         }
                         Q_EMIT searched();
                     }
                     searchNext();
                 });
}

void FilteredMessageModel::insertNewer(const QList<qint64> &found)
{
    if (found.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(found.size()) - 1);
    m_rows = found + m_rows;
    endInsertRows();
    dropOld();
}

void FilteredMessageModel::appendOlder(const QList<qint64> &found)
{
    if (found.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(found.size()) - 1);
    m_rows += found;
    endInsertRows();
}

void FilteredMessageModel::dropOld()
{
    const qint64 first = m_log->firstRow();
    qsizetype kept = std::min<qsizetype>(m_rows.size(), MaximumKept);
    while (kept > 0 && m_rows[kept - 1] < first)
        --kept;
    if (kept == m_rows.size())
        return;
    beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
    m_rows.resize(kept);
    endRemoveRows();
}

int FilteredMessageModel::rowOf(qint64 logRow) const
{
    const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(), logRow, std::greater<>());
    return found != m_rows.cend() && *found == logRow ? static_cast<int>(found - m_rows.cbegin()) : -1;
}

int FilteredMessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FilteredMessageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(MessageTableModel::ColumnCount);
}

QVariant FilteredMessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qint64 row = m_rows[index.row()];
    if (role == MessageTableModel::LogRowRole)
        return row;
    const int baseRow = m_base.rowOf(row); // -1: found before the base has taken it, or dropped since
    return baseRow < 0 ? QVariant() : m_base.index(baseRow, index.column()).data(role);
}

QVariant FilteredMessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_base.headerData(section, orientation, role);
}

} // namespace desk
