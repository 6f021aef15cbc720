// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"
#include "models/tables/RecordWindow.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace desk {

// Fetches the answer to a query for a table, page by page, and its count: few pages at a time, what was
// looked at last first. Answers to an older question are dropped. The window is only read, for the row
// before a page: from there the database seeks instead of counting. GUI thread; nothing blocks.
class RecordPageLoader : public QObject
{
    Q_OBJECT

public:
    static constexpr int PageSize = 200; // rows

    RecordPageLoader(StoreClient &store, const RecordWindow &window, QObject *parent = nullptr);

    [[nodiscard]] const RecordQuery &query() const { return m_query; }
    // What is under way or remembered answers another question and is forgotten. Asks nothing yet.
    void setQuery(const RecordQuery &query);
    // The same question, but what is under way is older than what is asked from now on.
    void startOver();

    void request(int page); // fetched from the event loop; for QAbstractItemModel::data()
    void fetch(int page);
    void count();
    [[nodiscard]] bool isCounting() const { return m_counting; }

Q_SIGNALS:
    void pageLoaded(int page, const QList<desk::RecordRow> &rows);
    void counted(qint64 records);
    void failed(const desk::Error &error);

private:
    static constexpr int PagesAtOnce = 2; // requests under way
    static constexpr int PagesAhead = 6;  // requests remembered while scrolling fast

    void fetchRequested();

    StoreClient &m_store;
    const RecordWindow &m_window;
    RecordQuery m_query;
    quint64 m_generation = 0; // of the question
    bool m_counting = false;
    QList<int> m_requested;
    QSet<int> m_loading;
    QTimer m_fetchTimer;
};

} // namespace desk
