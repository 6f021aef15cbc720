// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Change.h"

#include "models/schema/ColumnText.h"

namespace desk {

QString originText(Origin origin)
{
    switch (origin) {
    case Origin::Desk:
        return QStringLiteral("desk");
    case Origin::Ingest:
        return QStringLiteral("ingest");
    case Origin::Sync:
        return QStringLiteral("sync");
    case Origin::Other:
        break;
    }
    return QStringLiteral("other");
}

Origin originFromText(QStringView text)
{
    for (const Origin origin : {Origin::Desk, Origin::Ingest, Origin::Sync}) {
        if (text == originText(origin))
            return origin;
    }
    return Origin::Other;
}

Change addition(const EntityType &entity, const Record &record)
{
    Change change;
    change.entity = &entity;
    change.operation = Operation::Add;
    change.id = record.id;
    change.values = record.values;
    return change;
}

Change update(const EntityType &entity, const Record &before, const Record &after)
{
    Change change;
    change.entity = &entity;
    change.operation = Operation::Update;
    change.id = before.id;
    change.baseVersion = before.version;
    for (int column = 0; column < entity.columns.size(); ++column) {
        if (!sameValue(before.values[column], after.values[column]))
            change.fields.append({column, before.values[column], after.values[column]});
    }
    return change;
}

Change deletion(const EntityType &entity, const Record &record)
{
    Change change;
    change.entity = &entity;
    change.operation = Operation::Delete;
    change.id = record.id;
    change.baseVersion = record.version;
    return change;
}

Change AppliedChange::inverse() const
{
    switch (operation) {
    case Operation::Add:
        return deletion(*entity, *after);
    case Operation::Update:
        return update(*entity, *after, *before);
    case Operation::Delete:
        break;
    }
    Change change = addition(*entity, *before);
    change.baseVersion = before->version + 1; // the deletion counted as one; the record goes on from there
    return change;
}

} // namespace desk
