// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskWindow.h"

#include "app/desk/LeavingGuard.h"
#include "app/desk/WorkspaceSession.h"
#include "ui/groups/GroupsPage.h"
#include "ui/journal/JournalPage.h"
#include "ui/records/RecordActions.h"
#include "ui/records/RecordForm.h"
#include "ui/records/RecordsPage.h"
#include "ui/poison/PoisonPage.h"
#include "ui/shell/HistoryActions.h"
#include "ui/shell/ProblemsDialog.h"
#include "ui/streams/RecordMessages.h"
#include "ui/streams/StreamPanel.h"
#include "ui/topics/TopicsPage.h"

#include <QAction>
#include <QCloseEvent>
#include <QTabWidget>
#include <QTableView>

namespace desk {

namespace {

// Topics of notices, each one line whatever it says.
const QString DatabaseTopic = QStringLiteral("database");

} // namespace

DeskWindow::DeskWindow(WorkspaceSession &session, Theme &theme)
    : MainWindow(theme)
    , m_session(session)
    , m_theme(theme)
    , m_guard(new LeavingGuard(*this, session.changes()))
{
    const Workspace &workspace = session.workspace();
    setWindowTitle(tr("%1 — Catalog Desk").arg(workspace.name));
    setIdentity(tr("%1 · %2").arg(workspace.name, session.services().author));
    addStream();
    addPages();
    connectMenus();
    connectStatus();
    connect(m_guard, &LeavingGuard::waiting, this, [this](const QString &sentence) {
        if (sentence.isEmpty())
            notices().withdraw(QStringLiteral("leaving"));
        else
            notices().show({Notice::Kind::Information, sentence, QStringLiteral("leaving"), {}, {}});
    });
    reportProblems();
}

void DeskWindow::leave(std::function<void()> then)
{
    m_guard->leave(std::move(then));
}

void DeskWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose) {
        MainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    // From the event loop: a window cannot be closed while it is being closed.
    leave([this] {
        m_mayClose = true;
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
}

void DeskWindow::addPages()
{
    addSection(tr("Catalog"));
    for (const auto &entity : m_session.services().catalog->entities()) {
        auto *page = new RecordsPage(*entity, m_session.services(), this);
        connect(page, &Page::recordRequested, this, &DeskWindow::showRecord);
        addMessagesTab(*entity, *page);
        addPage(entity->name, page);
    }
    addSection(tr("Events"));
    addStreamsPage(QStringLiteral("streams"));
    auto *topics = new TopicsPage(m_session.workspace().brokers, m_session.services().catalog, m_theme, this);
    connect(topics, &TopicsPage::streamRequested, this, [this](const QStringList &chosen) {
        m_stream->setTopics(chosen);
        showStream();
    });
    addPage(QStringLiteral("topics"), topics);
    addPage(QStringLiteral("groups"), new GroupsPage(m_session.workspace().brokers, m_theme, this));
    auto *poison = new PoisonPage(m_session.store(), m_session.isIngesting(), m_theme, this);
    connect(poison, &Page::recordRequested, this, &DeskWindow::showRecord);
    addPage(QStringLiteral("poison"), poison);
    addSection(tr("Changes"));
    m_journal = new JournalPage(m_session.store(), m_session.services().author, m_theme, this);
    connect(m_journal, &Page::recordRequested, this, &DeskWindow::showRecord);
    addPage(QStringLiteral("journal"), m_journal);
}

// What the live stream knows of the record in the form.
void DeskWindow::addMessagesTab(const EntityType &entity, RecordsPage &page)
{
    RecordForm &form = page.form();
    auto *messages = new RecordMessages(entity, *m_stream, m_theme, &form);
    const int tab = form.tabs().addTab(messages, tr("Messages"));
    connect(&form, &RecordForm::recordShown, messages, &RecordMessages::setRecord);
    connect(messages, &RecordMessages::countChanged, &form, [&form, tab](qint64 count) {
        form.tabs().setTabText(tab, count < 0 ? tr("Messages") : tr("Messages %1").arg(count));
    });
    connect(messages, &RecordMessages::messageRequested, this, [this](qint64 logRow) {
        showStream();
        m_stream->showMessage(logRow);
    });
    auto *show = new QAction(m_theme.icon(QStringLiteral("streams")), tr("Show the record's &messages"),
                             &page);
    show->setObjectName(QStringLiteral("showRecordMessages"));
    show->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R));
    connect(show, &QAction::triggered, &page, [&page, &form, messages] {
        page.actions().showForm->setChecked(true);
        form.tabs().setCurrentWidget(messages);
        messages->table().setFocus();
    });
    page.addActions({show, messages->searchAction()});
}

void DeskWindow::addStream()
{
    const Workspace &workspace = m_session.workspace();
    m_stream = new StreamPanel(
        workspace.brokers,
        DecodingSources{m_session.services().catalog, workspace.decoding,
                        std::make_shared<SchemaLibrary>(workspace.brokers)},
        std::make_unique<StoreDisclosureJournal>(m_session.store(), m_session.services().author), m_theme,
        this);
    m_stream->setLogBounds(workspace.streamLog);
    m_stream->keepIn(m_session.services().settingsFile, workspace.id);
    connect(m_stream, &StreamPanel::recordRequested, this, &DeskWindow::showRecord);
    connect(m_stream, &StreamPanel::decodingChanged, this, &DeskWindow::decodingChanged);
    setStreamPanel(m_stream);
}

void DeskWindow::setStreamSettings(const Workspace &workspace)
{
    m_stream->setDecoding(workspace.decoding);
    m_stream->setLogBounds(workspace.streamLog);
}

void DeskWindow::connectMenus()
{
    auto *history = new HistoryActions(m_session.changes(), m_theme, this);
    menus().setHistoryActions(history->undo(), history->redo());
    connect(menus().workspaces(), &QAction::triggered, this, &DeskWindow::workspacesRequested);
    connect(menus().entityProblems(), &QAction::triggered, this, &DeskWindow::showEntityProblems);
    connect(&m_session.changes(), &ChangeService::failed, this,
            [this](const QString &step, const Error &error) {
                notices().show({Notice::Kind::Error,
                                tr("%1: %2").arg(step, error.sentence),
                                QStringLiteral("change"),
                                {},
                                {}});
            });
    connect(&m_session.changes(), &ChangeService::reverted, this, &DeskWindow::showReverted);
    connect(&m_session.changes(), &ChangeService::applied, this,
            [this] { notices().withdraw(QStringLiteral("change")); });
}

// Undo acts on any record: what it touched is shown, so that nothing changes out of sight. Typing that is not
// saved keeps its place.
void DeskWindow::showReverted(const QList<AppliedChange> &changes)
{
    if (changes.isEmpty())
        return;
    const AppliedChange &first = changes.constFirst();
    RecordsPage *page = recordsPage(first.entity->name);
    if (!page || page->form().hasEdits())
        return;
    if (currentPage() != first.entity->name)
        showPage(first.entity->name);
    if (first.after)
        page->showRecord(first.id());
}

void DeskWindow::connectStatus()
{
    StoreClient &store = m_session.store();
    connect(&store, &StoreClient::stateChanged, this, &DeskWindow::followDatabase);
    connect(&store, &StoreClient::publishingChanged, this, &DeskWindow::updateStatus);
    connect(&m_session, &WorkspaceSession::relayStatusChanged, this, &DeskWindow::updateStatus);
    connect(&m_session, &WorkspaceSession::ingestStatusChanged, this, &DeskWindow::updateStatus);
    connect(&m_session, &WorkspaceSession::migrationRefused, this, [this](const Error &error) {
        notices().show(Notice::error(error, QStringLiteral("migration")));
    });
    connect(&statusStrip(), &StatusStrip::clicked, this, &DeskWindow::openStatus);
    updateStatus();
}

void DeskWindow::followDatabase()
{
    const StoreClient &store = m_session.store();
    if (store.state() == StoreClient::State::Away) {
        Notice notice = Notice::error(store.error(), DatabaseTopic);
        notice.sentence = tr("%1 Trying again by itself.").arg(store.error().sentence);
        const bool wantsPassword = store.error().code == ErrorCode::Unauthorised;
        notice.actionText = wantsPassword ? tr("Enter password…") : tr("Retry now");
        notice.action = [window = QPointer<DeskWindow>(this), wantsPassword] {
            if (!window)
                return;
            if (wantsPassword)
                Q_EMIT window->passwordRequested();
            else
                window->m_session.store().reconnect();
        };
        notices().show(notice);
    } else if (store.state() == StoreClient::State::Ready) {
        notices().withdraw(DatabaseTopic);
    }
    updateStatus();
}

void DeskWindow::updateStatus()
{
    const StoreClient &store = m_session.store();
    const Workspace &workspace = m_session.workspace();
    const RelayStatus relay = m_session.relayStatus();
    StatusStrip &strip = statusStrip();
    strip.setItem(StatusStrip::Item::Database,
                  databaseStatus(workspace.database, store.state(), store.error()));
    strip.setItem(StatusStrip::Item::Brokers, brokerStatus(workspace.brokers, relay));
    strip.setItem(StatusStrip::Item::Relay,
                  relayStatusText(m_session.isRelaying(), relay, store.publishingState()));
    strip.setItem(StatusStrip::Item::Outbox, outboxStatus(store.publishingState()));
    strip.setItem(StatusStrip::Item::Ingest,
                  ingestStatusText(m_session.isIngesting(), m_session.ingestStatus()));
    strip.setItem(StatusStrip::Item::Poison, poisonStatus(store.publishingState()));
    strip.setItem(StatusStrip::Item::Workspace, workspaceStatus(workspace));
}

void DeskWindow::reportProblems()
{
    if (const std::optional<Error> &problem = m_session.brokerProblem())
        notices().show(Notice::error(*problem, QStringLiteral("broker")));
    const QList<SchemaProblem> &problems = m_session.entityProblems();
    menus().entityProblems()->setVisible(!problems.isEmpty());
    if (problems.isEmpty())
        return;
    Notice notice;
    notice.kind = Notice::Kind::Warning;
    notice.topic = QStringLiteral("entities");
    notice.sentence = problems.size() == 1
        ? tr("An entity file cannot be used. %1").arg(problems.constFirst().toText())
        : tr("%1 problems in entity files; the first: %2")
              .arg(problems.size())
              .arg(problems.constFirst().toText());
    notice.actionText = tr("Show…");
    notice.action = [window = QPointer<DeskWindow>(this)] {
        if (window)
            window->showEntityProblems();
    };
    notices().show(notice);
}

void DeskWindow::showEntityProblems()
{
    QStringList lines;
    for (const SchemaProblem &problem : m_session.entityProblems())
        lines.append(problem.toText());
    auto *dialog = new ProblemsDialog(tr("Problems in entity files"),
                                      tr("What is said here is left out; everything else works. Mend the "
                                         "files in %1 and open the workspace again.")
                                          .arg(m_session.workspace().entityFolder),
                                      lines, m_theme, this);
    dialog->open();
}

void DeskWindow::openStatus(StatusStrip::Item item)
{
    switch (item) {
    case StatusStrip::Item::Database:
        if (m_session.store().state() == StoreClient::State::Away)
            m_session.store().reconnect();
        else
            Q_EMIT workspacesRequested();
        return;
    case StatusStrip::Item::Brokers:
        showPage(QStringLiteral("topics"));
        return;
    case StatusStrip::Item::Relay:
        showPage(QStringLiteral("journal"));
        return;
    case StatusStrip::Item::Ingest:
    case StatusStrip::Item::Poison:
        showPage(QStringLiteral("poison"));
        return;
    case StatusStrip::Item::Outbox:
        showPage(QStringLiteral("journal"));
        m_journal->showUnpublished();
        return;
    case StatusStrip::Item::Workspace:
        Q_EMIT workspacesRequested();
        return;
    }
}

RecordsPage *DeskWindow::recordsPage(const QString &entity) const
{
    return qobject_cast<RecordsPage *>(page(entity));
}

void DeskWindow::showRecord(const QString &entity, const QString &id)
{
    RecordsPage *page = recordsPage(entity);
    if (!page)
        return;
    showPage(entity);
    page->showRecord(id);
}

} // namespace desk
