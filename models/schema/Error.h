// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace desk {

// What kind of thing went wrong; callers decide by it, operators read the sentence.
enum class ErrorCode {
    InvalidValue, // a value breaks its column's description; `field` names the column
    NotFound,     // no such record, file, topic
    Conflict,     // the record has changed since the version the write was based on
    InUse,        // other records refer to the one to be deleted
    UnknownEntity,
    UnknownColumn,
    BadSchema,        // a .proto file cannot be used
    RefusedMigration, // changing the tables would lose data
    Unreachable,      // the server cannot be reached now; worth trying again
    Unauthorised,     // wrong password, missing right
    Database,
    Broker,
    Format,      // input that cannot be read (CSV, JSON, payload)
    InputOutput, // files and disks; a full one may have room again
    NoAccess,    // a file that cannot be opened, or only be read: its place or its rights are wrong
    Cancelled,
    NotSupported,
};

// Why a call did not do what it was asked. A value; free to copy between threads.
struct Error {
    ErrorCode code = ErrorCode::Database;
    QString sentence; // for the operator: what happened and, where it helps, what to do
    QString detail;   // for the log: never holds column values, payloads or passwords
    QString field;    // the column the sentence is about, or empty
};

template <typename T = void>
using Expected = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, const QString &sentence,
                                                   const QString &detail = {}, const QString &field = {})
{
    return tl::make_unexpected(Error{code, sentence, detail, field});
}

} // namespace desk
