// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace desk {

// Names that no table or column can have, because one of the databases keeps them for itself: words of SQL,
// system columns, the catalog's own tables. Lower case. Any thread.
[[nodiscard]] bool isReservedColumnName(const QString &name);
[[nodiscard]] bool isReservedTableName(const QString &name);

} // namespace desk
