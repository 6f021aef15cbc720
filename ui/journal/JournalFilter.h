// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace desk {

enum class JournalSelection { All, Unpublished };

// The journal's rows that match a search (every word in some column), all or only those whose events are
// not published. GUI thread.
class JournalFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setSearch(const QString &text);
    void setSelection(JournalSelection selection);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    JournalSelection m_selection = JournalSelection::All;
};

} // namespace desk
