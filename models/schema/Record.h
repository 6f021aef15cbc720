// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QVariantList>

namespace desk {

// A record's id in its canonical text form: "24", or a UUID for entities with text ids. Empty: none yet.
using RecordId = QString;

// One record of an entity. A value; `values` has one entry per column, in the entity's column order.
struct Record {
    RecordId id;
    qint64 version = 0; // +1 per change, from 1; 0: not in a database yet
    QVariantList values;

    friend bool operator==(const Record &, const Record &) = default;
};

// A record with each column's default and no id.
[[nodiscard]] Record newRecord(const EntityType &entity);

// Puts the id into the record and into its id column, in that column's type.
void setRecordId(const EntityType &entity, Record &record, const RecordId &id);

// An id as text, read into its canonical form. InvalidValue if it is no id for this entity.
[[nodiscard]] Expected<RecordId> recordIdFromText(const EntityType &entity, const QString &text);

} // namespace desk
