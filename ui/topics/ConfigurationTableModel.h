// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicConfiguration.h"
#include "ui/parts/SortedTableModel.h"

namespace desk {

struct ConfigurationRow {
    ConfigurationEntry entry;

    [[nodiscard]] const QString &key() const { return entry.name; }
    friend bool operator==(const ConfigurationRow &, const ConfigurationRow &) = default;
};

// The settings of one topic: what they are, and whether the topic has them of its own. GUI thread.
class ConfigurationTableModel : public SortedTableModel<ConfigurationRow>
{
    Q_OBJECT

public:
    enum Columns { NameColumn, ValueColumn, SourceColumn, ColumnCount };

    using SortedTableModel<ConfigurationRow>::SortedTableModel;

    // Emits exact inserts, removes and changes against what is shown.
    void setEntries(const QList<ConfigurationEntry> &entries);
    [[nodiscard]] const ConfigurationEntry &entry(int row) const { return rows().at(row).entry; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace desk
