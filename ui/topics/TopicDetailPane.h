// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicDetails.h"
#include "ui/cluster/ClusterDetailPane.h"

namespace desk {

class ConfigurationTableModel;
class EmptyState;
class LineTable;
class PartitionTableModel;
class Theme;

// The chosen topic's partitions and configuration. GUI thread.
class TopicDetailPane : public ClusterDetailPane
{
    Q_OBJECT

public:
    // The actions stand as buttons below the name, `configure` below the configuration.
    TopicDetailPane(Theme &theme, const QList<QAction *> &actions, QAction *configure,
                    QWidget *parent = nullptr);

    // Before its detail has come; keeps what is shown if it is the same topic.
    void showTopic(const QString &topic);
    void showDetail(const Expected<TopicDetail> &detail);
    // The chosen setting, if there is one that can be changed.
    [[nodiscard]] std::optional<ConfigurationEntry> setting() const;

Q_SIGNALS:
    void settingChanged();
    void settingOpened();

private:
    [[nodiscard]] QWidget *makePartitions();
    [[nodiscard]] QWidget *makeConfiguration(QAction *configure);

    Theme &m_theme;
    PartitionTableModel *m_partitions;
    ConfigurationTableModel *m_configuration;
    LineTable *m_settings;
    EmptyState *m_noSettings;
};

} // namespace desk
