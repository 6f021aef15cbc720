// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QDateTime>
#include <QString>

namespace desk {

// Somebody had a sensitive field of a message shown in the clear. The value itself is in no way part of it.
// A value.
struct Disclosure {
    qint64 number = 0; // given by the database
    QString author;
    QString topic;
    qint32 partition = 0;
    qint64 offset = 0;
    QString field; // "value: lines[3].card_num"
    QDateTime at;  // by the database's clock
};

} // namespace desk
