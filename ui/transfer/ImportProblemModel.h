// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/RecordImport.h"

#include <QAbstractTableModel>

namespace desk {

// The rows of a file that were (or would be) refused: where, which column, and why. GUI thread.
class ImportProblemModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { LineColumn, PlaceColumn, FieldColumn, SentenceColumn, ColumnCount };

    ImportProblemModel(const EntityType &entity, QObject *parent)
        : QAbstractTableModel(parent)
        , m_entity(entity)
    { }

    void setProblems(const QList<RefusedRow> &problems);
    // "shop.csv:12:3: …", a line each, to send to whoever wrote the file.
    [[nodiscard]] QString toText(const QString &file) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const EntityType &m_entity;
    QList<RefusedRow> m_problems;
};

} // namespace desk
