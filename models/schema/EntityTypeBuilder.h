// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/schema/SensitiveNames.h"

#include <memory>

namespace google::protobuf {
class Descriptor;
}

namespace desk {

// Reads one message descriptor with the (catalog.entity) option into an EntityType. Fails with the place
// of the message or field in its file and a sentence. References are checked by the catalog, once all
// entities are there. Columns with one of the names are sensitive unless their description says otherwise.
[[nodiscard]] tl::expected<std::unique_ptr<EntityType>, SchemaProblem> buildEntityType(
    const google::protobuf::Descriptor &message, const SensitiveNames &names);

// True if the message carries the entity option.
[[nodiscard]] bool isEntity(const google::protobuf::Descriptor &message);

// Where a message or field stands in its file.
[[nodiscard]] SchemaProblem problemAt(const google::protobuf::Descriptor &message, const QString &sentence);
[[nodiscard]] SchemaProblem problemAt(const google::protobuf::FieldDescriptor &field,
                                      const QString &sentence);

} // namespace desk
