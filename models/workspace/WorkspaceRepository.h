// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QList>

namespace desk {

// The operator's workspaces, kept as one JSON file each in a folder, without passwords. The sample
// workspace is always there and always first. One thread.
class WorkspaceRepository
{
public:
    // configFolder/workspaces/*.json; dataFolder holds the sample database and caches.
    WorkspaceRepository(const QString &configFolder, const QString &dataFolder);
    // In the user's usual places (XDG), or below CATALOG_DESK_HOME when that is set.
    [[nodiscard]] static WorkspaceRepository standard();

    [[nodiscard]] QList<Workspace> all() const; // files that cannot be read are left out; see problems()
    [[nodiscard]] QStringList problems() const { return m_problems; }
    [[nodiscard]] Expected<Workspace> find(const QString &name) const;
    [[nodiscard]] Expected<> save(Workspace &workspace); // gives it an id if it has none
    [[nodiscard]] Expected<> remove(const Workspace &workspace);

    [[nodiscard]] QString configFolder() const { return m_configFolder; }
    [[nodiscard]] QString dataFolder() const { return m_dataFolder; }

private:
    QString m_configFolder;
    QString m_dataFolder;
    mutable QStringList m_problems;
};

} // namespace desk
