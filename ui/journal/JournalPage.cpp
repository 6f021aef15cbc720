// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/JournalPage.h"

#include "models/store/WhenFinished.h"
#include "ui/journal/DisclosureList.h"
#include "ui/journal/JournalFilter.h"
#include "ui/journal/JournalTableModel.h"
#include "ui/journal/RefusedBar.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace desk {

namespace {

// How old the size shown may be; it is asked for only while the page is seen.
constexpr int sizeMilliseconds = 20'000;

} // namespace

JournalPage::JournalPage(StoreClient &store, const QString &author, Theme &theme, QWidget *parent)
    : Page(parent)
    , m_store(store)
    , m_model(new JournalTableModel(store.sharedCatalog(), this))
    , m_shown(new JournalFilter(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_disclosures(new DisclosureList(store, theme, this))
    , m_lists(new QStackedWidget(this))
    , m_search(new QLineEdit(this))
    , m_unpublishedOnly(new QPushButton(tr("Not published"), this))
    , m_disclosuresButton(new QPushButton(tr("Shown values"), this))
    , m_summary(new QLabel(this))
{
    makeActions(theme);
    m_shown->setSourceModel(m_model);
    m_table->setModel(m_shown);
    m_table->setObjectName(QStringLiteral("changes"));
    m_table->setAccessibleName(tr("Journal"));
    m_table->setColumns({LineColumn::Monospace, LineColumn::Muted, LineColumn::Text, LineColumn::Text,
                         LineColumn::Chip, LineColumn::Muted, LineColumn::Chip},
                        {130, 110, 90, 260, 90, 200, 110}, JournalTableModel::ChangesColumn);
    m_table->shareWidth(JournalTableModel::RecordColumn, 1, JournalTableModel::ChangesColumn, 2);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_refused = new RefusedBar(store, author, theme, *m_table, this);
    connect(m_refused, &RefusedBar::noticeRequested, this, &Page::noticeRequested);
    addActions({m_refused->retryAction(), m_refused->dropAction()});
    m_table->addActions({m_open, m_refused->retryAction(), m_refused->dropAction(), m_refresh});
    layOut();

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown->setSearch(text);
        m_disclosures->setSearch(text);
        updateCounts();
    });
    connect(m_unpublished, &QAction::toggled, this, [this](bool only) {
        m_unpublishedOnly->setChecked(only);
        m_shown->setSelection(only ? JournalSelection::Unpublished : JournalSelection::All);
        updateCounts();
    });
    connect(m_unpublishedOnly, &QPushButton::clicked, m_unpublished, &QAction::setChecked);
    connect(m_showDisclosures, &QAction::toggled, this, &JournalPage::showDisclosures);
    connect(m_disclosuresButton, &QPushButton::clicked, m_showDisclosures, &QAction::setChecked);
    connect(m_disclosures, &DisclosureList::summaryChanged, this, &JournalPage::updateSummary);
    connect(m_table, &LineTable::opened, this, &JournalPage::openRecord);
    m_sizeTimer.setInterval(sizeMilliseconds);
    connect(&m_sizeTimer, &QTimer::timeout, this, &JournalPage::askForSize);
    m_sizeTimer.start();
    followStore();
    refresh();
}

void JournalPage::makeActions(Theme &theme)
{
    m_find = new QAction(theme.icon(QStringLiteral("search")), tr("&Search the journal"), this);
    m_find->setShortcut(QKeySequence::Find);
    connect(m_find, &QAction::triggered, this, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    connect(m_refresh, &QAction::triggered, this, &JournalPage::refresh);
    m_open = new QAction(theme.icon(QStringLiteral("record")), tr("&Open record"), this);
    m_open->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_open, &QAction::triggered, this, &JournalPage::openRecord);
    m_unpublished = new QAction(theme.icon(QStringLiteral("filter")), tr("Only what is not &published"),
                                this);
    m_unpublished->setCheckable(true);
    m_unpublished->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    m_showDisclosures = new QAction(theme.icon(QStringLiteral("eye")),
                                    tr("Sensitive &values that were shown"), this);
    m_showDisclosures->setCheckable(true);
    m_showDisclosures->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V));
    for (QAction *action : {m_find, m_refresh, m_open, m_unpublished, m_showDisclosures})
        addAction(action);
}

void JournalPage::layOut()
{
    m_search->setPlaceholderText(tr("Search who, record and change"));
    m_search->setAccessibleName(tr("Search the journal"));
    m_search->setToolTip(
        tr("Every word must be found (%1)").arg(m_find->shortcut().toString(QKeySequence::NativeText)));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    m_unpublishedOnly->setCheckable(true);
    m_unpublishedOnly->setToolTip(tr("Only changes whose event waits or is refused (%1)")
                                      .arg(m_unpublished->shortcut().toString(QKeySequence::NativeText)));
    m_disclosuresButton->setObjectName(QStringLiteral("shownValues"));
    m_disclosuresButton->setCheckable(true);
    m_disclosuresButton->setToolTip(
        tr("Who had which sensitive value of a message shown, and when (%1)")
            .arg(m_showDisclosures->shortcut().toString(QKeySequence::NativeText)));
    m_summary->setProperty("role", QStringLiteral("muted"));

    auto *header = new PageHeader(title(), this);
    header->addLeft(m_search);
    header->addLeft(m_unpublishedOnly);
    header->addLeft(m_disclosuresButton);
    header->addRight(m_summary);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(line);
    auto *changes = new QWidget(this);
    auto *changesLayout = new QVBoxLayout(changes);
    changesLayout->setContentsMargins(0, 0, 0, 0);
    changesLayout->setSpacing(0);
    changesLayout->addWidget(m_refused);
    changesLayout->addWidget(m_table, 1);
    m_lists->addWidget(changes);
    m_lists->addWidget(m_disclosures);
    layout->addWidget(m_lists, 1);
}

void JournalPage::followStore()
{
    connect(&m_store, &StoreClient::journalChanged, this, [this](const QList<JournalEntry> &entries) {
        m_model->append(entries);
        updateCounts();
    });
    connect(&m_store, &StoreClient::publishingChanged, this, [this](const PublishingState &publishing) {
        m_model->setPublishing(publishing);
        m_refused->setPublishing(publishing);
        updateCounts();
    });
    connect(&m_store, &StoreClient::everythingChanged, this, &JournalPage::refresh);
    connect(&m_store, &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state == StoreClient::State::Ready)
            refresh();
        updateCounts();
    });
}

QList<QAction *> JournalPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::Edit:
        return {m_find};
    case PageMenu::View:
        return {m_unpublished, m_showDisclosures, m_refresh};
    case PageMenu::Record:
        return {m_open, nullptr, m_refused->retryAction(), m_refused->dropAction()};
    default:
        return {};
    }
}

QList<QWidget *> JournalPage::focusParts()
{
    return {m_lists->currentWidget()};
}

void JournalPage::activated()
{
    (areDisclosuresShown() ? &m_disclosures->table() : m_table)->setFocus();
    askForSize();
}

bool JournalPage::areDisclosuresShown() const
{
    return m_lists->currentWidget() == m_disclosures;
}

void JournalPage::showDisclosures(bool areShown)
{
    m_showDisclosures->setChecked(areShown);
    m_disclosuresButton->setChecked(areShown);
    m_lists->setCurrentIndex(areShown ? 1 : 0);
    m_unpublishedOnly->setEnabled(!areShown);
    m_unpublished->setEnabled(!areShown);
    m_search->setPlaceholderText(areShown ? tr("Search who, topic and field")
                                          : tr("Search who, record and change"));
    if (areShown)
        m_disclosures->refresh();
    updateCounts();
    (areShown ? &m_disclosures->table() : m_table)->setFocus();
}

void JournalPage::askForSize()
{
    if (!isVisible())
        return;
    if (areDisclosuresShown())
        m_disclosures->refresh(); // nobody tells that there are more
    whenFinished(m_store.run([](Store &store) { return store.journalStatus(); }), this,
                 [this](const Expected<JournalStatus> &status) {
                     if (!status)
                         return;
                     m_size = *status;
                     updateCounts();
                 });
}

void JournalPage::showUnpublished()
{
    m_search->clear();
    m_showDisclosures->setChecked(false);
    m_unpublished->setChecked(true);
}

void JournalPage::refresh()
{
    if (areDisclosuresShown())
        m_disclosures->refresh();
    const quint64 question = ++m_question;
    whenFinished(m_store.historyAsync({}, {}, JournalTableModel::MaximumEntries), this,
                 [this, question](const Expected<QList<JournalEntry>> &entries) {
                     if (question != m_question || !entries) // without a database the window says so
                         return;
                     m_model->setEntries(*entries);
                     m_model->setPublishing(m_store.publishingState());
                     m_refused->setPublishing(m_store.publishingState());
                     updateCounts();
                 });
}

void JournalPage::openRecord()
{
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid()) {
        Q_EMIT recordRequested(index.data(JournalTableModel::EntityNameRole).toString(),
                               index.data(JournalTableModel::RecordIdRole).toString());
    }
}

void JournalPage::updateSummary()
{
    if (areDisclosuresShown()) {
        m_summary->setText(m_disclosures->summary());
        m_summary->setToolTip({});
        return;
    }
    const QString shown = QLocale().toString(m_model->rowCount());
    m_summary->setText(m_size.rows == 0 ? tr("The newest %1 changes").arg(shown)
                                        : tr("The newest %1 of %2 changes · %3")
                                              .arg(shown, QLocale().toString(m_size.rows),
                                                   QLocale().formattedDataSize(m_size.bytes)));
    m_summary->setToolTip(tr("A record's whole history stands beside its form."));
}

void JournalPage::updateCounts()
{
    const qsizetype unpublished = m_model->unpublished();
    m_unpublishedOnly->setText(unpublished > 0 ? tr("Not published %1").arg(unpublished)
                                               : tr("Not published"));
    updateSummary();
    m_open->setEnabled(m_shown->rowCount() > 0 && !areDisclosuresShown());

    m_empty->setVisible(m_shown->rowCount() == 0);
    if (m_store.state() != StoreClient::State::Ready && m_model->rowCount() == 0)
        m_empty->setText(tr("The journal cannot be read now"), m_store.error().sentence);
    else if (m_model->rowCount() == 0)
        m_empty->setText(tr("Nothing has been changed yet"),
                         tr("Every change, by any program, will stand here."));
    else if (m_unpublished->isChecked() && m_search->text().isEmpty())
        m_empty->setText(tr("Every change is on its topic"));
    else
        m_empty->setText(tr("No change matches"), tr("The search looks at the newest changes shown here."));
}

} // namespace desk
