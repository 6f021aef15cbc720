// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QMetaType>
#include <QString>

#include <functional>

namespace desk {

// A message for the operator that needs no answer now: shown in the window's notice bar until it is
// dismissed, mended, or replaced by a newer one with the same topic. A value.
struct Notice {
    enum class Kind { Information, Success, Warning, Error };

    Kind kind = Kind::Information;
    QString sentence;             // what happened and what to do
    QString topic;                // a newer notice of the same topic takes its place; empty: none
    QString actionText;           // "Retry", "Show…"; empty: only Dismiss
    std::function<void()> action; // on the GUI thread; must guard what it captures

    [[nodiscard]] static Notice error(const Error &error, const QString &topic = {})
    {
        return {Kind::Error, error.sentence, topic, {}, {}};
    }
};

} // namespace desk

Q_DECLARE_METATYPE(desk::Notice)
