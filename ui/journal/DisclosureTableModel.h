// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Disclosure.h"

#include <QAbstractTableModel>

namespace desk {

// Who had which sensitive field of a message shown, and when, the newest first. Grows at its end by pages that its
// owner fetches when they are asked for. Never holds a value. GUI thread.
class DisclosureTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { TimeColumn, AuthorColumn, TopicColumn, PlaceColumn, FieldColumn, ColumnCount };
    static constexpr int PageSize = 200;

    using QAbstractTableModel::QAbstractTableModel;

    // What is newest now: what is new stands first, what is there already keeps its place. Where the two do not meet,
    // the older ones go and are fetched again when they are asked for.
    void setNewest(const QList<Disclosure> &newestFirst);
    // The answer to pageWanted(): those before `before`. Dropped if that is not the last one any more.
    void append(const QList<Disclosure> &newestFirst, qint64 before);
    // The question could not be answered; it may be asked again.
    void giveUpPage() { m_isAsked = false; }
    [[nodiscard]] bool isComplete() const { return m_isComplete; } // the oldest is here

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    // Numbers before this one are wanted, at most PageSize of them.
    void pageWanted(qint64 before);

private:
    QList<Disclosure> m_disclosures; // by number, descending
    bool m_isComplete = false;
    bool m_isAsked = false;
};

} // namespace desk
