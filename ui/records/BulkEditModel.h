// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"
#include "models/store/RecordQuery.h"

#include <QAbstractTableModel>
#include <QMap>
#include <QSet>

namespace desk {

// What an edit of several records would do: a row per record that can be left out, and for every column
// that is set the value before and after. GUI thread.
class BulkEditModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { NameColumn, ChangeColumn, ColumnCount };

    struct NewValue {
        QVariant value;
        QString label; // what a reference is called
    };

    BulkEditModel(const EntityType &entity, const QList<RecordRow> &rows, QObject *parent);

    // By entity column. Rows that have these values already change nothing.
    void setValues(const QMap<int, NewValue> &values);

    // Of the rows that are not left out, those that change.
    [[nodiscard]] QList<Change> changes() const;
    [[nodiscard]] int changeCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changesChanged();

private:
    [[nodiscard]] bool changesAnything(const RecordRow &row) const;
    [[nodiscard]] QString changeText(const RecordRow &row) const;

    const EntityType &m_entity;
    QList<RecordRow> m_rows;
    QMap<int, NewValue> m_values;
    QSet<int> m_leftOut; // rows
};

} // namespace desk
