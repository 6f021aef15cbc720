// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordWindow.h"

namespace desk {

void RecordWindow::clear()
{
    m_rows.clear();
    m_rowById.clear();
    m_recent.clear();
}

const RecordRow *RecordWindow::row(int row) const
{
    const auto found = m_rows.find(row);
    return found == m_rows.cend() ? nullptr : &found->second;
}

int RecordWindow::rowOf(const RecordId &id) const
{
    return m_rowById.value(id, -1);
}

bool RecordWindow::hasPage(int page, int rowCount) const
{
    const int first = page * m_pageSize;
    const int end = std::min(first + m_pageSize, rowCount);
    return std::distance(m_rows.lower_bound(first), m_rows.lower_bound(end)) == end - first;
}

void RecordWindow::set(int row, const RecordRow &value)
{
    if (const RecordRow *old = this->row(row); old && m_rowById.value(old->record.id, -1) == row)
        m_rowById.remove(old->record.id);
    m_rows[row] = value;
    m_rowById.insert(value.record.id, row);
}

void RecordWindow::move(int from, int by)
{
    std::map<int, RecordRow> moved;
    const auto first = m_rows.lower_bound(from);
    for (auto row = first; row != m_rows.end(); ++row) {
        m_rowById.insert(row->second.record.id, row->first + by);
        moved.emplace_hint(moved.end(), row->first + by, std::move(row->second));
    }
    m_rows.erase(first, m_rows.end());
    m_rows.merge(moved);
}

void RecordWindow::insertGap(int row, int count)
{
    move(row, count);
}

void RecordWindow::remove(int row, int count)
{
    const auto first = m_rows.lower_bound(row);
    const auto end = m_rows.lower_bound(row + count);
    for (auto gone = first; gone != end; ++gone) {
        if (m_rowById.value(gone->second.record.id, -1) == gone->first)
            m_rowById.remove(gone->second.record.id);
    }
    m_rows.erase(first, end);
    move(row + count, -count);
}

void RecordWindow::use(int page)
{
    if (!m_recent.isEmpty() && m_recent.constLast() == page)
        return;
    m_recent.removeOne(page);
    m_recent.append(page);
}

void RecordWindow::dropUnused()
{
    if (m_recent.size() <= m_keptPages)
        return;
    m_recent = m_recent.last(m_keptPages);
    dropAllBut(m_recent);
}

void RecordWindow::dropAllBut(const QList<int> &pages)
{
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (pages.contains(pageOf(row->first))) {
            ++row;
            continue;
        }
        if (m_rowById.value(row->second.record.id, -1) == row->first)
            m_rowById.remove(row->second.record.id);
        row = m_rows.erase(row);
    }
    m_recent.removeIf([&](int page) { return !pages.contains(page); });
}

QList<int> RecordWindow::recentPages(int most) const
{
    QList<int> pages;
    for (auto page = m_recent.crbegin(); page != m_recent.crend() && pages.size() < most; ++page)
        pages.append(*page);
    return pages;
}

} // namespace desk
