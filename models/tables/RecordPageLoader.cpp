// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordPageLoader.h"

#include "models/store/WhenFinished.h"

namespace desk {

RecordPageLoader::RecordPageLoader(StoreClient &store, const RecordWindow &window, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_window(window)
{
    m_fetchTimer.setSingleShot(true);
    connect(&m_fetchTimer, &QTimer::timeout, this, &RecordPageLoader::fetchRequested);
}

void RecordPageLoader::setQuery(const RecordQuery &query)
{
    m_query = query;
    m_requested.clear();
    startOver();
}

void RecordPageLoader::startOver()
{
    ++m_generation;
    m_loading.clear();
}

void RecordPageLoader::request(int page)
{
    if (m_loading.contains(page))
        return;
    m_requested.removeOne(page);
    m_requested.append(page);
    if (m_requested.size() > PagesAhead)
        m_requested.removeFirst();
    if (!m_fetchTimer.isActive())
        m_fetchTimer.start(0);
}

void RecordPageLoader::fetchRequested()
{
    while (!m_requested.isEmpty() && m_loading.size() < PagesAtOnce)
        fetch(m_requested.takeLast());
}

void RecordPageLoader::fetch(int page)
{
    if (m_loading.contains(page))
        return;
    m_loading.insert(page);
    PageRequest request;
    request.query = m_query;
    request.offset = qint64(page) * PageSize;
    request.limit = PageSize;
    if (const RecordRow *anchor = m_window.row(page * PageSize - 1))
        request.anchor = *anchor;
    whenFinished(m_store.fetchPageAsync(request), this,
                 [this, page, generation = m_generation](const Expected<QList<RecordRow>> &rows) {
                     if (generation != m_generation)
                         return;
                     m_loading.remove(page);
                     if (rows)
                         Q_EMIT pageLoaded(page, *rows);
                     else
                         Q_EMIT failed(rows.error());
                     fetchRequested();
                 });
}

void RecordPageLoader::count()
{
    m_counting = true;
    whenFinished(m_store.countAsync(m_query), this,
                 [this, generation = m_generation](const Expected<qint64> &count) {
                     if (generation != m_generation)
                         return;
                     m_counting = false;
                     if (count)
                         Q_EMIT counted(*count);
                     else
                         Q_EMIT failed(count.error());
                 });
}

} // namespace desk
