// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "models/schema/EntityCatalog.h"
#include "ui/parts/SortedTableModel.h"

#include <memory>
#include <optional>

namespace desk {

struct TopicRow {
    TopicInfo topic;
    bool isMissing = false;              // of a contract, and not in the cluster
    std::optional<TopicFigures> figures; // once they are known

    [[nodiscard]] const QString &key() const { return topic.name; }
    friend bool operator==(const TopicRow &left, const TopicRow &right)
    {
        return left.topic.name == right.topic.name && left.topic.partitions == right.topic.partitions
            && left.topic.replicas == right.topic.replicas && left.topic.problem == right.topic.problem
            && left.isMissing == right.isMissing && left.figures == right.figures;
    }
};

// The cluster's topics as a table, and the topics of the entities' contracts that are not there. What has to be
// asked topic by topic comes after the list and stays over the next one. GUI thread.
class TopicTableModel : public SortedTableModel<TopicRow>
{
    Q_OBJECT

public:
    enum Columns {
        NameColumn,
        UseColumn,
        PartitionsColumn,
        ReplicasColumn,
        MessagesColumn,
        CleanupColumn,
        RetentionColumn,
        StateColumn,
        ColumnCount
    };

    explicit TopicTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent = nullptr);

    // Emits exact inserts, removes and changes against what is shown.
    void setTopics(const QList<TopicInfo> &topics);
    // Of topics that are listed; others are passed over.
    void setFigures(const QMap<QString, TopicFigures> &figures);

    [[nodiscard]] const TopicRow &row(int row) const { return rows().at(row); }
    [[nodiscard]] QString topic(int row) const { return rows().at(row).topic.name; }
    [[nodiscard]] QStringList present() const; // topics of the cluster
    [[nodiscard]] QStringList missing() const; // topics of the contracts that the cluster has not

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QList<TopicRow> withMissing(const QList<TopicInfo> &topics) const;
    [[nodiscard]] QString text(const TopicRow &row, int column) const;
    [[nodiscard]] QString toolTip(const TopicRow &row, int column) const;
    [[nodiscard]] static QVariant sortValue(const TopicRow &row, int column);
    [[nodiscard]] QString useText(const QString &topic) const;

    std::shared_ptr<const EntityCatalog> m_catalog;
};

// "7 days", "36 hours", "90 minutes", "for ever"; nothing for 0.
[[nodiscard]] QString retentionText(qint64 minutes);

} // namespace desk
