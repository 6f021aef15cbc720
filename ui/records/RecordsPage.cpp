// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordsPage.h"
#include "models/store/WhenFinished.h"

#include "ui/parts/TabularText.h"
#include "ui/records/BulkEditDialog.h"
#include "ui/records/DeletionCascade.h"
#include "ui/records/DeletionQuestion.h"
#include "ui/records/FilterRow.h"
#include "ui/records/RecordActions.h"
#include "ui/records/RecordForm.h"
#include "ui/records/RecordPublisher.h"
#include "ui/records/RecordTableView.h"
#include "ui/records/RecordToolBar.h"
#include "ui/records/SelectedRecords.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace desk {
namespace {

QString badgeText(qint64 records)
{
    if (records < 0)
        return {};
    if (records < 100'000)
        return groupedNumber(records);
    if (records < 1'000'000)
        return QStringLiteral("~%1 k").arg(records / 1000);
    return QStringLiteral("~%1 M").arg(static_cast<double>(records) / 1e6, 0, 'f', 1);
}

} // namespace

RecordsPage::RecordsPage(const EntityType &entity, DeskServices &services, QWidget *parent)
    : Page(parent)
    , m_entity(entity)
    , m_services(services)
    , m_actions(new RecordActions(entity, services.theme, this))
    , m_model(new RecordTableModel(entity, services.store, services.changes, services.states, this))
    , m_toolBar(new RecordToolBar(entity, *m_actions, this))
    , m_table(new RecordTableView(*m_model, services, this))
    , m_form(new RecordForm(entity, services, this))
    , m_publisher(new RecordPublisher(entity, services, this))
    , m_splitter(new QSplitter(this))
{
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_form);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setCollapsible(0, false);
    m_splitter->setSizes({800, 310});

    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(line);
    layout->addWidget(m_splitter, 1);

    connectActions();
    connectTable();
    connect(m_toolBar, &RecordToolBar::searchChanged, this, &RecordsPage::ask);
    connect(m_form, &RecordForm::stayed, this, [this](const QString &id) {
        m_wantedRecord = id;
        reselect();
    });
    // No row is marked for a record that has none yet: Delete would take another one.
    connect(m_form, &RecordForm::newStarted, this, [this] {
        m_wantedRecord.clear();
        m_table->setCurrentIndex({});
        m_table->clearSelection();
    });
    connect(m_form, &RecordForm::created, this, [this](const QString &id) { m_wantedRecord = id; });
    connect(m_publisher, &RecordPublisher::noticeRequested, this, &Page::noticeRequested);
    connect(m_publisher, &RecordPublisher::busyChanged, this, &RecordsPage::updatePublishing);
    updatePublishing();

    connect(&services.store, &StoreClient::stateChanged, this, &RecordsPage::countForBadge);
    connect(&services.store, &StoreClient::everythingChanged, this, &RecordsPage::countForBadge);
    connect(&services.store, &StoreClient::journalChanged, this, [this](const QList<JournalEntry> &entries) {
        if (tableCountsAll())
            return;
        qint64 records = m_records;
        for (const JournalEntry &entry : entries) {
            if (entry.entity == m_entity.name && entry.operation != Operation::Update)
                records += entry.operation == Operation::Add ? 1 : -1;
        }
        if (m_records >= 0 && records != m_records)
            updateBadge(std::max<qint64>(records, 0));
    });
    countForBadge();
}

QString RecordsPage::title() const
{
    return m_entity.plural;
}

QString RecordsPage::iconName() const
{
    return m_entity.icon.isEmpty() ? QStringLiteral("record") : m_entity.icon;
}

QList<QAction *> RecordsPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::File:
        return {m_actions->importFile, m_actions->exportFile};
    case PageMenu::Edit:
        return {m_actions->copy, m_actions->search, m_actions->filter, m_actions->clearFilters};
    case PageMenu::View:
        return {m_actions->showForm, m_actions->refresh};
    case PageMenu::Record:
        return {m_actions->create, m_actions->editSelected, m_actions->remove,
                nullptr,           m_form->saveAction(),    m_form->discardAction(),
                nullptr,           m_actions->publishList,  m_actions->publishSelected};
    case PageMenu::Stream:
        break;
    }
    return {};
}

QStringList RecordsPage::unsavedWork() const
{
    QStringList work = m_model->unsavedCells();
    if (m_table->isTyping())
        work.append(tr("%1: the cell that is being edited").arg(m_entity.plural));
    if (m_form->hasEdits())
        work.append(m_form->mode() == RecordForm::Mode::New
                        ? tr("New %1: the form").arg(m_entity.singular.toLower())
                        : tr("%1 %2: the form").arg(m_entity.singular, m_form->recordId()));
    return work;
}

void RecordsPage::saveWork()
{
    m_table->commitTyping();
    m_model->retryRefused();
    if (m_form->hasEdits())
        m_form->save();
}

QList<QWidget *> RecordsPage::focusParts()
{
    return {m_table, m_form};
}

void RecordsPage::activated()
{
    if (!m_hasAsked)
        ask();
    if (!isAncestorOf(focusWidget()))
        m_table->setFocus();
}

void RecordsPage::connectActions()
{
    for (QAction *action : {m_actions->create, m_actions->editSelected, m_actions->search, m_actions->filter,
                            m_actions->clearFilters, m_actions->refresh, m_actions->showForm,
                            m_actions->publishList, m_actions->publishSelected, m_actions->importFile,
                            m_actions->exportFile, m_form->saveAction(), m_form->discardAction()})
        addAction(action);
    m_table->addAction(m_actions->remove);
    m_table->addAction(m_actions->copy);

    connect(m_actions->create, &QAction::triggered, this, &RecordsPage::createRecord);
    connect(m_actions->editSelected, &QAction::triggered, this, &RecordsPage::editSelected);
    connect(m_actions->remove, &QAction::triggered, this, &RecordsPage::removeSelected);
    connect(m_actions->copy, &QAction::triggered, m_table, &RecordTableView::copySelection);
    connect(m_actions->filter, &QAction::triggered, this, [this] {
        m_table->filterRow().focusColumn(m_model->entityColumn(m_table->currentIndex().column()));
    });
    connect(m_actions->clearFilters, &QAction::triggered, this, &RecordsPage::clearFilters);
    connect(m_actions->refresh, &QAction::triggered, this, [this] {
        if (m_table->remindOfHeldEditor())
            return; // asking again would close the cell over what is typed
        m_table->commitTyping();
        m_model->refresh();
    });
    connect(m_actions->showForm, &QAction::toggled, this, &RecordsPage::setFormShown);
    connect(m_actions->publishList, &QAction::triggered, m_publisher, &RecordPublisher::publishList);
    connect(m_actions->publishSelected, &QAction::triggered, this, &RecordsPage::publishSelected);
    connect(m_actions->importFile, &QAction::triggered, this,
            [this] { (new ImportDialog(m_entity, m_services, this))->open(); });
    connect(m_actions->exportFile, &QAction::triggered, this, [this] {
        const qint64 count = m_model->isCounting() ? -1 : m_model->rowCount();
        (new ExportDialog(m_model->query(), count, m_services, this))->open();
    });
}

void RecordsPage::updatePublishing()
{
    const Expected<> allowed = mayWriteTo(m_services.workspace.brokers);
    const bool isPossible = allowed && !m_publisher->isBusy();
    m_actions->publishList->setEnabled(isPossible);
    m_actions->publishSelected->setEnabled(isPossible && m_table->selectedCount() > 0);
    if (!allowed) {
        m_actions->publishList->setToolTip(allowed.error().sentence);
        m_actions->publishSelected->setToolTip(allowed.error().sentence);
    }
}

void RecordsPage::connectTable()
{
    connect(m_table, &RecordTableView::currentRowChanged, this, &RecordsPage::showRow);
    connect(m_table, &RecordTableView::selectionCountChanged, this, [this] {
        m_actions->setSelectionCount(m_table->selectedCount());
        updatePublishing();
    });
    connect(m_table, &RecordTableView::newRequested, this, &RecordsPage::createRecord);
    connect(m_table, &RecordTableView::clearFiltersRequested, this, &RecordsPage::clearFilters);
    connect(m_table, &RecordTableView::retryRequested, this, [this] {
        m_services.store.reconnect();
        m_model->refresh();
    });
    connect(&m_table->filterRow(), &FilterRow::filtersChanged, this, &RecordsPage::ask);
    connect(m_model, &RecordTableModel::rowsLoaded, this, [this](int first, int last) {
        if (m_wantedRow >= first && m_wantedRow <= last)
            showRow(m_wantedRow);
        reselect();
    });
    connect(m_model, &RecordTableModel::countChanged, this, [this](qint64 records, bool isFinal) {
        if (isFinal && tableCountsAll())
            updateBadge(records);
        showMatches(records, isFinal);
    });
    // A new order, a new question: the record that is looked at is found again in its answer.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (m_wantedRecord.isEmpty() && m_form->mode() == RecordForm::Mode::Edit)
            m_wantedRecord = m_form->recordId();
    });
    connect(
        m_model, &RecordTableModel::editRefused, this, [this](const QModelIndex &index, const Error &error) {
            Notice notice = Notice::error(error, QStringLiteral("change"));
            const RecordId id = index.data(RecordTableModel::RecordIdRole).toString();
            const bool isTriedAgain = error.code == ErrorCode::Unreachable;
            if (isTriedAgain)
                notice.sentence = tr("%1 The edit is kept and saved when it is back.").arg(error.sentence);
            notice.actionText = tr("Discard the edit");
            notice.action = [model = QPointer<RecordTableModel>(m_model), id] {
                if (model)
                    model->discardDraft(id);
            };
            Q_EMIT noticeRequested(notice);
        });
}

void RecordsPage::ask()
{
    if (m_table->remindOfHeldEditor())
        return; // a new question would close the cell over what is typed
    RecordQuery query = m_model->query();
    query.search = m_toolBar->searchField()->text().trimmed();
    query.filters = m_table->filterRow().filters();
    if (m_hasAsked && query == m_model->query())
        return;
    m_hasAsked = true;
    m_model->setQuery(query);
}

void RecordsPage::showRow(int row)
{
    m_wantedRow = -1;
    if (row < 0)
        return; // a new question is no reason to take the record away that is looked at
    const std::optional<RecordRow> loaded = m_model->row(row);
    if (loaded) {
        m_wantedRecord.clear();
        m_form->showRecord(*loaded);
    } else {
        m_wantedRow = row;
    }
}

void RecordsPage::reselect()
{
    if (!m_wantedRecord.isEmpty()) {
        const int row = m_model->rowOf(m_wantedRecord);
        if (row < 0)
            return;
        m_wantedRecord.clear();
        m_table->showRow(row);
    } else if (!m_table->currentIndex().isValid() && m_form->mode() == RecordForm::Mode::Nothing
               && m_model->rowCount() > 0) {
        m_table->showRow(0); // something to look at from the start
    }
}

void RecordsPage::showRecord(const RecordId &id)
{
    if (!m_hasAsked)
        ask();
    m_wantedRecord = id;
    setFormShown(true);
    reselect();
    if (m_wantedRecord.isEmpty())
        return;
    whenFinished(m_services.store.fetchAsync(m_entity, id), this, [this, id](const Expected<RecordRow> &row) {
        if (row) {
            m_form->showRecord(*row);
            return;
        }
        if (m_wantedRecord == id)
            m_wantedRecord.clear();
        if (row.error().code == ErrorCode::NotFound)
            Q_EMIT noticeRequested(
                {Notice::Kind::Information,
                 tr("There is no %1 %2 any more. Its messages and its history still tell of it.")
                     .arg(m_entity.singular.toLower(), id),
                 QStringLiteral("show-") + m_entity.name,
                 {},
                 {}});
        else
            Q_EMIT noticeRequested(Notice::error(row.error(), QStringLiteral("show-") + m_entity.name));
    });
}

void RecordsPage::createRecord()
{
    m_actions->showForm->setChecked(true);
    m_form->startNew();
}

void RecordsPage::withSelection(std::function<void(const QList<RecordRow> &)> action)
{
    whenFinished(selectedRecords(*m_table, *m_model, m_services.store), this,
                 [this, action = std::move(action)](const Expected<QList<RecordRow>> &rows) {
                     if (!rows)
                         Q_EMIT noticeRequested(
                             Notice::error(rows.error(), QStringLiteral("selection-") + m_entity.name));
                     else if (!rows->isEmpty())
                         action(*rows);
                 });
}

void RecordsPage::editSelected()
{
    withSelection([this](const QList<RecordRow> &rows) {
        (new BulkEditDialog(m_entity, rows, m_services, this))->open();
    });
}

void RecordsPage::removeSelected()
{
    withSelection([this](const QList<RecordRow> &rows) {
        QList<RecordId> ids;
        for (const RecordRow &row : rows)
            ids.append(row.record.id);
        whenFinished(countCascade(m_services.store, m_entity, ids), this,
                     [this, rows](const Expected<QList<CascadeCount>> &counts) {
                         if (!counts) {
                             Q_EMIT noticeRequested(
                                 Notice::error(counts.error(), QStringLiteral("delete-") + m_entity.name));
                             return;
                         }
                         askForDeletion(this, m_entity, rows, cascadeText(*counts),
                                        [this, rows] { deleteRecords(rows); });
                     });
    });
}

void RecordsPage::deleteRecords(const QList<RecordRow> &rows)
{
    QList<Change> changes;
    for (const RecordRow &row : rows)
        changes.append(deletion(m_entity, row.record));
    whenFinished(m_services.changes.apply(changes, tr("Delete %1").arg(namesOf(m_entity, rows))), this,
                 [this](const Expected<QList<AppliedChange>> &applied) {
                     if (!applied)
                         Q_EMIT noticeRequested(
                             Notice::error(applied.error(), QStringLiteral("delete-") + m_entity.name));
                 });
}

void RecordsPage::publishSelected()
{
    withSelection([this](const QList<RecordRow> &rows) {
        QList<RecordId> ids;
        for (const RecordRow &row : rows)
            ids.append(row.record.id);
        m_publisher->publish(ids);
    });
}

void RecordsPage::clearFilters()
{
    m_toolBar->clearSearch();
    m_table->filterRow().clear(); // asks
}

void RecordsPage::countForBadge()
{
    // Once the page is open, its table counts anyway.
    if (m_hasAsked || m_services.store.state() != StoreClient::State::Ready)
        return;
    RecordQuery all;
    all.entity = &m_entity;
    all.sortColumn = m_entity.idColumn;
    whenFinished(m_services.store.countAsync(all), this, [this](const Expected<qint64> &records) {
        if (records)
            updateBadge(*records);
    });
}

// "6 of 169" beside the search, while search or filters leave something out.
void RecordsPage::showMatches(qint64 records, bool isFinal)
{
    if (tableCountsAll())
        m_toolBar->setMatches({});
    else if (isFinal)
        m_toolBar->setMatches(m_records < 0
                                  ? tr("%1 found").arg(groupedNumber(records))
                                  : tr("%1 of %2").arg(groupedNumber(records), groupedNumber(m_records)));
}

// The rail's number has one source at a time: the table while it shows every record, the journal otherwise.
bool RecordsPage::tableCountsAll() const
{
    return m_hasAsked && m_model->query().search.isEmpty() && m_model->query().filters.isEmpty();
}

void RecordsPage::updateBadge(qint64 records)
{
    m_records = records;
    Q_EMIT badgeChanged(badgeText(records));
}

void RecordsPage::setFormShown(bool shown)
{
    m_form->setVisible(shown);
    m_actions->showForm->setChecked(shown);
}

} // namespace desk
