// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordForm.h"
#include "models/schema/ColumnText.h"
#include "models/store/WhenFinished.h"

#include "ui/parts/EmptyState.h"
#include "ui/records/FieldEditor.h"
#include "ui/records/FormField.h"
#include "ui/records/ImagePreview.h"
#include "ui/records/ImageStrip.h"
#include "ui/records/PicturePanel.h"
#include "ui/records/RecordFields.h"
#include "ui/records/RecordFormFoot.h"
#include "ui/records/RecordFormHeader.h"
#include "ui/records/RecordHistory.h"
#include "ui/records/RecordImages.h"
#include "ui/records/UnsavedBar.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QFrame>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

namespace desk {
namespace {

QWidget *scrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    content->setProperty("role", QStringLiteral("surface"));
    content->setAttribute(Qt::WA_StyledBackground);
    return area;
}

} // namespace

RecordForm::RecordForm(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_services(services)
    , m_header(new RecordFormHeader(entity, services, this))
    , m_unsaved(new UnsavedBar(this))
    , m_tabs(new QTabWidget(this))
    , m_fields(new RecordFields(entity, services, this))
    , m_history(new RecordHistory(entity, services, this))
    , m_empty(new EmptyState(this))
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(280);
    makeActions();

    const RecordImages::Relation relation = RecordImages::relationOf(entity, *services.catalog);
    if (relation.images)
        m_images = new RecordImages(entity, relation, services, this);
    m_tabs->setStyleSheet(QStringLiteral("QTabWidget::tab-bar { left: 14px; }")); // in line with the fields
    m_tabs->addTab(makeRecordTab(), tr("Record"));
    if (m_images) {
        auto *all = new ImageStrip(*m_images, ImageStrip::Extent::All, services, this);
        auto *page = new QWidget(this);
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(14, 12, 14, 12);
        layout->addWidget(all);
        layout->addStretch();
        const int tab = m_tabs->addTab(scrolling(page, this), tr("Images"));
        connect(all, &ImageStrip::openRequested, this,
                [this](int index) { openPreview(m_images->urls(), index); });
        connect(m_strip, &ImageStrip::allRequested, this, [this, tab] { m_tabs->setCurrentIndex(tab); });
        connect(m_images, &RecordImages::changed, this, [this, tab] {
            const qsizetype count = m_images->rows().size();
            m_tabs->setTabText(tab, count > 0 ? tr("Images %1").arg(count) : tr("Images"));
        });
    }
    m_tabs->addTab(m_history, tr("History"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_unsaved);
    layout->addWidget(m_tabs, 1);

    connect(m_history, &RecordHistory::newestLoaded, m_header, &RecordFormHeader::showLastChange);
    connect(m_fields, &RecordFields::edited, this, [this] {
        setProblem({});
        updateActions();
        if (m_pending && !hasEdits()) // the question has answered itself; not from within what asks
            QMetaObject::invokeMethod(this, &RecordForm::goOn, Qt::QueuedConnection);
    });
    connect(m_unsaved, &UnsavedBar::saveChosen, this, &RecordForm::save);
    connect(m_unsaved, &UnsavedBar::discardChosen, this, &RecordForm::discard);
    connect(m_unsaved, &UnsavedBar::stayChosen, this, [this] {
        m_pending = nullptr;
        m_unsaved->hide();
        Q_EMIT stayed(m_row.record.id);
    });
    connect(&services.store, &StoreClient::journalChanged, this, &RecordForm::followJournal);
    connect(&services.store, &StoreClient::everythingChanged, this, [this] { load(tr("Someone")); });
    connect(&services.store, &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state == StoreClient::State::Ready)
            load(tr("Someone"));
    });
    showNothing(tr("Choose a %1 to see it here").arg(entity.singular.toLower()));
}

void RecordForm::makeActions()
{
    m_save = new QAction(m_services.theme.icon(QStringLiteral("save")), tr("&Save"), this);
    m_save->setShortcuts({QKeySequence(QKeySequence::Save), QKeySequence(Qt::CTRL | Qt::Key_Return),
                          QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    connect(m_save, &QAction::triggered, this, &RecordForm::save);
    m_discard = new QAction(m_services.theme.icon(QStringLiteral("clear")), tr("&Discard what is typed"),
                            this);
    m_discard->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace));
    connect(m_discard, &QAction::triggered, this, &RecordForm::discard);
}

QWidget *RecordForm::makeRecordTab()
{
    auto *content = new QWidget(this);
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(14, 12, 14, 12);
    contentLayout->setSpacing(10);
    if (m_images) {
        m_strip = new ImageStrip(*m_images, ImageStrip::Extent::FirstLine, m_services, content);
        connect(m_strip, &ImageStrip::openRequested, this,
                [this](int index) { openPreview(m_images->urls(), index); });
        contentLayout->addWidget(m_strip);
    }
    if (m_entity.display().widget == ColumnWidget::ImageUrl) {
        m_picture = new PicturePanel(m_services, content);
        connect(m_picture, &PicturePanel::openRequested, this,
                [this] { openPreview({m_row.record.values.value(m_entity.displayColumn).toString()}, 0); });
        contentLayout->addWidget(m_picture);
    }
    contentLayout->addWidget(m_fields);
    contentLayout->addStretch();

    m_foot = new RecordFormFoot(*m_save, *m_discard, m_services.changes, this);

    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *tab = new QWidget(this);
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scrolling(content, tab), 1);
    layout->addWidget(line);
    layout->addWidget(m_foot);
    return tab;
}

bool RecordForm::hasEdits() const
{
    return m_mode != Mode::Nothing && m_fields->hasEdits();
}

void RecordForm::showRecord(const RecordRow &row)
{
    if (m_mode == Mode::Edit && row.record.id == m_row.record.id) {
        // Back on the record that is being edited: the question has answered itself.
        m_pending = nullptr;
        m_unsaved->hide();
        return;
    }
    replaceBy(row.record.id, [this, row] { place(row); });
}

void RecordForm::showNothing(const QString &hint)
{
    replaceBy({}, [this, hint] {
        m_mode = Mode::Nothing;
        m_row = {};
        ++m_generation;
        m_isDeleted = false;
        m_header->showNothing();
        if (m_images)
            m_images->setRecord({});
        m_empty->setText(hint);
        m_empty->show();
        m_empty->raise();
        m_tabs->hide();
        updateActions();
        Q_EMIT recordShown({});
    });
}

void RecordForm::startNew()
{
    replaceBy({}, [this] {
        Record record = newRecord(m_entity);
        // A number that must be filled in is left to be filled in: nobody chose the zero.
        for (int column = 0; column < m_entity.columns.size(); ++column) {
            const Column &description = m_entity.columns[column];
            if (description.required && description.isNumber()
                && sameValue(description.defaultValue, initialValue(description)))
                record.values[column] = QVariant();
        }
        place({record, {}});
        m_fields->focusFirst();
        Q_EMIT newStarted();
    });
}

void RecordForm::replaceBy(const QString &id, std::function<void()> show)
{
    if (!hasEdits()) {
        m_pending = nullptr;
        m_unsaved->hide();
        show();
        return;
    }
    m_pendingId = id;
    m_pending = std::move(show);
    m_unsaved->ask(m_header->title(), m_fields->editedLabels());
}

void RecordForm::place(const RecordRow &row)
{
    m_mode = row.record.id.isEmpty() ? Mode::New : Mode::Edit;
    m_row = row;
    m_isDeleted = false;
    ++m_generation;
    m_empty->hide();
    m_tabs->show();
    m_fields->setEnabled(true);
    m_fields->setBase(row);
    setProblem({});
    if (m_mode == Mode::New) {
        m_header->showNew();
        m_tabs->setCurrentIndex(0);
        m_history->showRecord({});
    } else {
        m_header->showRecord(row.record);
        m_history->showRecord(row.record.id);
    }
    if (m_images)
        m_images->setRecord(row.record.id);
    if (m_strip)
        m_strip->setVisible(m_mode == Mode::Edit);
    updateActions();
    Q_EMIT recordShown(row.record.id);
}

void RecordForm::save()
{
    if (m_saving || m_mode == Mode::Nothing)
        return;
    if (m_mode == Mode::Edit && !hasEdits())
        return;
    const Expected<Record> record = m_fields->record();
    if (!record) {
        m_tabs->setCurrentIndex(0);
        return; // the sentence stands at its field
    }
    const QStringList labels = m_fields->editedLabels();
    const QString name = m_header->title();
    const QString what = m_mode == Mode::New ? tr("Add a %1").arg(m_entity.singular.toLower())
        : labels.size() == 1                 ? tr("Change %1 of %2").arg(labels.constFirst().toLower(), name)
                                             : tr("Change %1 fields of %2").arg(labels.size()).arg(name);
    const Change change = m_mode == Mode::New ? addition(m_entity, *record)
                                              : desk::update(m_entity, m_row.record, *record);
    m_saving = true;
    if (m_mode == Mode::New)
        m_fields->setEnabled(false); // it is shown anew once it has an id; nothing is typed into it meanwhile
    setProblem({});
    updateActions();
    whenFinished(m_services.changes.apply({change}, what), this,
                 [this, generation = m_generation](const Expected<QList<AppliedChange>> &applied) {
                     m_saving = false;
                     if (generation == m_generation)
                         takeApplied(applied);
                     updateActions();
                 });
}

void RecordForm::takeApplied(const Expected<QList<AppliedChange>> &applied)
{
    if (!applied) {
        refuse(applied.error());
        return;
    }
    const bool wasNew = m_mode == Mode::New;
    if (!applied->isEmpty() && applied->constFirst().after) {
        RecordRow row{*applied->constFirst().after, m_row.labels};
        row.labels.resize(m_entity.columns.size());
        for (int column = 0; column < m_entity.columns.size(); ++column) {
            if (const FormField *field = m_fields->field(column);
                field && m_entity.columns[column].isReference())
                row.labels[column] = field->editor()->label();
        }
        if (wasNew) {
            place(row);
        } else {
            m_row = row;
            m_fields->follow(row, {});
            m_header->showRecord(row.record);
            m_history->showRecord(row.record.id);
        }
    }
    const RecordId id = m_row.record.id;
    goOn();
    if (wasNew)
        Q_EMIT created(id);
    Q_EMIT saved(id);
}

// To what was to be shown, once nothing stands in its way any more.
void RecordForm::goOn()
{
    if (!m_pending || hasEdits())
        return;
    const auto show = std::exchange(m_pending, nullptr);
    m_unsaved->hide();
    show();
}

void RecordForm::refuse(const Error &error)
{
    m_fields->setEnabled(true);
    m_tabs->setCurrentIndex(0);
    if (error.code == ErrorCode::Conflict) {
        // The fields will say who changed what; nothing typed is lost.
        setProblem(error.sentence);
        load(tr("Someone"));
        return;
    }
    if (!m_fields->showRefusal(error))
        setProblem(tr("Not saved: %1").arg(error.sentence));
}

void RecordForm::discard()
{
    if (m_mode == Mode::Nothing)
        return;
    const auto show = std::exchange(m_pending, nullptr);
    m_unsaved->hide();
    setProblem({});
    if (m_isDeleted || (m_mode == Mode::New && !show)) {
        m_fields->setBase(m_row);
        showNothing(tr("Choose a %1 to see it here").arg(m_entity.singular.toLower()));
        return;
    }
    m_fields->setBase(m_row);
    if (show)
        show();
    updateActions();
}

void RecordForm::load(const QString &author)
{
    if (m_mode != Mode::Edit || m_saving)
        return;
    whenFinished(m_services.store.fetchAsync(m_entity, m_row.record.id), this,
                 [this, author, generation = m_generation](const Expected<RecordRow> &row) {
                     if (generation != m_generation || m_saving)
                         return;
                     if (!row) {
                         if (row.error().code == ErrorCode::NotFound)
                             markDeleted(author);
                         return; // away: what is shown stays
                     }
                     if (row->record.version < m_row.record.version)
                         return;
                     m_row = *row;
                     m_fields->follow(*row, author);
                     m_header->showRecord(row->record);
                     m_history->showRecord(row->record.id);
                 });
}

void RecordForm::followJournal(const QList<JournalEntry> &entries)
{
    if (m_mode != Mode::Edit)
        return;
    const JournalEntry *newest = nullptr;
    for (const JournalEntry &entry : entries) {
        if (entry.entity == m_entity.name && entry.id == m_row.record.id
            && entry.version > m_row.record.version)
            newest = &entry;
        else if (entry.entity == m_entity.name && entry.id == m_row.record.id
                 && entry.operation == Operation::Delete)
            newest = &entry;
    }
    if (!newest)
        return;
    const QString author = newest->author == m_services.author ? tr("You") : newest->author;
    if (newest->operation == Operation::Delete)
        markDeleted(author);
    else
        load(author.isEmpty() ? tr("Another program") : author);
}

void RecordForm::markDeleted(const QString &author)
{
    if (!hasEdits()) {
        showNothing(tr("%1 deleted this %2").arg(author, m_entity.singular.toLower()));
        return;
    }
    // What was typed can still be read and copied; it cannot be saved to a record that is gone.
    m_isDeleted = true;
    setProblem(tr("%1 deleted this %2 meanwhile. What you typed is still here; Discard leaves it.")
                   .arg(author, m_entity.singular.toLower()));
    updateActions();
}

void RecordForm::setProblem(const QString &sentence)
{
    m_foot->setProblem(sentence);
}

QString RecordForm::problem() const
{
    return m_foot->problem();
}

void RecordForm::updateActions()
{
    if (m_picture)
        m_picture->setUrl(m_mode == Mode::Nothing
                              ? QString()
                              : m_fields->field(m_entity.displayColumn)->editor()->typedText());
    const bool canSave = !m_saving && !m_isDeleted && (m_mode == Mode::New || hasEdits());
    m_save->setEnabled(canSave);
    const bool canDiscard = !m_saving && (m_mode == Mode::New || hasEdits());
    m_discard->setEnabled(canDiscard);
}

void RecordForm::openPreview(const QStringList &urls, int index)
{
    if (index < 0 || index >= urls.size())
        return;
    auto *preview = new ImagePreview(urls, index, m_services.images, m_services.theme, this);
    preview->open();
}

} // namespace desk
