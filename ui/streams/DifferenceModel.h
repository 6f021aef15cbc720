// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/MessageDifference.h"

#include <QAbstractTableModel>

namespace desk {

// What two messages differ in as a table: what, in which part of the message, on the left and on the right.
// GUI thread.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { PartColumn, NameColumn, LeftColumn, RightColumn, StateColumn, ColumnCount };
    enum Roles { KindRole = Qt::UserRole + 1 }; // DifferenceRow::Kind
    enum class Shown { Differences, All };

    using QAbstractTableModel::QAbstractTableModel;

    void setDifference(const MessageDifference &difference);
    void setShown(Shown shown);
    [[nodiscard]] const MessageDifference &difference() const { return m_difference; }
    [[nodiscard]] QString text() const; // the rows that are shown, a line each

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void choose();
    [[nodiscard]] static QString text(const DifferenceRow &row, int column);

    MessageDifference m_difference;
    Shown m_shown = Shown::Differences;
    QList<int> m_rows; // of the difference
};

} // namespace desk
