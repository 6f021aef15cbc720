// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "models/schema/EntityCatalog.h"
#include "ui/cluster/AdminAccess.h"
#include "ui/cluster/ClusterListPage.h"

namespace desk {

class TopicChanges;
class TopicDetailPane;
class TopicTableModel;

// The cluster's topics, and the chosen one's partitions and configuration beside them. Asks on threads of its own, each
// question bounded in time. GUI thread.
class TopicsPage : public ClusterListPage
{
    Q_OBJECT

public:
    TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog, Theme &theme,
               QWidget *parent = nullptr);
    ~TopicsPage() override;

    [[nodiscard]] QString title() const override { return tr("Topics"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("topics"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;

Q_SIGNALS:
    // Show these in the live stream.
    void streamRequested(const QStringList &topics);

private:
    void makeStreamAction(Theme &theme);
    void ask() override;
    void askDetail() override;
    void askFigures(const QStringList &topics) override;
    [[nodiscard]] QStringList allNames() const override;
    [[nodiscard]] QString nameOf(int row) const override;
    void showSummary() override;
    void showTopics(const Expected<ClusterInfo> &cluster);
    void showChosen();
    void updateActions();
    [[nodiscard]] QStringList selectedTopics() const; // that the cluster has

    AdminAccess<TopicAdmin> m_admin;
    AdminAccess<TopicDetails> m_details;
    TopicTableModel *m_model;
    TopicChanges *m_changes;
    TopicDetailPane *m_detail;
    QAction *m_stream;
    qsizetype m_brokerCount = 0;
    quint64 m_detailQuestion = 0;
};

} // namespace desk
