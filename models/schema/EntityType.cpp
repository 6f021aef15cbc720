// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityType.h"

#include <algorithm>

namespace desk {

QString operationText(Operation operation)
{
    return verbText(verbOf(operation));
}

std::optional<Operation> operationFromText(QStringView text)
{
    for (const Operation operation : {Operation::Add, Operation::Update, Operation::Delete}) {
        if (text == operationText(operation))
            return operation;
    }
    return std::nullopt;
}

Verb verbOf(Operation operation)
{
    switch (operation) {
    case Operation::Add:
        return Verb::Add;
    case Operation::Update:
        return Verb::Update;
    case Operation::Delete:
        break;
    }
    return Verb::Delete;
}

QString verbText(Verb verb)
{
    switch (verb) {
    case Verb::Add:
        return QStringLiteral("add");
    case Verb::Update:
        return QStringLiteral("update");
    case Verb::Delete:
        return QStringLiteral("delete");
    case Verb::Get:
        return QStringLiteral("get");
    case Verb::List:
        break;
    }
    return QStringLiteral("list");
}

int EntityType::indexOf(QStringView columnName) const
{
    const auto found = std::find_if(columns.cbegin(), columns.cend(),
                                    [&](const Column &column) { return column.name == columnName; });
    return found == columns.cend() ? -1 : static_cast<int>(found - columns.cbegin());
}

Expected<int> EntityType::requireColumn(QStringView columnName) const
{
    const int index = indexOf(columnName);
    if (index >= 0)
        return index;
    QStringList names;
    for (const Column &column : columns)
        names.append(column.name);
    return failure(ErrorCode::UnknownColumn,
                   QStringLiteral("%1 has no column \"%2\"; it has: %3.")
                       .arg(name, columnName, names.join(QStringLiteral(", "))),
                   {}, columnName.toString());
}

} // namespace desk
