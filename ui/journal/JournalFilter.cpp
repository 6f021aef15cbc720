// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/JournalFilter.h"

#include "ui/journal/JournalTableModel.h"

#include <algorithm>

namespace desk {

void JournalFilter::setSearch(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void JournalFilter::setSelection(JournalSelection selection)
{
    m_selection = selection;
    invalidateFilter();
}

bool JournalFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QAbstractItemModel *model = sourceModel();
    if (m_selection == JournalSelection::Unpublished) {
        const auto state = static_cast<EntryState>(
            model->index(row, 0, parent).data(JournalTableModel::StateRole).toInt());
        if (state == EntryState::Published || state == EntryState::Received)
            return false;
    }
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString &word) {
        for (int column = 0; column < model->columnCount(parent); ++column) {
            if (model->index(row, column, parent).data().toString().contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

} // namespace desk
