// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"
#include "models/tables/ChangeService.h"
#include "models/tables/RecordDrafts.h"

#include <QObject>

#include <functional>

namespace desk {

// The edits made in a table's cells: makes changes of them, keeps as drafts what is not committed, tries again
// what was refused, and stands by what is typed into records that others delete. Knows rows only by asking.
// GUI thread.
class RecordEdits : public QObject
{
    Q_OBJECT

public:
    // The record as the table has it, or null.
    using RowLookup = std::function<const RecordRow *(const RecordId &)>;

    RecordEdits(const EntityType &entity, ChangeService &changes, RecordStates &states, RowLookup rows,
                QObject *parent = nullptr);

    [[nodiscard]] const RecordDrafts &drafts() const { return m_drafts; }
    // Why something shown of this record is not committed; nothing: all is, or it is on its way.
    [[nodiscard]] std::optional<Error> refusal(const RecordId &id) const;
    // What is typed and not committed, a line per cell: "Fish Steak: price".
    [[nodiscard]] QStringList unsaved() const;

    // An editor was opened on a cell that shows this, and closed again.
    void begin(const RecordId &id, int column, const QVariant &seen);
    void end();
    // `typed` fits the column. A value that is what was seen before takes the draft back.
    void submit(const RecordRow &row, int column, const QVariant &typed);
    void discard(const RecordId &id);
    // What was refused: all of it, or what was refused with this code.
    void retry(std::optional<ErrorCode> code = {});

    // A record was deleted. True if its row is to stay, because something is typed there.
    [[nodiscard]] bool holdsDeleted(const JournalEntry &deletion);
    void restored(const RecordId &id);

Q_SIGNALS:
    void changed(const desk::RecordId &id);
    void committed(const desk::AppliedChange &change);
    // `column` is -1 where the whole record is meant.
    void refused(const desk::RecordId &id, int column, const desk::Error &error);
    // A deleted record in which nothing is typed any more: its row can go.
    void released(const desk::RecordId &id);

private:
    // `before` knows the record's id and this column; its version only if that is not 0.
    void apply(const Record &before, int column, const QVariant &typed, const QString &name);
    void takeBack(const RecordId &id, int column);
    void settle(const RecordId &id, int column, const Expected<QList<AppliedChange>> &applied);
    void releaseDeleted();

    const EntityType &m_entity;
    ChangeService &m_changes;
    RecordStates &m_states;
    RowLookup m_rows;
    RecordDrafts m_drafts;
    QHash<RecordId, Error> m_deleted; // by others, while they are being edited here
};

} // namespace desk
