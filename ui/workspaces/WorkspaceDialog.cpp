// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/WorkspaceDialog.h"

#include "models/store/WhenFinished.h"
#include "models/workspace/EnvironmentSettings.h"
#include "ui/shell/Theme.h"
#include "ui/workspaces/TypingQuestion.h"
#include "ui/workspaces/WorkspaceForm.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace desk {

namespace {

QString kindText(const Workspace &workspace)
{
    return workspace.database.kind == DatabaseKind::Sqlite ? QStringLiteral("SQLite")
                                                           : QStringLiteral("PostgreSQL");
}

QFrame *newHairline(QWidget *parent, Qt::Orientation orientation)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("hairline"));
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

} // namespace

WorkspaceDialog::WorkspaceDialog(const WorkspaceRepository &repository, SecretStore &secrets, Theme &theme,
                                 QWidget *parent)
    : QDialog(parent)
    , m_repository(repository)
    , m_secrets(secrets)
    , m_theme(theme)
    , m_list(new QListWidget(this))
    , m_form(new WorkspaceForm)
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_testButton(new QPushButton(tr("&Test connection"), this))
    , m_saveButton(new QPushButton(tr("&Save"), this))
    , m_openButton(new QPushButton(tr("&Open"), this))
    , m_databaseOutcome(new QLabel(this))
    , m_brokersOutcome(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Workspaces"));
    resize(860, 700);

    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_form);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(scroll, 1);
    right->addWidget(newHairline(this, Qt::Horizontal));
    right->addWidget(makeButtons());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeList());
    layout->addWidget(newHairline(this, Qt::Vertical));
    layout->addLayout(right, 1);

    connect(m_form, &WorkspaceForm::edited, this, &WorkspaceDialog::markEdited);
    connect(&m_test, &ConnectionTest::databaseTested, this,
            [this](const TestOutcome &outcome) { showOutcome(m_databaseOutcome, tr("Database"), outcome); });
    connect(&m_test, &ConnectionTest::brokersTested, this,
            [this](const TestOutcome &outcome) { showOutcome(m_brokersOutcome, tr("Brokers"), outcome); });
    connect(&m_test, &ConnectionTest::finished, this, [this] { m_testButton->setEnabled(true); });
    reload({});
    checkKeychain();
}

QWidget *WorkspaceDialog::makeList()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(220);
    auto *add = new QPushButton(tr("&New"), side);
    add->setToolTip(tr("A new workspace"));
    auto *import = new QPushButton(tr("&Import from .env…"), side);
    import->setToolTip(tr("A new workspace from the settings of an older service"));
    m_remove->setToolTip(tr("Remove this workspace from the list; its database stays as it is"));
    m_remove->setProperty("danger", true);
    m_list->setAccessibleName(tr("Workspaces"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add, 1);
    buttons->addWidget(m_remove, 1);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(10, 12, 10, 12);
    layout->setSpacing(8);
    layout->addWidget(m_list, 1);
    layout->addWidget(import);
    layout->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &WorkspaceDialog::showCurrent);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &WorkspaceDialog::openCurrent);
    connect(add, &QPushButton::clicked, this, &WorkspaceDialog::addWorkspace);
    connect(import, &QPushButton::clicked, this, &WorkspaceDialog::askImport);
    connect(m_remove, &QPushButton::clicked, this, &WorkspaceDialog::askRemove);
    return side;
}

QWidget *WorkspaceDialog::makeButtons()
{
    auto *foot = new QWidget(this);
    for (QLabel *label : {m_databaseOutcome, m_brokersOutcome, m_problem}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->hide();
    }
    m_databaseOutcome->setObjectName(QStringLiteral("databaseOutcome"));
    m_brokersOutcome->setObjectName(QStringLiteral("brokersOutcome"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_openButton->setProperty("primary", true);
    m_openButton->setDefault(true);
    m_testButton->setToolTip(tr("Try the database and the brokers, and say what fails"));
    auto *close = new QPushButton(tr("Close"), foot);
    auto *row = new QHBoxLayout;
    row->addWidget(m_testButton);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_saveButton);
    row->addWidget(m_openButton);
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(20, 12, 20, 14);
    layout->setSpacing(8);
    layout->addWidget(m_databaseOutcome);
    layout->addWidget(m_brokersOutcome);
    layout->addWidget(m_problem);
    layout->addLayout(row);
    connect(m_testButton, &QPushButton::clicked, this, &WorkspaceDialog::testConnection);
    connect(m_saveButton, &QPushButton::clicked, this, &WorkspaceDialog::save);
    connect(m_openButton, &QPushButton::clicked, this, &WorkspaceDialog::openCurrent);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return foot;
}

void WorkspaceDialog::reload(const QString &select)
{
    m_workspaces = m_repository.all();
    m_unsaved.clear();
    m_isEdited = false;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const Workspace &workspace : std::as_const(m_workspaces)) {
        auto *item = new QListWidgetItem(m_theme.icon(QStringLiteral("database")), workspace.name, m_list);
        item->setToolTip(tr("%1: %2").arg(kindText(workspace), workspace.database.toText()));
    }
    setCurrent(select);
    if (!m_repository.problems().isEmpty()) {
        m_problem->setText(m_repository.problems().join(QLatin1Char('\n')));
        m_problem->show();
    }
}

void WorkspaceDialog::setCurrent(const QString &name)
{
    const auto found = std::find_if(m_workspaces.cbegin(), m_workspaces.cend(),
                                    [&](const Workspace &workspace) { return workspace.name == name; });
    m_list->setCurrentRow(found == m_workspaces.cend() ? 0 : static_cast<int>(found - m_workspaces.cbegin()));
    showCurrent();
}

void WorkspaceDialog::showCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_workspaces.size())
        return;
    clearOutcomes();
    if (m_isEdited && m_shown >= 0 && m_shown < m_workspaces.size() && m_shown != row) {
        // Looking at another one loses nothing that was typed.
        m_workspaces[m_shown] = m_form->workspace();
        m_unsaved.insert(m_shown);
    }
    m_shown = row;
    m_form->setWorkspace(m_workspaces.at(row));
    m_isEdited = m_unsaved.contains(row);
    m_saveButton->setEnabled(m_isEdited || m_workspaces.at(row).id.isEmpty());
    m_remove->setEnabled(!m_workspaces.at(row).isSample);
    readPasswords();
}

void WorkspaceDialog::readPasswords()
{
    const Workspace shown = m_form->workspace();
    if (shown.isSample || shown.id.isEmpty())
        return;
    for (const QString &which : {QStringLiteral("database"), QStringLiteral("brokers")}) {
        whenFinished(m_secrets.readAsync(shown.secretKey(which)), this,
                     [this, shown, which](const Expected<QString> &kept) {
                         // Only into the form it was asked for, and not over what has been typed meanwhile.
                         if (!kept || m_isEdited || m_form->workspace().id != shown.id)
                             return;
                         Workspace filled = m_form->workspace();
                         (which == QLatin1String("database") ? filled.database.password
                                                             : filled.brokers.saslPassword)
                             = *kept;
                         const QSignalBlocker quiet(m_form);
                         m_form->setWorkspace(filled);
                     });
    }
}

void WorkspaceDialog::markEdited()
{
    m_isEdited = true;
    m_saveButton->setEnabled(true);
    clearOutcomes();
}

void WorkspaceDialog::addWorkspace()
{
    Workspace workspace;
    workspace.name = tr("New workspace");
    workspace.database.kind = DatabaseKind::PostgreSql;
    workspace.database.host = QStringLiteral("localhost");
    workspace.brokers.bootstrapServers = QStringLiteral("localhost:9092");
    m_workspaces.append(workspace);
    m_list->addItem(new QListWidgetItem(m_theme.icon(QStringLiteral("database")), workspace.name));
    m_list->setCurrentRow(m_list->count() - 1);
    m_form->focusName();
}

void WorkspaceDialog::askImport()
{
    auto *dialog = new QFileDialog(this, tr("Settings file of an older service"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(QDir::Files | QDir::Hidden | QDir::AllDirs | QDir::NoDotAndDotDot); // .env is hidden
    dialog->setNameFilters({tr("Settings (*.env .env*)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &WorkspaceDialog::importEnvironment);
    dialog->open();
}

void WorkspaceDialog::importEnvironment(const QString &path)
{
    const Expected<QProcessEnvironment> variables = readEnvironmentFile(path);
    Expected<Workspace> workspace = variables ? withEnvironment(Workspace{}, *variables)
                                              : tl::make_unexpected(variables.error());
    if (!workspace) {
        m_problem->setText(workspace.error().sentence);
        m_problem->show();
        return;
    }
    workspace->name = QFileInfo(path).dir().dirName();
    m_workspaces.append(*workspace);
    m_list->addItem(new QListWidgetItem(m_theme.icon(QStringLiteral("database")), workspace->name));
    m_list->setCurrentRow(m_list->count() - 1);
    m_form->focusName();
}

void WorkspaceDialog::testConnection()
{
    clearOutcomes();
    if (const QString missing = m_form->markMissing(); !missing.isEmpty()) {
        m_problem->setText(missing); // what opening would say, before anything is tried
        m_problem->show();
        return;
    }
    m_testButton->setEnabled(false);
    showOutcome(m_databaseOutcome, tr("Database"), {true, tr("connecting…")});
    showOutcome(m_brokersOutcome, tr("Brokers"), {true, tr("connecting…")});
    m_test.start(m_form->workspace());
}

void WorkspaceDialog::showOutcome(QLabel *label, const QString &what, const TestOutcome &outcome)
{
    label->setText(tr("%1: %2").arg(what, outcome.sentence));
    Theme::setProperty(label, "role", outcome.isFine ? QVariant() : QVariant(QStringLiteral("problem")));
    label->show();
}

void WorkspaceDialog::clearOutcomes()
{
    m_databaseOutcome->hide();
    m_brokersOutcome->hide();
    m_problem->hide();
}

bool WorkspaceDialog::save()
{
    if (const QString wrong = m_form->markWrong(); !wrong.isEmpty()) {
        m_problem->setText(wrong); // under its field as well, which may be out of sight
        m_problem->show();
        return false;
    }
    if (m_shown >= 0 && !m_form->workspace().isSample) {
        m_workspaces[m_shown] = m_form->workspace();
        m_unsaved.insert(m_shown);
    }
    const QString shown = m_form->workspace().name;
    QList<int> rows = m_unsaved.values();
    std::sort(rows.begin(), rows.end());
    for (const int row : std::as_const(rows)) {
        if (const Expected<> saved = saveRow(row); !saved) {
            m_list->setCurrentRow(row);
            m_problem->setText(saved.error().sentence);
            m_problem->show();
            return false;
        }
    }
    reload(shown);
    return true;
}

Expected<> WorkspaceDialog::saveRow(int row)
{
    Workspace &workspace = m_workspaces[row];
    // What is kept must be readable again: a server without a database's name is not.
    const Expected<DatabaseSettings> readable = DatabaseSettings::fromUrl(workspace.database.toUrl());
    if (!readable) {
        return failure(readable.error().code,
                       tr("The database is not named completely. %1").arg(readable.error().sentence));
    }
    if (Expected<> saved = m_repository.save(workspace); !saved)
        return saved;
    m_unsaved.remove(row);
    keepPasswords(workspace);
    Q_EMIT saved(workspace);
    return {};
}

void WorkspaceDialog::keepPasswords(const Workspace &workspace)
{
    const std::pair<QString, QString> passwords[] = {
        {QStringLiteral("database"), workspace.database.password},
        {QStringLiteral("brokers"), workspace.brokers.saslPassword}};
    for (const auto &[which, password] : passwords) {
        const QString key = workspace.secretKey(which);
        if (password.isEmpty()) {
            m_secrets.removeAsync(key);
            continue;
        }
        Q_EMIT passwordTyped(key, password); // good for this run, whatever the keychain says
        m_secrets.writeAsync(key, password);
    }
}

void WorkspaceDialog::checkKeychain()
{
    m_form->setPasswordNote({});
    whenFinished(m_secrets.readAsync(QStringLiteral("probe")), this, [this](const Expected<QString> &answer) {
        if (!answer && answer.error().code == ErrorCode::NotSupported) {
            m_form->setPasswordNote(
                tr("There is no keychain on this desktop: passwords will be asked for each time, and are "
                   "never written to a file."));
        }
    });
}

void WorkspaceDialog::askRemove()
{
    const Workspace workspace = m_workspaces.value(m_list->currentRow());
    if (workspace.id.isEmpty()) { // was never kept
        reload({});
        return;
    }
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Remove workspace"),
        tr("Remove the workspace \"%1\" and its passwords? Its database and topics stay as they are.")
            .arg(workspace.name),
        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(yes, &QPushButton::clicked, this, [this, workspace] { remove(workspace); });
    question->open();
}

void WorkspaceDialog::remove(const Workspace &workspace)
{
    if (const Expected<> removed = m_repository.remove(workspace); !removed) {
        m_problem->setText(removed.error().sentence);
        m_problem->show();
        return;
    }
    m_secrets.removeAsync(workspace.secretKey(QStringLiteral("database")));
    m_secrets.removeAsync(workspace.secretKey(QStringLiteral("brokers")));
    reload({});
}

void WorkspaceDialog::reject()
{
    QSet<int> rows = m_unsaved;
    if (m_isEdited)
        rows.insert(m_shown);
    if (rows.isEmpty()) {
        QDialog::reject();
        return;
    }
    // In the form it has the name that is typed.
    const int row = *rows.cbegin();
    const QString name = row == m_shown ? m_form->workspace().name : m_workspaces.value(row).name;
    askAboutTyping(
        this, name, rows.size(),
        [this] {
            if (save()) // otherwise its sentence stands in the dialog
                QDialog::reject();
        },
        [this] { QDialog::reject(); });
}

void WorkspaceDialog::openCurrent()
{
    const Workspace typed = m_form->workspace();
    if ((m_isEdited || typed.id.isEmpty()) && !save())
        return;
    Workspace workspace = m_workspaces.value(m_list->currentRow());
    workspace.database.password = typed.database.password; // not in the file
    workspace.brokers.saslPassword = typed.brokers.saslPassword;
    Q_EMIT openRequested(workspace);
    accept();
}

} // namespace desk
