// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "models/schema/EntityCatalog.h"

#include <QAbstractTableModel>

#include <memory>

namespace desk {

// The cluster's topics as a table, and the topics of the entities' contracts that are not there. GUI thread.
class TopicTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { NameColumn, UseColumn, PartitionsColumn, ReplicasColumn, StateColumn, ColumnCount };

    explicit TopicTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent = nullptr);

    // Emits exact inserts, removes and changes against what is shown.
    void setTopics(const QList<TopicInfo> &topics);

    [[nodiscard]] QString topic(int row) const { return m_rows.at(row).topic.name; }
    [[nodiscard]] QStringList missing() const; // topics of the contracts that the cluster has not

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        TopicInfo topic;
        bool isMissing = false;

        friend bool operator==(const Row &left, const Row &right)
        {
            return left.topic.name == right.topic.name && left.topic.partitions == right.topic.partitions
                && left.topic.replicas == right.topic.replicas && left.topic.problem == right.topic.problem
                && left.isMissing == right.isMissing;
        }
    };

    [[nodiscard]] QList<Row> withMissing(const QList<TopicInfo> &topics) const;
    [[nodiscard]] QVariant text(const Row &row, int column) const;
    [[nodiscard]] QString useText(const QString &topic) const;

    std::shared_ptr<const EntityCatalog> m_catalog;
    QList<Row> m_rows; // by name
};

} // namespace desk
