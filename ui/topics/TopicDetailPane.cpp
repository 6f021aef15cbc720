// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicDetailPane.h"

#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"
#include "ui/topics/ConfigurationTableModel.h"
#include "ui/topics/PartitionTableModel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace desk {

namespace {

QString summaryOf(const TopicDetail &detail)
{
    qint64 messages = 0;
    qsizetype replicas = 0;
    for (const PartitionInfo &partition : detail.partitions) {
        messages = messages < 0 || partition.messages() < 0 ? -1 : messages + partition.messages();
        replicas = std::max(replicas, partition.replicas.size());
    }
    QStringList parts{
        detail.partitions.size() == 1 ? TopicDetailPane::tr("1 partition")
                                      : TopicDetailPane::tr("%1 partitions").arg(detail.partitions.size()),
        replicas == 1 ? TopicDetailPane::tr("1 replica") : TopicDetailPane::tr("%1 replicas").arg(replicas)};
    if (messages >= 0)
        parts.append(messages == 1 ? TopicDetailPane::tr("1 message")
                                   : TopicDetailPane::tr("%1 messages").arg(groupedNumber(messages)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

TopicDetailPane::TopicDetailPane(Theme &theme, const QList<QAction *> &actions, QAction *configure,
                                 QWidget *parent)
    : ClusterDetailPane(actions, parent)
    , m_theme(theme)
    , m_partitions(new PartitionTableModel(this))
    , m_configuration(new ConfigurationTableModel(this))
{
    tabs()->addTab(makePartitions(), tr("Partitions"));
    tabs()->addTab(makeConfiguration(configure), tr("Configuration"));
}

QWidget *TopicDetailPane::makePartitions()
{
    auto *table = new LineTable(m_theme, this);
    table->setObjectName(QStringLiteral("partitions"));
    table->setModel(m_partitions);
    table->setAccessibleName(tr("Partitions"));
    table->setColumns({LineColumn::Number, LineColumn::Text, LineColumn::Text, LineColumn::Number,
                       LineColumn::Number, LineColumn::Number},
                      {46, 60, 90, 80, 80, 90}, PartitionTableModel::ReplicasColumn);
    return table;
}

QWidget *TopicDetailPane::makeConfiguration(QAction *configure)
{
    auto *page = new QWidget(this);
    m_settings = new LineTable(m_theme, page);
    m_settings->setObjectName(QStringLiteral("configuration"));
    m_settings->setModel(m_configuration);
    m_settings->setAccessibleName(tr("Configuration"));
    m_settings->setSelectionMode(QAbstractItemView::SingleSelection);
    m_settings->setColumns({LineColumn::Text, LineColumn::Monospace, LineColumn::Chip}, {190, 120, 76},
                           ConfigurationTableModel::ValueColumn);
    m_noSettings = new EmptyState(m_settings);
    connect(m_settings, &LineTable::opened, this, &TopicDetailPane::settingOpened);
    connect(m_settings->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TopicDetailPane::settingChanged);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 6, 14, 8);
    foot->addWidget(actionButton(configure, configure->objectName(), page));
    foot->addStretch(1);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_settings, 1);
    layout->addLayout(foot);
    return page;
}

void TopicDetailPane::showTopic(const QString &topic)
{
    if (!begin(topic))
        return;
    m_partitions->setPartitions({}, {});
    m_configuration->setEntries({});
    m_noSettings->hide();
}

void TopicDetailPane::showDetail(const Expected<TopicDetail> &detail)
{
    if (!detail) {
        setSummary(detail.error().sentence);
        return;
    }
    setSummary(summaryOf(*detail));
    m_partitions->setPartitions(detail->partitions, detail->brokers);
    m_configuration->setEntries(detail->configuration);
    m_noSettings->setText(tr("No configuration to be seen"), detail->configurationProblem);
    m_noSettings->setVisible(detail->configuration.isEmpty());
    Q_EMIT settingChanged();
}

std::optional<ConfigurationEntry> TopicDetailPane::setting() const
{
    const QModelIndexList chosen = m_settings->selectionModel()->selectedRows();
    if (name().isEmpty() || chosen.size() != 1)
        return {};
    const ConfigurationEntry &entry = m_configuration->entry(chosen.constFirst().row());
    if (entry.isReadOnly)
        return {};
    return entry;
}

} // namespace desk
