// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

namespace desk {

// What the values of a column look like, as far as its name and its entity tell.
enum class ColumnLook {
    Plain,
    ProductName,
    CategoryName,
    PersonName,
    UserName,
    Task,
    Description,
    Email,
    WebAddress,
    ImageAddress,
    City,
    Address,
    Phone,
    Currency,
    Code,
    Secret,
    Uuid,
    CardNumber,
    Created, // a time, in seconds where it is a number
    Changed, // a time after it
    Year,
    Month,
    Quantity,
    Stock,
    Price,
    Percent,
};

[[nodiscard]] ColumnLook columnLook(const EntityType &entity, const Column &column);

} // namespace desk
