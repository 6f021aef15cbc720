// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/ResetTableModel.h"

#include "ui/parts/TabularText.h"

#include <algorithm>

namespace desk {

void ResetTableModel::setSteps(const QList<ResetStep> &steps, Typing typing)
{
    const bool isSame = std::equal(
        steps.cbegin(), steps.cend(), m_steps.cbegin(), m_steps.cend(),
        [](const ResetStep &left, const ResetStep &right) { return left.place == right.place; });
    if (!isSame)
        beginResetModel();
    m_steps = steps;
    m_typing = typing;
    if (!isSame) {
        m_leftOut.clear();
        endResetModel();
    } else if (!m_steps.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
    Q_EMIT chosenChanged();
}

QList<ResetStep> ResetTableModel::chosen() const
{
    QList<ResetStep> steps;
    for (int row = 0; row < m_steps.size(); ++row) {
        if (!isLeftOut(row))
            steps.append(m_steps.at(row));
    }
    return steps;
}

int ResetTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int ResetTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ResetTableModel::effectText(const ResetStep &step) const
{
    if (step.note == ResetStep::Note::Unknown)
        return tr("left as it is: the partition does not answer");
    QString effect;
    if (!step.isChange())
        effect = tr("stays");
    else if (step.skipped > 0)
        effect = step.skipped == 1 ? tr("skips 1 message")
                                   : tr("skips %1 messages").arg(groupedNumber(step.skipped));
    else if (step.repeated > 0)
        effect = step.repeated == 1 ? tr("repeats 1 message")
                                    : tr("repeats %1 messages").arg(groupedNumber(step.repeated));
    else
        effect = step.current < 0 ? tr("begins here") : tr("moves to what is there");
    if (step.note == ResetStep::Note::PastEnd)
        return tr("%1 · the end: there is nothing later").arg(effect);
    if (step.note == ResetStep::Note::BeforeBeginning)
        return tr("%1 · the first that is left").arg(effect);
    return effect;
}

QString ResetTableModel::text(int row, int column) const
{
    const ResetStep &step = m_steps.at(row);
    switch (column) {
    case PlaceColumn:
        return tr("%1 / %2").arg(step.place.topic).arg(step.place.partition);
    case CurrentColumn:
        return step.current < 0 ? tr("none") : groupedNumber(step.current);
    case NewColumn:
        if (isLeftOut(row) || !step.target)
            return step.current < 0 ? tr("none") : groupedNumber(step.current);
        return groupedNumber(*step.target);
    case EffectColumn:
        return isLeftOut(row) ? tr("left out") : effectText(step);
    default:
        return {};
    }
}

QVariant ResetTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ResetStep &step = m_steps.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(index.row(), index.column());
    case Qt::EditRole:
        return index.column() == NewColumn ? QVariant(step.target.value_or(std::max<qint64>(0, step.current)))
                                           : QVariant(text(index.row(), index.column()));
    case Qt::CheckStateRole:
        if (index.column() != PlaceColumn || step.note == ResetStep::Note::Unknown)
            return {};
        return isLeftOut(index.row()) ? Qt::Unchecked : Qt::Checked;
    case Qt::TextAlignmentRole:
        if (index.column() == CurrentColumn || index.column() == NewColumn)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

bool ResetTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    if (role == Qt::CheckStateRole && index.column() == PlaceColumn) {
        if (value.toInt() == Qt::Checked)
            m_leftOut.remove(index.row());
        else
            m_leftOut.insert(index.row());
        Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
        Q_EMIT chosenChanged();
        return true;
    }
    if (role != Qt::EditRole || index.column() != NewColumn || m_typing == Typing::Off)
        return false;
    QString typed = value.toString();
    typed.remove(QChar(QChar::Nbsp)).remove(QLatin1Char(' '));
    bool isNumber = false;
    const qint64 offset = typed.toLongLong(&isNumber);
    if (!isNumber || offset < 0)
        return false;
    Q_EMIT offsetTyped(m_steps.at(index.row()).place, offset);
    return true;
}

Qt::ItemFlags ResetTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid() || m_steps.at(index.row()).note == ResetStep::Note::Unknown)
        return flags;
    if (index.column() == PlaceColumn)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == NewColumn && m_typing == Typing::On && !isLeftOut(index.row()))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant ResetTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == CurrentColumn || section == NewColumn))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PlaceColumn:
        return tr("Partition");
    case CurrentColumn:
        return tr("Now");
    case NewColumn:
        return tr("Then");
    case EffectColumn:
        return tr("What that means");
    default:
        return {};
    }
}

} // namespace desk
