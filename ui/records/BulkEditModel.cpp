// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/BulkEditModel.h"

#include "models/schema/ColumnText.h"
#include "models/schema/SensitiveNames.h"
#include "ui/records/SelectedRecords.h"

namespace desk {
namespace {

QString shown(const Column &column, const QVariant &value, const QString &label)
{
    if (!label.isEmpty())
        return label;
    const QString text = column.sensitive ? MaskedValue.toString() : textOf(column, value).simplified();
    return text.isEmpty() ? QStringLiteral("–") : text.left(80);
}

} // namespace

BulkEditModel::BulkEditModel(const EntityType &entity, const QList<RecordRow> &rows, QObject *parent)
    : QAbstractTableModel(parent)
    , m_entity(entity)
    , m_rows(rows)
{ }

void BulkEditModel::setValues(const QMap<int, NewValue> &values)
{
    m_values = values;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT changesChanged();
}

bool BulkEditModel::changesAnything(const RecordRow &row) const
{
    for (auto value = m_values.cbegin(); value != m_values.cend(); ++value) {
        if (!sameValue(row.record.values.value(value.key()), value->value))
            return true;
    }
    return false;
}

QList<Change> BulkEditModel::changes() const
{
    QList<Change> changes;
    for (int index = 0; index < m_rows.size(); ++index) {
        if (m_leftOut.contains(index) || !changesAnything(m_rows[index]))
            continue;
        Record after = m_rows[index].record;
        for (auto value = m_values.cbegin(); value != m_values.cend(); ++value)
            after.values[value.key()] = value->value;
        changes.append(update(m_entity, m_rows[index].record, after));
    }
    return changes;
}

int BulkEditModel::changeCount() const
{
    int count = 0;
    for (int index = 0; index < m_rows.size(); ++index)
        count += !m_leftOut.contains(index) && changesAnything(m_rows[index]);
    return count;
}

int BulkEditModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BulkEditModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString BulkEditModel::changeText(const RecordRow &row) const
{
    QStringList parts;
    for (auto value = m_values.cbegin(); value != m_values.cend(); ++value) {
        const Column &column = m_entity.columns[value.key()];
        const QVariant before = row.record.values.value(value.key());
        if (!sameValue(before, value->value)) {
            parts.append(QStringLiteral("%1 %2 → %3")
                             .arg(column.label, shown(column, before, row.labels.value(value.key())),
                                  shown(column, value->value, value->label)));
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QVariant BulkEditModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RecordRow &row = m_rows[index.row()];
    if (role == Qt::CheckStateRole && index.column() == NameColumn)
        return m_leftOut.contains(index.row()) ? Qt::Unchecked : Qt::Checked;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (index.column() == NameColumn)
        return nameOf(m_entity, row);
    const QString text = changeText(row);
    return text.isEmpty() && !m_values.isEmpty() ? tr("no change") : text;
}

bool BulkEditModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != NameColumn)
        return false;
    if (value.toInt() == Qt::Checked)
        m_leftOut.remove(index.row());
    else
        m_leftOut.insert(index.row());
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT changesChanged();
    return true;
}

QVariant BulkEditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? m_entity.singular : tr("Before → after");
}

Qt::ItemFlags BulkEditModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace desk
