// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/DeskWindow.h"
#include "app/desk/WorkspaceSession.h"
#include "models/workspace/SecretStore.h"
#include "models/workspace/WorkspaceRepository.h"

#include <QHash>
#include <QObject>
#include <QSettings>
#include <QTimer>

namespace desk {

// What runs between main() and the window: opens workspaces one after the other, asks for passwords when
// they are wanted, and remembers over restarts what the window looked like (never a password). GUI thread.
class DeskApplication : public QObject
{
    Q_OBJECT

public:
    DeskApplication(Theme &theme, const WorkspaceRepository &repository, std::unique_ptr<SecretStore> secrets,
                    QObject *parent = nullptr);
    ~DeskApplication() override;

    // Looks up passwords, then replaces the open workspace by this one. `page` may be empty.
    void open(const Workspace &workspace, const QString &page = {});
    // As the desktop's logout asks: what the window looks like is kept, then the program ends.
    void quit();
    // Keeps nothing: for pictures.
    void setRemembers(bool remembers) { m_remembers = remembers; }

    [[nodiscard]] DeskWindow *window() const { return m_window.get(); }
    [[nodiscard]] WorkspaceSession *session() const { return m_session.get(); }

    // Theme and workspace of the last run.
    [[nodiscard]] static Theme::Mode rememberedTheme(const WorkspaceRepository &repository);
    [[nodiscard]] static QString rememberedWorkspace(const WorkspaceRepository &repository);

Q_SIGNALS:
    void opened();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openNow(const Workspace &workspace, const QString &page);
    void show(const Workspace &workspace, const QString &page);
    void close();
    void remember();
    void watchDatabase();
    void askDatabasePassword();
    void showWorkspaces();
    void remindOfNames(const Workspace &workspace);
    void keepDecoding(const DecodingSettings &settings);
    [[nodiscard]] static QString settingsFile(const WorkspaceRepository &repository);

    Theme &m_theme;
    WorkspaceRepository m_repository;
    std::unique_ptr<SecretStore> m_secrets;
    QSettings m_settings;
    QTimer m_rememberTimer;
    QHash<QString, QString> m_passwords; // typed in this run, by secret key
    std::unique_ptr<WorkspaceSession> m_session;
    std::unique_ptr<DeskWindow> m_window; // goes before its session
    bool m_isAsking = false;              // for the database's password
    bool m_hasDeclined = false;           // to give it; not asked again until they want to
    bool m_remembers = true;
};

} // namespace desk
