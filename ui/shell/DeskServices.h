// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ChangeService.h"
#include "models/workspace/Workspace.h"

#include <memory>

namespace desk {

class ImageLoader;
class Theme;

// What the open workspace lends to its pages. Everything behind the references is owned by the workspace's
// session (app/desk) and outlives every page. GUI thread.
struct DeskServices {
    StoreClient &store;
    RecordStates &states;
    ChangeService &changes;
    Theme &theme;
    ImageLoader &images;
    std::shared_ptr<const EntityCatalog> catalog;
    // With passwords filled in, and with the embedded broker's address as bootstrapServers.
    Workspace workspace;
    QString author;       // who the journal says made this window's changes
    QString settingsFile; // where the window remembers how it was left; empty: nowhere
};

} // namespace desk
