// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "models/schema/EntityCatalog.h"
#include "ui/shell/Page.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace desk {

class EmptyState;
class LineTable;
class Theme;
class TopicTableModel;

// The cluster's topics. Asks the brokers on a pool thread, each question bounded in time, and drops answers
// to old questions. GUI thread.
class TopicsPage : public Page
{
    Q_OBJECT

public:
    TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog, Theme &theme,
               QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Topics"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("topics"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    void activated() override;

    void refresh();

Q_SIGNALS:
    // Show these in the live stream.
    void streamRequested(const QStringList &topics);

private:
    void makeActions(Theme &theme);
    void show(const Expected<ClusterInfo> &cluster);
    void createMissing();
    void updateActions();
    [[nodiscard]] QStringList selectedTopics() const;

    BrokerSettings m_brokers;
    TopicTableModel *m_model;
    QSortFilterProxyModel *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    QLineEdit *m_filter;
    QLabel *m_summary;
    QAction *m_refresh;
    QAction *m_create;
    QAction *m_stream;
    QAction *m_search;
    QTimer m_refreshTimer; // while the page is in front
    quint64 m_question = 0;
    bool m_isAsking = false;
};

} // namespace desk
