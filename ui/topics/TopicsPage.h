// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "models/schema/EntityCatalog.h"
#include "ui/shell/Page.h"
#include "ui/topics/AdminAccess.h"
#include "ui/topics/FigureQueue.h"

#include <QElapsedTimer>
#include <QTimer>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace desk {

class EmptyState;
class LineTable;
class TaskBar;
class Theme;
class TopicChanges;
class TopicDetailPane;
class TopicTableModel;

// The cluster's topics, and the chosen one's partitions and configuration beside them. The list comes in one
// answer; what must be asked topic by topic follows in portions, for what is on the screen first. Asks on
// threads of its own, each question bounded in time, and drops answers to old questions. GUI thread.
class TopicsPage : public Page
{
    Q_OBJECT

public:
    TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog, Theme &theme,
               QWidget *parent = nullptr);
    ~TopicsPage() override;

    [[nodiscard]] QString title() const override { return tr("Topics"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("topics"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    [[nodiscard]] QList<QWidget *> focusParts() override;
    void activated() override;

    void refresh();

Q_SIGNALS:
    // Show these in the live stream.
    void streamRequested(const QStringList &topics);

private:
    void makeActions(Theme &theme);
    void layOut();
    void askAgain();
    void showTopics(const Expected<ClusterInfo> &cluster);
    void beginFigures();
    void askFigures();
    void takeFigures(const Expected<QMap<QString, TopicFigures>> &figures);
    void showSummary();
    void showChosen();
    void askDetail();
    void updateActions();
    [[nodiscard]] QStringList topicsOnScreen() const;
    [[nodiscard]] QList<int> selectedRows() const;    // of the model
    [[nodiscard]] QStringList selectedTopics() const; // that the cluster has

    BrokerSettings m_brokers;
    AdminAccess<TopicAdmin> m_admin;
    AdminAccess<TopicDetails> m_details;
    TopicTableModel *m_model;
    QSortFilterProxyModel *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    TaskBar *m_taskBar;
    TopicChanges *m_changes;
    TopicDetailPane *m_detail;
    QLineEdit *m_filter;
    QLabel *m_summary;
    QAction *m_refresh;
    QAction *m_stream;
    QAction *m_search;
    QTimer m_refreshTimer; // while the page is in front
    FigureQueue m_figures;
    QElapsedTimer m_allFigures; // since the last round over all topics began
    qsizetype m_brokerCount = 0;
    quint64 m_question = 0;
    quint64 m_detailQuestion = 0;
    bool m_isAsking = false;
    bool m_isCounting = false; // a portion of figures is on its way
};

} // namespace desk
