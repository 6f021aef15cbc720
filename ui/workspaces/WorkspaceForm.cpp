// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/WorkspaceForm.h"

#include "ui/workspaces/BrokerFields.h"
#include "ui/workspaces/DatabaseFields.h"
#include "ui/workspaces/FieldLabels.h"
#include "ui/workspaces/StreamFields.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

namespace {

QLabel *newHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("heading"));
    label->setContentsMargins(0, 10, 0, 0);
    return label;
}

} // namespace

WorkspaceForm::WorkspaceForm(QWidget *parent)
    : QWidget(parent)
    , m_sampleNote(
          new QLabel(tr("The sample workspace comes with the program: a SQLite file and a broker inside the "
                        "program, so that everything can be tried without a server. It cannot be changed."),
                     this))
    , m_name(new QLineEdit(this))
    , m_database(new DatabaseFields(this))
    , m_brokers(new BrokerFields(this))
    , m_passwordNote(new QLabel(this))
    , m_publish(new QCheckBox(tr("P&ublish saved changes while this window is open"), this))
    , m_ingest(new QCheckBox(tr("&Take in what other programs write to the topics"), this))
    , m_stream(new StreamFields(this))
    , m_folderRow(new QWidget(this))
{
    m_sampleNote->setWordWrap(true);
    m_sampleNote->setProperty("role", QStringLiteral("muted"));
    m_passwordNote->setWordWrap(true);
    m_passwordNote->setProperty("role", QStringLiteral("muted"));
    m_publish->setToolTip(tr("Off: another window or \"catalogctl relay\" publishes for this database"));

    m_ingest->setToolTip(tr(
        "Their messages change this catalog while this window is open; what does not fit is kept as poison"));

    auto *folderLayout = new QHBoxLayout(m_folderRow);
    folderLayout->setContentsMargins(0, 0, 0, 0);
    m_folder = new QLineEdit(m_folderRow);
    m_folder->setPlaceholderText(tr("A folder of .proto files, or empty"));
    m_folder->setAccessibleName(tr("Entity folder"));
    auto *browse = new QPushButton(tr("Browse…"), m_folderRow);
    browse->setToolTip(tr("Choose the folder of entity files"));
    folderLayout->addWidget(m_folder, 1);
    folderLayout->addWidget(browse);

    auto *nameForm = new QFormLayout;
    nameForm->addRow(tr("&Name"), m_name);
    auto *entityForm = new QFormLayout;
    entityForm->addRow(tr("&Folder"), m_folderRow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(m_sampleNote);
    layout->addLayout(nameForm);
    layout->addWidget(newHeading(tr("Database"), this));
    layout->addWidget(m_database);
    layout->addWidget(newHeading(tr("Brokers"), this));
    layout->addWidget(m_brokers);
    layout->addWidget(m_publish);
    layout->addWidget(m_ingest);
    layout->addWidget(newHeading(tr("Live stream"), this));
    layout->addWidget(m_stream);
    layout->addWidget(newHeading(tr("Further entities"), this));
    layout->addLayout(entityForm);
    layout->addWidget(m_passwordNote);
    layout->addStretch(1);
    alignFieldLabels(this);

    connect(m_name, &QLineEdit::textEdited, this, &WorkspaceForm::edited);
    connect(m_database, &DatabaseFields::edited, this, &WorkspaceForm::edited);
    connect(m_brokers, &BrokerFields::edited, this, &WorkspaceForm::edited);
    connect(m_publish, &QCheckBox::toggled, this, &WorkspaceForm::edited);
    connect(m_ingest, &QCheckBox::toggled, this, &WorkspaceForm::edited);
    connect(m_stream, &StreamFields::edited, this, &WorkspaceForm::edited);
    connect(m_folder, &QLineEdit::textEdited, this, &WorkspaceForm::edited);
    connect(browse, &QPushButton::clicked, this, &WorkspaceForm::browseFolder);
}

void WorkspaceForm::browseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder of entity files"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_folder->setText(path);
        Q_EMIT edited();
    });
    dialog->open();
}

void WorkspaceForm::setWorkspace(const Workspace &workspace)
{
    m_workspace = workspace;
    m_name->setText(workspace.name);
    m_database->setSettings(workspace.database);
    m_brokers->setSettings(workspace.brokers);
    m_publish->setChecked(workspace.publish);
    m_ingest->setChecked(workspace.ingest);
    m_stream->setSettings(workspace.streamLog, workspace.decoding.sensitiveNames);
    m_folder->setText(workspace.entityFolder);
    m_sampleNote->setVisible(workspace.isSample);
    for (QWidget *part : std::initializer_list<QWidget *>{m_name, m_database, m_brokers, m_publish, m_ingest,
                                                          m_stream, m_folderRow})
        part->setEnabled(!workspace.isSample);
}

Workspace WorkspaceForm::workspace() const
{
    if (m_workspace.isSample)
        return m_workspace;
    Workspace workspace = m_workspace;
    workspace.name = m_name->text().trimmed();
    workspace.database = m_database->settings();
    workspace.brokers = m_brokers->settings();
    workspace.publish = m_publish->isChecked();
    workspace.ingest = m_ingest->isChecked();
    workspace.streamLog = m_stream->log();
    workspace.decoding.sensitiveNames = m_stream->sensitiveNames();
    workspace.entityFolder = m_folder->text().trimmed();
    return workspace;
}

void WorkspaceForm::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

QString WorkspaceForm::markMissing()
{
    return m_workspace.isSample ? QString() : m_database->markMissing();
}

QString WorkspaceForm::markWrong()
{
    return m_workspace.isSample ? QString() : m_stream->markWrong();
}

void WorkspaceForm::setPasswordNote(const QString &note)
{
    m_passwordNote->setText(note);
    m_passwordNote->setVisible(!note.isEmpty());
}

} // namespace desk
