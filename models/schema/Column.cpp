// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/Column.h"

namespace desk {

bool Column::isNumber() const
{
    return !isReference()
        && (type == ColumnType::Integer || type == ColumnType::BigInteger || type == ColumnType::Double
            || type == ColumnType::Decimal);
}

} // namespace desk
