// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QHash>

#include <map>
#include <optional>

namespace desk {

// The rows of a large result that are in memory: some pages of it, the least recently used of which are
// dropped. Rows can be inserted and removed in between; what lies behind them moves along. Knows rows by
// number and by record. A value without signals; the model around it tells the views.
class RecordWindow
{
public:
    RecordWindow(int pageSize, int keptPages) : m_pageSize(pageSize), m_keptPages(keptPages) { }

    void clear();
    [[nodiscard]] const RecordRow *row(int row) const; // null: not in memory
    [[nodiscard]] int rowOf(const RecordId &id) const; // -1: not in memory
    [[nodiscard]] bool hasPage(int page, int rowCount) const;
    [[nodiscard]] int pageOf(int row) const { return row / m_pageSize; }

    void set(int row, const RecordRow &value);
    void insertGap(int row, int count); // rows from `row` on move up
    void remove(int row, int count);    // rows behind move down

    void use(int page); // looked at just now
    void dropUnused();  // keeps the most recently used pages
    void dropAllBut(const QList<int> &pages);
    [[nodiscard]] QList<int> recentPages(int most) const; // most recent first

private:
    void move(int from, int by);

    int m_pageSize;
    int m_keptPages;
    std::map<int, RecordRow> m_rows;
    QHash<RecordId, int> m_rowById;
    QList<int> m_recent; // pages, least recently used first
};

} // namespace desk
