// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/DeskOptions.h"
#include "models/workspace/WorkspaceRepository.h"

#include <QProcessEnvironment>

namespace desk {

// The workspace to start with, from what is said most plainly to what is merely there: options, then the
// file of --env-file, then the named workspace or the environment's variables, then the workspace that was
// open last, then the sample. Passwords may be missing still. Reads files; no network.
[[nodiscard]] Expected<Workspace> startWorkspace(const DeskOptions &options,
                                                 const WorkspaceRepository &repository,
                                                 const QProcessEnvironment &environment,
                                                 const QString &lastOpened);

} // namespace desk
