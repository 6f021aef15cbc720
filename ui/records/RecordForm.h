// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"
#include "models/store/RecordQuery.h"

#include <QWidget>

#include <functional>

class QAction;
class QTabWidget;

namespace desk {

class EmptyState;
class ImageStrip;
class PicturePanel;
class RecordFields;
class RecordFormFoot;
class RecordFormHeader;
class RecordHistory;
class RecordImages;
class UnsavedBar;
struct DeskServices;

// One record to read and to edit: its fields, its pictures and its history. Follows changes by anyone without
// ever overwriting what is being typed; keeps what was typed when saving is refused; asks, in place, before
// it shows another record over unsaved changes. GUI thread.
class RecordForm : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Nothing, Edit, New };

    RecordForm(const EntityType &entity, DeskServices &services, QWidget *parent);

    // Shows the record; asks first when something else is half edited. `hint` for showNothing: why.
    void showRecord(const RecordRow &row);
    void showNothing(const QString &hint);
    void startNew();

    void save();
    void discard();

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] const RecordId &recordId() const { return m_row.record.id; }
    [[nodiscard]] bool hasEdits() const;
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; } // for what other rooms know of the record
    [[nodiscard]] RecordFields &fields() const { return *m_fields; }
    [[nodiscard]] const RecordFormHeader &header() const { return *m_header; }
    [[nodiscard]] QAction *saveAction() const { return m_save; }
    [[nodiscard]] QAction *discardAction() const { return m_discard; }
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void recordShown(const QString &id); // empty: none, or one that is in no table yet
    // The operator stays with what is half edited: select that record again.
    void stayed(const QString &id);
    void newStarted(); // a record that is in no table yet
    void created(const QString &id);
    void saved(const QString &id);

private:
    QWidget *makeRecordTab();
    void makeActions();
    void replaceBy(const QString &id, std::function<void()> show);
    void place(const RecordRow &row);
    void load(const QString &author);
    void followJournal(const QList<JournalEntry> &entries);
    void markDeleted(const QString &author);
    void takeApplied(const Expected<QList<AppliedChange>> &applied);
    void refuse(const Error &error);
    void setProblem(const QString &sentence);
    void goOn();
    void updateActions();
    void openPreview(const QStringList &urls, int index);

    const EntityType &m_entity;
    DeskServices &m_services;
    Mode m_mode = Mode::Nothing;
    RecordRow m_row; // as it is known to be in the database
    bool m_saving = false;
    bool m_isDeleted = false;
    quint64 m_generation = 0;        // of the record shown; late answers about another are dropped
    std::function<void()> m_pending; // what to show once the unsaved changes are decided
    QString m_pendingId;

    RecordFormHeader *m_header;
    UnsavedBar *m_unsaved;
    QTabWidget *m_tabs;
    RecordFields *m_fields;
    RecordImages *m_images = nullptr; // null: this entity has no pictures
    ImageStrip *m_strip = nullptr;
    RecordHistory *m_history;
    PicturePanel *m_picture = nullptr; // null: this entity's records are no pictures
    RecordFormFoot *m_foot = nullptr;
    EmptyState *m_empty;
    QAction *m_save;
    QAction *m_discard;
};

} // namespace desk
