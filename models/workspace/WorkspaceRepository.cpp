// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceRepository.h"

#include "models/workspace/WorkspaceJson.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

namespace desk {
namespace {

constexpr qint64 maximumBytes = 1024 * 1024;

QString workspacesFolder(const QString &configFolder)
{
    return QDir(configFolder).filePath(QStringLiteral("workspaces"));
}

QString fileOf(const QString &configFolder, const QString &id)
{
    return QDir(workspacesFolder(configFolder)).filePath(id + QStringLiteral(".json"));
}

bool isFileId(const QString &id)
{
    static const QRegularExpression allowed(QStringLiteral("\\A[A-Za-z0-9-]{1,64}\\z"));
    return allowed.match(id).hasMatch();
}

bool sameName(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive) == 0;
}

tl::unexpected<Error> notWritten(const QString &path, const QString &reason)
{
    return failure(ErrorCode::InputOutput,
                   QStringLiteral("The workspace cannot be kept in %1: %2.")
                       .arg(QDir::toNativeSeparators(path), reason));
}

Expected<Workspace> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::InputOutput, file.errorString());
    if (file.size() > maximumBytes)
        return failure(ErrorCode::Format, QStringLiteral("The file is too large for a workspace."));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject()) {
        return failure(ErrorCode::Format,
                       error.error == QJsonParseError::NoError
                           ? QStringLiteral("This is no workspace.")
                           : QStringLiteral("%1 at byte %2.").arg(error.errorString()).arg(error.offset));
    }
    Expected<Workspace> workspace = workspaceFromJson(document.object());
    if (workspace)
        workspace->id = QFileInfo(path).completeBaseName();
    return workspace;
}

} // namespace

WorkspaceRepository::WorkspaceRepository(const QString &configFolder, const QString &dataFolder)
    : m_configFolder(configFolder)
    , m_dataFolder(dataFolder)
{ }

WorkspaceRepository WorkspaceRepository::standard()
{
    const QString home = qEnvironmentVariable("CATALOG_DESK_HOME");
    if (!home.isEmpty()) {
        const QDir folder(QDir(home).absolutePath());
        return WorkspaceRepository(folder.filePath(QStringLiteral("config")),
                                   folder.filePath(QStringLiteral("data")));
    }
    // Not the App… locations: both programs must find the same folder, whatever they are called.
    const auto place = [](QStandardPaths::StandardLocation location) {
        return QDir(QStandardPaths::writableLocation(location)).filePath(QStringLiteral("catalog-desk"));
    };
    return WorkspaceRepository(place(QStandardPaths::GenericConfigLocation),
                               place(QStandardPaths::GenericDataLocation));
}

QList<Workspace> WorkspaceRepository::all() const
{
    m_problems.clear();
    QList<Workspace> workspaces;
    const QFileInfoList files = QDir(workspacesFolder(m_configFolder))
                                    .entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files) {
        Expected<Workspace> workspace = readFile(file.absoluteFilePath());
        if (workspace)
            workspaces.append(*std::move(workspace));
        else
            m_problems.append(QStringLiteral("%1: %2").arg(QDir::toNativeSeparators(file.absoluteFilePath()),
                                                           workspace.error().sentence));
    }
    std::sort(workspaces.begin(), workspaces.end(), [](const Workspace &left, const Workspace &right) {
        return QString::localeAwareCompare(left.name, right.name) < 0;
    });
    workspaces.prepend(sampleWorkspace(m_dataFolder));
    return workspaces;
}

Expected<Workspace> WorkspaceRepository::find(const QString &name) const
{
    const QList<Workspace> workspaces = all();
    QStringList names;
    for (const Workspace &workspace : workspaces) {
        if (sameName(workspace.name, name))
            return workspace;
        names.append(QStringLiteral("\"%1\"").arg(workspace.name));
    }
    return failure(ErrorCode::NotFound,
                   QStringLiteral("There is no workspace \"%1\". There are: %2.")
                       .arg(name, names.join(QLatin1String(", "))));
}

Expected<> WorkspaceRepository::save(Workspace &workspace)
{
    workspace.name = workspace.name.trimmed();
    const auto wrongName = [](const QString &sentence) {
        return failure(ErrorCode::InvalidValue, sentence, {}, QStringLiteral("name"));
    };
    if (workspace.isSample)
        return failure(ErrorCode::NotSupported,
                       QStringLiteral("The sample workspace cannot be changed. Make a new one."));
    if (workspace.name.isEmpty())
        return wrongName(QStringLiteral("Give the workspace a name."));
    const QString id = workspace.id.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces)
                                              : workspace.id;
    if (!isFileId(id))
        return failure(ErrorCode::InvalidValue, QStringLiteral("The workspace's id cannot name a file."), {},
                       QStringLiteral("id"));
    const QList<Workspace> others = all();
    for (const Workspace &other : others) {
        if (other.id != id && sameName(other.name, workspace.name))
            return wrongName(QStringLiteral("There is already a workspace \"%1\".").arg(other.name));
    }
    const Expected<QJsonObject> json = workspaceToJson(workspace);
    if (!json)
        return tl::make_unexpected(json.error());

    const QString path = fileOf(m_configFolder, id);
    if (!QDir().mkpath(workspacesFolder(m_configFolder)))
        return notWritten(path, QStringLiteral("the folder cannot be made"));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(path, file.errorString());
    // Hosts and user names are nobody else's business either.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(*json).toJson());
    if (!file.commit())
        return notWritten(path, file.errorString());
    workspace.id = id;
    return {};
}

Expected<> WorkspaceRepository::remove(const Workspace &workspace)
{
    if (workspace.isSample)
        return failure(ErrorCode::NotSupported, QStringLiteral("The sample workspace cannot be removed."));
    QFile file(fileOf(m_configFolder, workspace.id));
    if (!isFileId(workspace.id) || !file.exists())
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no workspace \"%1\" to remove.").arg(workspace.name));
    if (!file.remove()) {
        return failure(ErrorCode::InputOutput,
                       QStringLiteral("The workspace \"%1\" cannot be removed: %2.")
                           .arg(workspace.name, file.errorString()));
    }
    return {};
}

} // namespace desk
