// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/SecretStore.h"

#include <QObject>

namespace desk {

// Passwords in the system's keychain (Secret Service, KWallet, macOS, Windows), through QtKeychain. GUI
// thread; nothing blocks. NotSupported where no keychain runs.
class KeychainSecretStore : public SecretStore
{
public:
    [[nodiscard]] QFuture<Expected<QString>> readAsync(const QString &key) override;
    [[nodiscard]] QFuture<Expected<>> writeAsync(const QString &key, const QString &secret) override;
    [[nodiscard]] QFuture<Expected<>> removeAsync(const QString &key) override;
};

} // namespace desk
