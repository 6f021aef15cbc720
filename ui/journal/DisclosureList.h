// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"

#include <QWidget>

namespace desk {

class DisclosureTableModel;
class EmptyState;
class JournalFilter;
class LineTable;
class Theme;

// The list of sensitive values that somebody had shown: who, which field of which message, when. To be read only; the
// values are not in it. Older pages come as it is scrolled, or searched. GUI thread.
class DisclosureList : public QWidget
{
    Q_OBJECT

public:
    // The store outlives it.
    DisclosureList(StoreClient &store, Theme &theme, QWidget *parent);

    void refresh();                      // what is new
    void setSearch(const QString &text); // every word in some column
    [[nodiscard]] LineTable &table() const { return *m_table; }
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void summaryChanged();

private:
    void fetchPage(qint64 before);
    void searchOn();
    void showState();

    StoreClient &m_store;
    DisclosureTableModel *m_model;
    JournalFilter *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    QString m_search;
    QString m_problem; // why it could not be read
    quint64 m_question = 0;
};

} // namespace desk
