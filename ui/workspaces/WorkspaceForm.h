// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace desk {

class BrokerFields;
class DatabaseFields;
class StreamFields;

// One workspace as a form. Shows the sample workspace, but does not let it be changed. GUI thread.
class WorkspaceForm : public QWidget
{
    Q_OBJECT

public:
    explicit WorkspaceForm(QWidget *parent = nullptr);

    void setWorkspace(const Workspace &workspace);
    [[nodiscard]] Workspace workspace() const; // with what was typed, passwords included
    void focusName();
    // Marks the first field without which there is nothing to connect to, and says so; empty: none.
    [[nodiscard]] QString markMissing();
    // Marks the first field whose value cannot be kept, and says why; empty: none.
    [[nodiscard]] QString markWrong();
    // What will become of passwords: "" for nothing to say.
    void setPasswordNote(const QString &note);

Q_SIGNALS:
    void edited();

private:
    void browseFolder();

    Workspace m_workspace; // as it was handed in: what the form does not show is kept
    QLabel *m_sampleNote;
    QLineEdit *m_name;
    DatabaseFields *m_database;
    BrokerFields *m_brokers;
    QLabel *m_passwordNote;
    QCheckBox *m_publish;
    QCheckBox *m_ingest;
    StreamFields *m_stream;
    QWidget *m_folderRow;
    QLineEdit *m_folder = nullptr;
};

} // namespace desk
