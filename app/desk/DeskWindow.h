// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/DecodingSettings.h"
#include "ui/shell/MainWindow.h"

namespace desk {

class JournalPage;
class LeavingGuard;
class RecordsPage;
class StreamPanel;
class WorkspaceSession;

// The window of one open workspace: which pages there are, and what they, the menus and the status strip
// have to do with the session. Outlived by its session. GUI thread.
class DeskWindow : public MainWindow
{
    Q_OBJECT

public:
    DeskWindow(WorkspaceSession &session, Theme &theme);

    [[nodiscard]] RecordsPage *recordsPage(const QString &entity) const;
    [[nodiscard]] StreamPanel *streamPanel() const { return m_stream; }
    void showRecord(const QString &entity, const QString &id);
    // The workspace was given other settings for its stream: they count at once.
    void setStreamSettings(const Workspace &workspace);
    // Runs `then` once nothing typed can be lost by the end of this window; see LeavingGuard.
    void leave(std::function<void()> then);

Q_SIGNALS:
    void workspacesRequested();
    // To be kept with the workspace.
    void decodingChanged(const desk::DecodingSettings &settings);
    // The database wants one, and the operator is ready to give it.
    void passwordRequested();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void addPages();
    void addStream();
    void addMessagesTab(const EntityType &entity, RecordsPage &page);
    void connectMenus();
    void connectStatus();
    void followDatabase();
    void updateStatus();
    void reportProblems();
    void showReverted(const QList<AppliedChange> &changes);
    void showEntityProblems();
    void openStatus(StatusStrip::Item item);

    WorkspaceSession &m_session;
    Theme &m_theme;
    LeavingGuard *m_guard;
    bool m_mayClose = false;
    JournalPage *m_journal = nullptr;
    StreamPanel *m_stream = nullptr;
};

} // namespace desk
