// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FilteredMessageModel.h"
#include "models/store/WhenFinished.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>

namespace desk {
namespace {

constexpr qint64 PieceSize = 50'000; // messages: some ten milliseconds
constexpr int WakeMilliseconds = 60; // a frame of the table

} // namespace

// One question. A new one stops it, so that nobody waits for the answer to an old one.
struct FilteredMessageModel::Search {
    Search(const FilterNode &expression, const std::shared_ptr<MessageLog> &searchedLog,
           const std::shared_ptr<const EntityCatalog> &catalog,
           const std::shared_ptr<const DescriptorSource> &descriptors)
        : log(searchedLog)
        , filter(expression, catalog, descriptors,
                 [searchedLog](quint32 topic) { return searchedLog->topicName(topic); })
    { }

    // On the pool's only thread. Newest first.
    QList<qint64> look(qint64 generation, qint64 first, qint64 end)
    {
        QList<qint64> found;
        log->visit(generation, first, end, [&](qint64 row, const MessageView &message) {
            if (filter.matches(message))
                found.append(row);
            return !isStopped;
        });
        std::reverse(found.begin(), found.end());
        return found;
    }

    std::shared_ptr<MessageLog> log;
    MessageFilter filter;
    std::atomic<bool> isStopped = false;
};

FilteredMessageModel::FilteredMessageModel(MessageTableModel &base, std::shared_ptr<MessageLog> log,
                                           std::shared_ptr<const EntityCatalog> catalog,
                                           std::shared_ptr<const DescriptorSource> descriptors,
                                           QObject *parent, Fields fields)
    : QAbstractTableModel(parent)
    , m_base(base)
    , m_fields(fields)
    , m_log(std::move(log))
    , m_catalog(std::move(catalog))
    , m_descriptors(std::move(descriptors))
{
    m_pool.setMaxThreadCount(1); // a filter is one thread's
    m_wakeTimer.setSingleShot(true);
    m_wakeTimer.setInterval(WakeMilliseconds);
    connect(&m_wakeTimer, &QTimer::timeout, this, &FilteredMessageModel::searchNext);
    followFields();
}

void FilteredMessageModel::followFields()
{
    if (m_fields == Fields::None)
        return;
    connect(&m_base, &QAbstractItemModel::columnsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) { beginInsertColumns({}, first, last); });
    connect(&m_base, &QAbstractItemModel::columnsInserted, this, [this] { endInsertColumns(); });
    connect(&m_base, &QAbstractItemModel::columnsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { beginRemoveColumns({}, first, last); });
    connect(&m_base, &QAbstractItemModel::columnsRemoved, this, [this] { endRemoveColumns(); });
    connect(&m_base, &QAbstractItemModel::headerDataChanged, this, &QAbstractItemModel::headerDataChanged);
    // A field's text comes with a later frame; rows lie elsewhere here.
    connect(&m_base, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &, const QModelIndex &) {
                if (!m_rows.empty())
                    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            });
}

FilteredMessageModel::~FilteredMessageModel()
{
    m_log->forgetWatcher(this);
    if (m_search)
        m_search->isStopped = true;
    m_pool.clear();
    m_pool.waitForDone(); // for the message that is being looked at
}

void FilteredMessageModel::setFilter(const FilterNode &filter)
{
    m_filter = filter;
    begin(std::make_shared<Search>(filter, m_log, m_catalog, m_descriptors));
}

void FilteredMessageModel::setDescriptors(std::shared_ptr<const DescriptorSource> descriptors)
{
    m_descriptors = std::move(descriptors);
    if (hasFilter())
        setFilter(FilterNode(m_filter));
}

void FilteredMessageModel::clearFilter()
{
    if (m_search)
        begin(nullptr);
}

void FilteredMessageModel::begin(std::shared_ptr<Search> search)
{
    beginResetModel();
    if (m_search)
        m_search->isStopped = true;
    m_search = std::move(search);
    m_rows.clear();
    m_problem.clear();
    m_partlySeen = 0;
    const MessageLog::Range range = m_log->range();
    m_logGeneration = range.generation;
    m_searchedFrom = m_searchedTo = range.end;
    m_isRunning = false; // what still runs answers to the old question
    endResetModel();
    m_log->forgetWatcher(this);
    m_wakeTimer.stop();
    searchNext();
}

void FilteredMessageModel::searchNext()
{
    if (m_isRunning || !m_search)
        return;
    const MessageLog::Range range = m_log->range();
    if (range.generation != m_logGeneration) { // cleared
        setFilter(FilterNode(m_filter));
        return;
    }
    dropOld();
    if (range.end > m_searchedTo) {
        m_searchedTo = std::max(m_searchedTo, range.first); // what was dropped unseen
        m_searchedFrom = std::max(m_searchedFrom, range.first);
        searchPiece(m_searchedTo, std::min(range.end, m_searchedTo + PieceSize));
    } else if (m_searchedFrom > range.first) {
        searchPiece(std::max(range.first, m_searchedFrom - PieceSize), m_searchedFrom);
    } else {
        rest();
    }
}

void FilteredMessageModel::searchPiece(qint64 first, qint64 end)
{
    m_isRunning = true;
    struct Answer {
        QList<qint64> found;
        QString problem;
        qint64 partlySeen = 0;
    };
    whenFinished(
        QtConcurrent::run(&m_pool,
                          [search = m_search, generation = m_logGeneration, first, end] {
                              const QList<qint64> found = search->look(generation, first, end);
                              return Answer{found, search->filter.problem(), search->filter.partlySeen()};
                          }),
        this, [this, first, end, search = m_search](const Answer &answer) {
            if (search != m_search)
                return; // another question has been asked since
            m_isRunning = false;
            m_problem = answer.problem;
            m_partlySeen = answer.partlySeen;
            take(answer.found, first, end);
            Q_EMIT searched();
            searchNext();
        });
}

void FilteredMessageModel::take(const QList<qint64> &found, qint64 first, qint64 end)
{
    if (first >= m_searchedTo) {
        m_searchedTo = end;
        insertNewer(found);
    } else {
        m_searchedFrom = first;
        appendOlder(found);
    }
}

void FilteredMessageModel::insertNewer(const QList<qint64> &found)
{
    if (found.isEmpty())
        return;
    m_base.update(); // so that no row is shown that it does not have yet
    beginInsertRows({}, 0, static_cast<int>(found.size()) - 1);
    m_rows.insert(m_rows.begin(), found.cbegin(), found.cend());
    endInsertRows();
}

void FilteredMessageModel::appendOlder(const QList<qint64> &found)
{
    if (found.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(found.size()) - 1);
    m_rows.insert(m_rows.end(), found.cbegin(), found.cend());
    endInsertRows();
}

void FilteredMessageModel::dropOld()
{
    const qint64 first = m_log->firstRow();
    size_t kept = m_rows.size();
    while (kept > 0 && m_rows[kept - 1] < first)
        --kept;
    if (kept == m_rows.size())
        return;
    beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
    m_rows.resize(kept);
    endRemoveRows();
}

// Lets the log wake the search, so that a stream without messages costs nothing.
void FilteredMessageModel::rest()
{
    MessageLog::Range seen = m_log->range();
    seen.end = m_searchedTo; // wakes at once if more has come since
    m_log->watch(this, seen, [this] {
        QMetaObject::invokeMethod(
            this, [this] { m_wakeTimer.start(); }, Qt::QueuedConnection);
    });
}

FilteredMessageModel::Progress FilteredMessageModel::progress() const
{
    if (!m_search)
        return {};
    const MessageLog::Range range = m_log->range();
    if (range.generation != m_logGeneration)
        return {0, range.end - range.first, 0, 0};
    const qint64 lookedAt = std::max<qint64>(0, m_searchedTo - std::max(m_searchedFrom, range.first));
    return {lookedAt, range.end - range.first, qint64(m_rows.size()), m_partlySeen};
}

qint64 FilteredMessageModel::logRow(int row) const
{
    return row < 0 || size_t(row) >= m_rows.size() ? -1 : m_rows[size_t(row)];
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
    if (parent.isValid())
        return 0;
    return m_fields == Fields::None ? static_cast<int>(MessageTableModel::ColumnCount) : m_base.columnCount();
}

QVariant FilteredMessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qint64 row = m_rows[size_t(index.row())];
    if (role == MessageTableModel::LogRowRole)
        return row;
    const int baseRow = m_base.rowOf(row); // -1: dropped since
    return baseRow < 0 ? QVariant() : m_base.index(baseRow, index.column()).data(role);
}

QVariant FilteredMessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_base.headerData(section, orientation, role);
}

} // namespace desk
