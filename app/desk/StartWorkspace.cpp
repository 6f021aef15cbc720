// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/StartWorkspace.h"

#include "models/workspace/EnvironmentSettings.h"

#include <QDir>
#include <QFileInfo>

namespace desk {

namespace {

bool namesDatabase(const Workspace &workspace)
{
    return workspace.database.kind == DatabaseKind::PostgreSql || !workspace.database.path.isEmpty();
}

// What options and environment say by themselves, without any kept workspace.
Expected<Workspace> spokenSettings(Workspace workspace, const DeskOptions &options)
{
    if (!options.environmentFile.isEmpty()) {
        const Expected<QProcessEnvironment> file = readEnvironmentFile(options.environmentFile);
        if (!file)
            return tl::make_unexpected(file.error());
        Expected<Workspace> changed = withEnvironment(std::move(workspace), *file);
        if (!changed)
            return changed;
        workspace = *std::move(changed);
    }
    if (!options.databaseUrl.isEmpty()) {
        Expected<DatabaseSettings> database = DatabaseSettings::fromUrl(options.databaseUrl);
        if (!database)
            return tl::make_unexpected(database.error());
        workspace.database = *std::move(database);
        workspace.isSample = false;
    }
    if (!options.brokers.isEmpty()) {
        // As a variable, so that both are read alike.
        QProcessEnvironment brokers;
        brokers.insert(QStringLiteral("BOOTSTRAP_SERVERS"), options.brokers);
        Expected<Workspace> changed = withEnvironment(std::move(workspace), brokers);
        if (!changed)
            return changed;
        workspace = *std::move(changed);
    }
    if (!options.registryUrl.isEmpty())
        workspace.brokers.registryUrl = options.registryUrl;
    if (!options.entityFolder.isEmpty()) {
        workspace.entityFolder = options.entityFolder;
        if (!QFileInfo(workspace.entityFolder).isDir()) {
            return failure(ErrorCode::NotFound,
                           QStringLiteral("There is no folder %1.")
                               .arg(QDir::toNativeSeparators(workspace.entityFolder)));
        }
    }
    return workspace;
}

// Something was said, but no database: the sample's records, with the settings that were said.
Workspace withSampleDatabase(Workspace workspace, const Workspace &sample)
{
    workspace.name = sample.name;
    workspace.id = sample.id;
    workspace.database = sample.database;
    workspace.isSample = true;
    if (!workspace.brokers.isConfigured())
        workspace.brokers = sample.brokers;
    if (workspace.entityFolder.isEmpty())
        workspace.entityFolder = sample.entityFolder;
    return workspace;
}

} // namespace

Expected<Workspace> startWorkspace(const DeskOptions &options, const WorkspaceRepository &repository,
                                   const QProcessEnvironment &environment, const QString &lastOpened)
{
    Expected<Workspace> base = options.workspace.isEmpty() ? withEnvironment(Workspace{}, environment)
                                                           : repository.find(options.workspace);
    if (base)
        base = spokenSettings(*std::move(base), options);
    if (!base)
        return base;

    Workspace workspace = *std::move(base);
    if (!namesDatabase(workspace)) {
        const Workspace sample = sampleWorkspace(repository.dataFolder());
        const bool saysNothing = !workspace.brokers.isConfigured() && options.entityFolder.isEmpty();
        // A workspace that has been removed since it was open last is no reason to refuse to start.
        const Expected<Workspace> last = lastOpened.isEmpty() ? Expected<Workspace>(sample)
                                                              : repository.find(lastOpened);
        workspace = saysNothing && last ? *last : withSampleDatabase(std::move(workspace), sample);
    }
    if (workspace.name.isEmpty()) {
        workspace.name = workspace.database.toText();
        workspace.id = QStringLiteral("command-line");
    }
    return withPasswords(std::move(workspace), environment);
}

} // namespace desk
