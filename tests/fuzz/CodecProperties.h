// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"

#include <QByteArrayView>

namespace desk::fuzz {

// What must hold of a message of any entity, whatever its bytes: what is read can be written and is read
// again as the same; what is refused is refused in a sentence.

// The built-in entities and those of tests/fuzz/entities.
[[nodiscard]] const std::shared_ptr<const EntityCatalog> &entities();
// One per entity, as the program keeps them.
[[nodiscard]] RecordCodec &codecOf(const EntityType &entity);

void checkRecord(const EntityType &entity, QByteArrayView payload);
void checkList(const EntityType &entity, QByteArrayView payload);
// As the stream panel shows it; `operation` is a header, or empty.
void checkMessage(const QString &topic, const QByteArray &operation, QByteArrayView value);
// As it is taken in.
void checkIngest(const QString &topic, const QByteArray &operation, QByteArrayView value);

} // namespace desk::fuzz
