// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Ingest.h"

#include <QAbstractTableModel>

namespace desk {

// Messages from topics that could not be applied, the oldest first. GUI thread.
class PoisonTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { KeptColumn, TopicColumn, PlaceColumn, KeyColumn, ReasonColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // Emits exact inserts, removes and changes against what is shown.
    void setMessages(const QList<PoisonMessage> &messages);
    [[nodiscard]] const PoisonMessage &message(int row) const { return m_messages.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<PoisonMessage> m_messages; // by id
};

} // namespace desk
