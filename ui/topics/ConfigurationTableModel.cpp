// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ConfigurationTableModel.h"

#include "ui/parts/LineTable.h"

namespace desk {

namespace {

QString valueText(const ConfigurationEntry &entry)
{
    return entry.isSensitive ? ConfigurationTableModel::tr("secret") : entry.value;
}

QString sourceText(const ConfigurationEntry &entry)
{
    switch (entry.source) {
    case ConfigurationSource::Topic:
        return ConfigurationTableModel::tr("set here");
    case ConfigurationSource::Broker:
        return ConfigurationTableModel::tr("broker");
    case ConfigurationSource::Default:
        return ConfigurationTableModel::tr("default");
    case ConfigurationSource::Unknown:
        break;
    }
    return {};
}

} // namespace

void ConfigurationTableModel::setEntries(const QList<ConfigurationEntry> &entries)
{
    QList<ConfigurationRow> rows;
    rows.reserve(entries.size());
    for (const ConfigurationEntry &entry : entries)
        rows.append({entry});
    setRows(rows);
}

int ConfigurationTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConfigurationTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ConfigurationEntry &entry = rows().at(index.row()).entry;
    if (role == LineTable::ToneRole && index.column() == SourceColumn)
        return static_cast<int>(entry.isOverride() ? ChipTone::Saved : ChipTone::Plain);
    if (role == Qt::ToolTipRole) {
        if (entry.isReadOnly)
            return tr("%1\nCannot be changed").arg(entry.name);
        return entry.defaultValue && !entry.isSensitive
            ? tr("%1\nWithout a value of the topic's own: %2").arg(entry.name, *entry.defaultValue)
            : entry.name;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return entry.name;
    case ValueColumn:
        return valueText(entry);
    case SourceColumn:
        return sourceText(entry);
    default:
        return {};
    }
}

QVariant ConfigurationTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Setting");
    case ValueColumn:
        return tr("Value");
    case SourceColumn:
        return tr("From");
    default:
        return {};
    }
}

} // namespace desk
