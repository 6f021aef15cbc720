// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/TopicSearch.h"
#include "models/schema/EntityCatalog.h"
#include "ui/streams/StreamChoice.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace desk {

class MessageDetail;
class MessageFilterField;
class MessageTableModel;
class MessageTableView;
class Theme;
class TopicChooser;

// Looks through topics, by list or pattern, for messages, beside the stream and without touching it: what to look for, how far
// the search has come in all and in each partition, and what it has found. Closing it ends the search.
// GUI thread.
class TopicSearchDialog : public QDialog
{
    Q_OBJECT

public:
    TopicSearchDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                      std::shared_ptr<const DescriptorSource> descriptors, Theme &theme, QWidget *parent);
    ~TopicSearchDialog() override;

    // All of these.
    void setTopics(const QStringList &topics);
    // Those the stream reads; where it ends before their end, or reads some partitions only, so does the search.
    void setChoice(const StreamChoice &choice);
    [[nodiscard]] const StreamChoice &choice() const { return m_choice; }
    void setClusterTopics(const QStringList &topics); // those that can be chosen as well
    void setFilterText(const QString &text);
    void start(); // if there is something to look for
    [[nodiscard]] TopicSearch &search() const { return *m_search; }

Q_SIGNALS:
    void recordRequested(const QString &entity, const QString &id);

private:
    void build();
    void showTopics();
    void takeRange(const StreamChoice &choice);
    void followRange(int index);
    void chooseRange();
    void showState();
    void showProgress();
    void showPartitions();
    void showChosen();
    [[nodiscard]] QString stateText() const;

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    Theme &m_theme;
    StreamChoice m_choice; // its range counts only where that is chosen
    QStringList m_clusterTopics;
    TopicSearch *m_search;
    MessageTableModel *m_model;
    TopicChooser *m_chooser;
    QPushButton *m_topicsButton;
    QComboBox *m_start;
    int m_startIndex = 0; // of it, before a range of the operator's own was asked for
    MessageFilterField *m_filter;
    QPushButton *m_go;
    QProgressBar *m_progress;
    QLabel *m_status;
    QPushButton *m_partitionsButton;
    QTreeWidget *m_partitions;
    MessageTableView *m_table;
    MessageDetail *m_detail;
};

} // namespace desk
