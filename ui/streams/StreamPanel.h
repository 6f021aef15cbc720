// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/StreamSession.h"
#include "kafka/decoding/DescriptorSource.h"
#include "models/schema/EntityCatalog.h"
#include "models/store/DisclosureJournal.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QSplitter;

namespace desk {

class FilteredMessageModel;
class MessageDetail;
class MessageFilterField;
class MessageTableModel;
class MessageTableView;
class Sparkline;
class StreamActions;
class StreamStartMenu;
class Theme;
class TopicChooser;
class TopicSearchDialog;

// The live stream: messages of the chosen topics as they arrive, and one of them in full. Reads with
// assign() and commits nothing, so no consumer group notices. Its actions (pause, clear, …) are in
// actions(). GUI thread.
class StreamPanel : public QWidget
{
    Q_OBJECT

public:
    StreamPanel(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog, Theme &theme,
                QWidget *parent = nullptr);
    // With an operator's rules, and a journal for the sensitive values he has shown; without one none is.
    StreamPanel(const BrokerSettings &brokers, DecodingSources decoding,
                std::unique_ptr<DisclosureJournal> disclosures, Theme &theme, QWidget *parent = nullptr);
    ~StreamPanel() override;

    void setTopics(const QStringList &topics);
    [[nodiscard]] const QStringList &topics() const { return m_request.topics; }
    void setStart(const StreamStart &start);
    void setPaused(bool paused);
    void clear();

    [[nodiscard]] MessageTableView &table() const { return *m_table; }
    [[nodiscard]] MessageDetail &detail() const { return *m_detail; }
    [[nodiscard]] StreamSession &session() const { return *m_session; }
    [[nodiscard]] StreamActions &acting() const { return *m_acting; }
    // Looks through all of the topics, with the filter as it stands, in a window of its own.
    void searchTopics();

Q_SIGNALS:
    void recordRequested(const QString &entity, const QString &id);
    // The operator wants some topics read otherwise: to be kept with the workspace.
    void decodingChanged(const desk::DecodingSettings &settings);

private:
    QWidget *makeHead();
    void makeActions();
    void restart();
    void chooseTopics();
    void fetchTopics();
    void showTopics(const QStringList &topics);
    void nameFields();
    void applyFilter();
    void showChosen();
    void addRule(const DecodingRule &rule);
    void askForFile(const DecodingRule &rule);
    void showState();
    void showFigures();

    BrokerSettings m_brokers;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    Theme &m_theme;
    std::shared_ptr<MessageLog> m_log;
    StreamSession *m_session;
    MessageTableModel *m_model;
    FilteredMessageModel *m_filtered;
    StreamRequest m_request;
    double m_messageRate = 0;
    double m_byteRate = 0;
    qint64 m_shownLogRow = -1;
    QTimer m_figuresTimer;

    TopicChooser *m_chooser;
    QPointer<TopicSearchDialog> m_search; // while it is open
    QPushButton *m_topicsButton;
    QPushButton *m_startButton;
    StreamStartMenu *m_startMenu;
    MessageFilterField *m_filter;
    QPushButton *m_pauseButton;
    Sparkline *m_sparkline;
    QLabel *m_figures;
    QSplitter *m_splitter;
    MessageTableView *m_table;
    MessageDetail *m_detail;
    StreamActions *m_acting;
    QAction *m_pause;
    QAction *m_clear;
    QAction *m_searchTopics;
};

} // namespace desk
