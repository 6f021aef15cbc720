// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "ui/streams/StreamSettings.h"

#include <QSet>
#include <QWidget>

class QAction;
class QTabWidget;

namespace desk {

class DecodedTree;
class DecodingMenu;
class DetailList;
class FindBar;
class FindTarget;
class MessageFinder;
class MessageHead;
class PayloadView;
class Theme;

// One message in full: its fields, as JSON, its text, its bytes, its headers, and why it could not be decoded if
// so. The tab that was chosen is kept from message to message, and with the workspace; each can be looked through
// (Ctrl+F). Sensitive
// values are masked in all of it; one is shown when the operator asks and the window has it written down
// (revealRequested(), showRevealed()). Holds a copy: the message stays readable when the log has dropped it. Large
// values are made ready on a thread of the pool. GUI thread.
class MessageDetail : public QWidget
{
    Q_OBJECT

public:
    MessageDetail(Theme &theme, QWidget *parent);

    // Takes up the tab that was chosen before in this workspace, and keeps the one that is chosen from now on.
    void keepIn(const StreamSettings &settings);
    void showMessage(const StreamMessage &message, const DecodedMessage &decoded);
    [[nodiscard]] const StreamMessage &message() const { return m_message; }
    [[nodiscard]] const DecodedMessage &decoded() const { return *m_decoded; }
    [[nodiscard]] Theme &theme() const { return m_theme; }
    [[nodiscard]] DecodingMenu &decodingMenu() const { return *m_decodingMenu; }
    [[nodiscard]] QAction *showValueAction() const;
    [[nodiscard]] QAction *showAsColumnAction() const;
    [[nodiscard]] QAction *findAction() const { return m_find; }
    [[nodiscard]] QAction *recordAction() const { return m_showRecord; } // of the message's record
    // Until then no masked value can be asked for.
    void allowRevealing();
    void showRevealed(MessagePart part, const NodePath &path, const QString &text);
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void closeRequested();
    void recordRequested(const QString &entity, const QString &id);
    void columnRequested(const QString &field);
    void revealRequested(desk::MessagePart part, const desk::NodePath &path, const QString &field);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeTabs();
    void chooseTab();
    void makeActions();
    void restoreTab(bool hasReasons);
    void fillTab();
    void fillLater(PayloadView &view, std::function<QString()> text);
    void openFind();
    void closeFind();
    void followFind();
    void copyTab() const;
    [[nodiscard]] FindTarget *currentTarget() const;
    [[nodiscard]] QString withoutPayload() const; // why there is none to show; empty: there is

    Theme &m_theme;
    StreamMessage m_message;
    std::shared_ptr<const DecodedMessage> m_decoded; // never null
    DecodingMenu *m_decodingMenu;
    MessageHead *m_head;
    QTabWidget *m_tabs;
    DecodedTree *m_fields;
    PayloadView *m_json;
    PayloadView *m_text;
    PayloadView *m_hex;
    DetailList *m_headers;
    PayloadView *m_reasons;
    FindBar *m_findBar;
    MessageFinder *m_finder;
    QAction *m_find;
    QAction *m_showRecord;
    QWidget *m_chosenTab;     // by the operator; not every message has it
    QSet<QWidget *> m_filled; // tabs that show this message
    quint64 m_generation = 0; // of the message
    bool m_isRestoring = false;
    StreamSettings m_settings;
};

} // namespace desk
