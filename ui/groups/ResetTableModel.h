// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/OffsetReset.h"

#include <QAbstractTableModel>
#include <QSet>

namespace desk {

// The preview of a reset: what becomes of each partition, which of them are taken along, and, where offsets are
// typed, the new ones. The steps are planned outside (planReset). GUI thread.
class ResetTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { PlaceColumn, CurrentColumn, NewColumn, EffectColumn, ColumnCount };
    enum class Typing { Off, On };

    using QAbstractTableModel::QAbstractTableModel;

    // Of the same partitions: they change in place, and what is left out stays so.
    void setSteps(const QList<ResetStep> &steps, Typing typing);
    // Those that are taken along.
    [[nodiscard]] QList<ResetStep> chosen() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void chosenChanged();
    void offsetTyped(const desk::TopicPartition &place, qint64 offset);

private:
    [[nodiscard]] bool isLeftOut(int row) const { return m_leftOut.contains(row); }
    [[nodiscard]] QString effectText(const ResetStep &step) const;
    [[nodiscard]] QString text(int row, int column) const;

    QList<ResetStep> m_steps;
    QSet<int> m_leftOut;
    Typing m_typing = Typing::Off;
};

} // namespace desk
