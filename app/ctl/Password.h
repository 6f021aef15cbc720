// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace desk::ctl {

// Asks for a password on the terminal, without echo. Empty: there is no terminal, or nothing was typed.
[[nodiscard]] std::optional<QString> askPassword(const QString &question);

} // namespace desk::ctl
