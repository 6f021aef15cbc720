// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/StreamSession.h"
#include "kafka/decoding/SchemaDescriptors.h"
#include "models/schema/EntityCatalog.h"
#include "models/store/DisclosureJournal.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QSplitter;

namespace desk {

class FilteredMessageModel;
class MessageColumns;
class MessageComparing;
class MessageDetail;
class MessageFilterField;
class MessagePinning;
class MessageTableModel;
class MessageTableView;
class StreamActions;
class StreamBody;
class StreamCharts;
class StreamFigures;
class StreamHead;
class StreamReading;
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

    // Takes up what was chosen before in this workspace, and keeps what is chosen from now on. Empty: nothing is kept.
    void keepIn(const QString &settingsFile, const QString &workspaceId);

    void setTopics(const QStringList &topics);
    [[nodiscard]] const QStringList &topics() const;
    void setStart(const StreamStart &start);
    void setPaused(bool paused);
    // Other settings of the workspace, at once: how messages are read and what is masked, also for filters; and how
    // many are kept.
    void setDecoding(const DecodingSettings &settings);
    void setLogBounds(const StreamLogSettings &bounds);
    void clear();

    [[nodiscard]] MessageTableView &table() const { return *m_table; }
    [[nodiscard]] MessageColumns &columns() const { return *m_columns; }
    [[nodiscard]] MessagePinning &pinning() const { return *m_pinning; }
    [[nodiscard]] MessageDetail &detail() const { return *m_detail; }
    [[nodiscard]] StreamSession &session() const { return *m_session; }
    [[nodiscard]] StreamActions &acting() const { return *m_acting; }
    [[nodiscard]] StreamReading &reading() const { return *m_reading; }
    [[nodiscard]] StreamBody &body() const { return *m_body; }
    // Looks through all of the topics, with the filter as it stands, in a window of its own.
    void searchTopics();
    // For these, at once.
    void searchTopics(const QStringList &topics, const QString &filter);
    [[nodiscard]] bool hasBroker() const { return m_brokers.isConfigured(); }
    // Chooses the message at this row of the log, if it is still there; a filter that leaves it out goes.
    void showMessage(qint64 logRow);
    // Those of its messages for which a filter holds that is not the panel's own. The panel owns it.
    [[nodiscard]] FilteredMessageModel *makeFilteredModel();

Q_SIGNALS:
    void recordRequested(const QString &entity, const QString &id);
    // The operator wants some topics read otherwise: to be kept with the workspace.
    void decodingChanged(const desk::DecodingSettings &settings);

private:
    QAction *makeAction(const QString &text, const QString &icon, const QKeySequence &shortcut);
    void makeActions();
    void makeReadingActions();
    void connectReading();
    void build();
    void showChoice();
    void chooseTopics();
    void chooseReading();
    void stopOrRead();
    void fetchTopics();
    void showTopics(const QStringList &topics);
    void nameFields();
    void useDescriptors(const DecodingSources &sources);
    void applyFilter();
    void showTable();
    void showChosenAgain();
    void showChosen();
    void addRule(const DecodingRule &rule);
    void askForFile(const DecodingRule &rule);
    void showState();
    void showProgress();
    void showEmptyState();

    BrokerSettings m_brokers;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const SchemaDescriptors> m_descriptors;
    Theme &m_theme;
    std::shared_ptr<MessageLog> m_log;
    StreamReading *m_reading;
    StreamSession *m_session;
    MessageTableModel *m_model;
    FilteredMessageModel *m_filtered;
    qint64 m_shownLogRow = -1;
    QStringList m_clusterTopics; // as far as they are known

    TopicChooser *m_chooser;
    QPointer<TopicSearchDialog> m_search; // while it is open
    StreamFigures *m_figures;
    StreamHead *m_head;
    StreamStartMenu *m_startMenu;
    MessageFilterField *m_filter;
    QSplitter *m_splitter; // messages and one of them in full
    StreamCharts *m_charts;
    StreamBody *m_body;
    MessageTableView *m_table;
    MessageColumns *m_columns;
    MessagePinning *m_pinning;
    MessageTableModel *m_shown; // the stream's, or that of the pinned messages
    MessageComparing *m_comparing = nullptr;
    MessageDetail *m_detail;
    StreamActions *m_acting;
    QAction *m_pause = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_showCharts = nullptr;
    QAction *m_searchTopics = nullptr;
    QAction *m_options = nullptr;
    QAction *m_standard = nullptr;
    QAction *m_partitions = nullptr;
};

} // namespace desk
