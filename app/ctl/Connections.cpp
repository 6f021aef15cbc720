// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Connections.h"

#include "models/workspace/EnvironmentSettings.h"
#include "models/workspace/WorkspaceRepository.h"

#include <QDir>
#include <QFileInfo>

namespace desk::ctl {
namespace {

// A blank workspace names no database; a SQLite one always names its file.
bool namesDatabase(const Workspace &workspace)
{
    return workspace.database.kind == DatabaseKind::PostgreSql || !workspace.database.path.isEmpty();
}

Expected<Workspace> startingPoint(const CommandLine &line, const WorkspaceRepository &repository,
                                  const QProcessEnvironment &environment)
{
    const QString name = line.value(QStringLiteral("workspace"));
    if (name.isEmpty())
        return withEnvironment(Workspace{}, environment);
    return repository.find(name);
}

Expected<> applyOptions(const CommandLine &line, Workspace &workspace)
{
    if (line.isSet(QStringLiteral("database"))) {
        Expected<DatabaseSettings> database = DatabaseSettings::fromUrl(
            line.value(QStringLiteral("database")));
        if (!database)
            return tl::make_unexpected(database.error());
        workspace.database = *std::move(database);
        workspace.isSample = false;
    }
    if (line.isSet(QStringLiteral("brokers"))) {
        // As a variable, so that both are read alike.
        QProcessEnvironment brokers;
        brokers.insert(QStringLiteral("BOOTSTRAP_SERVERS"), line.value(QStringLiteral("brokers")));
        Expected<Workspace> changed = withEnvironment(workspace, brokers);
        if (!changed)
            return tl::make_unexpected(changed.error());
        workspace = *std::move(changed);
    }
    if (line.isSet(QStringLiteral("registry")))
        workspace.brokers.registryUrl = line.value(QStringLiteral("registry"));
    if (line.isSet(QStringLiteral("entities"))) {
        workspace.entityFolder = line.value(QStringLiteral("entities"));
        if (!QFileInfo(workspace.entityFolder).isDir()) {
            return failure(ErrorCode::NotFound,
                           QStringLiteral("There is no folder %1.")
                               .arg(QDir::toNativeSeparators(workspace.entityFolder)));
        }
    }
    return {};
}

} // namespace

Expected<Workspace> workspaceFor(const CommandLine &line)
{
    const WorkspaceRepository repository = WorkspaceRepository::standard();
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    Expected<Workspace> workspace = startingPoint(line, repository, environment);
    if (workspace && line.isSet(QStringLiteral("env-file"))) {
        const Expected<QProcessEnvironment> file = readEnvironmentFile(
            line.value(QStringLiteral("env-file")));
        if (!file)
            return tl::make_unexpected(file.error());
        workspace = withEnvironment(*std::move(workspace), *file);
    }
    if (!workspace)
        return workspace;
    if (const Expected<> applied = applyOptions(line, *workspace); !applied)
        return tl::make_unexpected(applied.error());

    if (!namesDatabase(*workspace)) {
        const Workspace sample = sampleWorkspace(repository.dataFolder());
        workspace->database = sample.database;
        workspace->isSample = true;
        if (!workspace->brokers.isConfigured())
            workspace->brokers = sample.brokers;
        if (workspace->entityFolder.isEmpty())
            workspace->entityFolder = sample.entityFolder;
    }
    if (workspace->isSample && !QDir().mkpath(repository.dataFolder())) {
        return failure(ErrorCode::InputOutput,
                       QStringLiteral("The folder %1 cannot be made.")
                           .arg(QDir::toNativeSeparators(repository.dataFolder())));
    }
    return withPasswords(*std::move(workspace), environment);
}

} // namespace desk::ctl
