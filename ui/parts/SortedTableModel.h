// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QList>

namespace desk {

// A table whose rows are values in the order of their keys, and which takes a whole new list at a time: what
// came, went or changed against what is shown is told exactly, runs of it at once, so that the selection stays
// and thousands of rows come in one step. A Row has key(), ordered by <, and ==. GUI thread.
template <typename Row>
class SortedTableModel : public QAbstractTableModel
{
public:
    // The value to sort a cell by, where its text is not.
    static constexpr int SortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

protected:
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

    // In the order of keys, each key once.
    void setRows(const QList<Row> &rows)
    {
        int at = 0;
        qsizetype next = 0;
        while (next < rows.size()) {
            int end = at;
            while (end < m_rows.size() && m_rows.at(end).key() < rows.at(next).key())
                ++end;
            removeRun(at, end);
            if (at < m_rows.size() && m_rows.at(at).key() == rows.at(next).key()) {
                setRow(at, rows.at(next));
                ++at;
                ++next;
                continue;
            }
            qsizetype last = next;
            while (last < rows.size() && (at == m_rows.size() || rows.at(last).key() < m_rows.at(at).key()))
                ++last;
            insertRun(at, rows.mid(next, last - next));
            at += static_cast<int>(last - next);
            next = last;
        }
        removeRun(at, static_cast<int>(m_rows.size()));
    }

    // Of the same key.
    void setRow(int row, const Row &value)
    {
        if (m_rows.at(row) == value)
            return;
        m_rows[row] = value;
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }

private:
    void removeRun(int first, int end)
    {
        if (first >= end)
            return;
        beginRemoveRows({}, first, end - 1);
        m_rows.remove(first, end - first);
        endRemoveRows();
    }

    void insertRun(int at, const QList<Row> &rows)
    {
        if (rows.isEmpty())
            return;
        beginInsertRows({}, at, at + static_cast<int>(rows.size()) - 1);
        m_rows = m_rows.mid(0, at) + rows + m_rows.mid(at);
        endInsertRows();
    }

    QList<Row> m_rows;
};

} // namespace desk
