// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QJsonObject>

namespace desk {

// How a workspace looks in its file. Passwords have no place in it: writing a workspace whose settings
// carry a secret where none belongs (a librdkafka password, a password inside the registry's address) is
// InvalidValue, so that nobody believes it to be kept. Any thread.
[[nodiscard]] Expected<QJsonObject> workspaceToJson(const Workspace &workspace);

// Names a workspace file may lack take their defaults. Format if a value has the wrong type or makes no
// sense.
[[nodiscard]] Expected<Workspace> workspaceFromJson(const QJsonObject &json);

// True for librdkafka settings that hold a password, key or token.
[[nodiscard]] bool isSecretProperty(const QString &name);

} // namespace desk
