// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicDetails.h"

#include <QWidget>

class QAction;
class QLabel;
class QTabWidget;

namespace desk {

class ConfigurationTableModel;
class EmptyState;
class LineTable;
class PartitionTableModel;
class Theme;

// The pane beside the list of topics: the chosen one's partitions and configuration, and what can be done with
// it. Shows what it is given; the page asks the cluster. GUI thread.
class TopicDetailPane : public QWidget
{
    Q_OBJECT

public:
    // The actions stand as buttons below the name, `configure` below the configuration.
    TopicDetailPane(Theme &theme, const QList<QAction *> &actions, QAction *configure,
                    QWidget *parent = nullptr);

    // Before its detail has come; keeps what is shown if it is the same topic.
    void showTopic(const QString &topic);
    void showDetail(const Expected<TopicDetail> &detail);
    // Several are chosen: only what can be done with all of them.
    void showSeveral(qsizetype topics);
    [[nodiscard]] const QString &topic() const { return m_topic; } // empty: none or several
    // The chosen setting, if there is one that can be changed.
    [[nodiscard]] std::optional<ConfigurationEntry> setting() const;

Q_SIGNALS:
    void settingChanged();
    void settingOpened();

private:
    [[nodiscard]] QWidget *makePartitions();
    [[nodiscard]] QWidget *makeConfiguration(QAction *configure);

    Theme &m_theme;
    QString m_topic;
    QLabel *m_title;
    QLabel *m_summary;
    QTabWidget *m_tabs;
    PartitionTableModel *m_partitions;
    ConfigurationTableModel *m_configuration;
    LineTable *m_settings;
    EmptyState *m_noSettings;
};

} // namespace desk
