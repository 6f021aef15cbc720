// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/SecretStore.h"
#include "models/workspace/WorkspaceRepository.h"
#include "ui/workspaces/ConnectionTest.h"

#include <QDialog>
#include <QSet>

class QLabel;
class QListWidget;
class QPushButton;

namespace desk {

class Theme;
class WorkspaceForm;

// The operator's workspaces: make, change, test, remove and open them. Passwords go to the secret store, or,
// where there is none, are handed on in memory only. Deletes itself when closed; open() it. GUI thread.
class WorkspaceDialog : public QDialog
{
    Q_OBJECT

public:
    WorkspaceDialog(const WorkspaceRepository &repository, SecretStore &secrets, Theme &theme,
                    QWidget *parent);

    void setCurrent(const QString &name);
    [[nodiscard]] WorkspaceForm &form() const { return *m_form; }

    void addWorkspace();
    void importEnvironment(const QString &path);
    void testConnection();
    // All that was typed. False, with the sentence shown, if something cannot be kept.
    bool save();
    // Asks first when something typed is not kept yet: save, discard, or stay.
    void reject() override;

Q_SIGNALS:
    void openRequested(const desk::Workspace &workspace);
    // What was typed is in its file now. Some of it counts at once, the rest when it is opened.
    void saved(const desk::Workspace &workspace);
    void passwordTyped(const QString &key, const QString &password);

private:
    [[nodiscard]] QWidget *makeList();
    [[nodiscard]] QWidget *makeButtons();
    void showCurrent();
    void reload(const QString &select);
    void markEdited();
    void askImport();
    void askRemove();
    void remove(const Workspace &workspace);
    void openCurrent();
    [[nodiscard]] Expected<> saveRow(int row);
    void keepPasswords(const Workspace &workspace);
    void readPasswords();
    void checkKeychain();
    void showOutcome(QLabel *label, const QString &what, const TestOutcome &outcome);
    void clearOutcomes();

    WorkspaceRepository m_repository;
    SecretStore &m_secrets;
    Theme &m_theme;
    ConnectionTest m_test;
    QList<Workspace> m_workspaces; // in list order; a new one stands last without an id
    QSet<int> m_unsaved;           // rows with typed values in m_workspaces
    int m_shown = -1;              // row in the form
    bool m_isEdited = false;       // and what was typed there is not kept yet

    QListWidget *m_list;
    WorkspaceForm *m_form;
    QPushButton *m_remove;
    QPushButton *m_testButton;
    QPushButton *m_saveButton;
    QPushButton *m_openButton;
    QLabel *m_databaseOutcome;
    QLabel *m_brokersOutcome;
    QLabel *m_problem;
};

} // namespace desk
