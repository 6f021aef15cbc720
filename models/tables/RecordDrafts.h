// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"

#include <QHash>

#include <optional>

namespace desk {

// What was typed into a table and is not committed: per record, by column of its entity. A draft is settled
// by the change that was made of it, and otherwise stays until it is mended or discarded. Also knows the cell
// that is being typed into, because an edit is based on what its operator saw when it began, not on what
// others have written since. A value without signals.
class RecordDrafts
{
public:
    struct Draft {
        QVariant value; // a null one is a value too
        QVariant seen;  // before the edit, or in the conflict that was told
        std::optional<Error> refusal;
    };

    [[nodiscard]] bool contains(const RecordId &id) const { return m_drafts.contains(id); }
    [[nodiscard]] const Draft *find(const RecordId &id, int column) const; // null: no draft of this cell
    // Why the record's drafts are not committed; nothing: there are none, or they are on their way.
    [[nodiscard]] std::optional<Error> refusal(const RecordId &id) const;
    // Cells whose changes were refused: all, or those refused with this code.
    [[nodiscard]] QList<std::pair<RecordId, int>> refused(std::optional<ErrorCode> code = {}) const;

    void set(const RecordId &id, int column, const QVariant &value, const QVariant &seen);
    // `current` is what the record holds now: told of it by a conflict, the operator goes on from there.
    void refuse(const RecordId &id, int column, const Error &error, const QVariant &current);
    // The change made of this cell's draft was committed; null: there was nothing left to change. What was
    // typed since is on its way itself and stays.
    void settle(const RecordId &id, int column, const AppliedChange *applied);
    bool discard(const RecordId &id); // false: there was none
    bool discard(const RecordId &id, int column);

    // An editor was opened on a cell that shows this, and closed again. One at a time.
    void beginEdit(const RecordId &id, int column, const QVariant &seen);
    void endEdit();
    // What the edit of this cell is based on: what its editor showed first, or its draft; nothing: neither.
    [[nodiscard]] std::optional<QVariant> seen(const RecordId &id, int column) const;

    // Someone has something typed for this record, in a draft or in an editor.
    [[nodiscard]] bool isEdited(const RecordId &id) const;

private:
    struct OpenEdit {
        RecordId id;
        int column = 0;
        QVariant seen;
    };

    QHash<RecordId, QHash<int, Draft>> m_drafts;
    std::optional<OpenEdit> m_open;
};

} // namespace desk
