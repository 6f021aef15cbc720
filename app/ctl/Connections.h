// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/CommandLine.h"
#include "models/workspace/Workspace.h"

namespace desk::ctl {

// Where this run works, from what is said most plainly to what is merely there: options, then the file of
// --env-file, then the named workspace or the environment, then the sample workspace. Passwords may be missing
// still. Reads files; no network.
[[nodiscard]] Expected<Workspace> workspaceFor(const CommandLine &line);

} // namespace desk::ctl
