// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QFuture>

namespace desk {

// Where passwords live: the system keychain in the programs, a map in tests. GUI thread; the futures
// finish there. NotSupported where there is no keychain: the caller then asks the operator and keeps the
// password in memory only.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual QFuture<Expected<QString>> readAsync(const QString &key) = 0; // NotFound: none kept
    [[nodiscard]] virtual QFuture<Expected<>> writeAsync(const QString &key, const QString &secret) = 0;
    [[nodiscard]] virtual QFuture<Expected<>> removeAsync(const QString &key) = 0;
};

} // namespace desk
