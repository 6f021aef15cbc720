// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Stack.h"

#include <QProcess>

#include <fcntl.h>
#include <unistd.h>

namespace desk::chaos {
namespace {

QString program()
{
    return qEnvironmentVariable("CATALOG_SOURCE") + QStringLiteral("/tests/stack/stack");
}

} // namespace

Stack::Stack() = default;

Stack::~Stack()
{
    if (m_life < 0)
        return;
    QString output;
    if (!run({QStringLiteral("down")}, &output))
        qWarning("%s", qPrintable(output));
    close(m_life);
}

// In a session of its own and nobody's child, so that what kills this program leaves it alone.
bool Stack::guard()
{
    int ends[2] = {};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    m_life = ends[1];
    QProcess shell;
    shell.setChildProcessModifier([reading = ends[0]] { dup2(reading, STDIN_FILENO); });
    shell.setStandardOutputFile(QProcess::nullDevice());
    shell.setStandardErrorFile(QProcess::nullDevice());
    shell.start(QStringLiteral("setsid"),
                {QStringLiteral("--fork"), QStringLiteral("bash"), QStringLiteral("-c"),
                 QStringLiteral("read -r; CATALOG_STACK_DIR=\"$2/stack\" \"$1\" down; rm -rf \"$2\""),
                 QStringLiteral("guard"), program(), m_folder.path()});
    const bool isThere = shell.waitForFinished() && shell.exitCode() == 0;
    close(ends[0]);
    return isThere;
}

bool Stack::run(const QStringList &words, QString *output) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CATALOG_STACK_DIR"), m_folder.filePath(QStringLiteral("stack")));
    process.setProcessEnvironment(environment);
    process.start(program(), words);
    const bool isDone = process.waitForFinished(300'000) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
    *output = QString::fromUtf8(isDone ? process.readAllStandardOutput() : process.readAllStandardError());
    if (!isDone && output->isEmpty())
        *output = QStringLiteral("%1: %2").arg(program(), process.errorString());
    return isDone;
}

QString Stack::begin()
{
    // The servers' own user must be able to reach its files.
    QFile::setPermissions(m_folder.path(),
                          QFile::permissions(m_folder.path()) | QFile::ReadGroup | QFile::ExeGroup
                              | QFile::ReadOther | QFile::ExeOther);
    if (!guard())
        return QStringLiteral("The shell that takes the servers down at the end did not start.");
    QString output;
    if (!run({QStringLiteral("up")}, &output) || !run({QStringLiteral("env")}, &output))
        return output;
    for (const QString &line : output.split(u'\n', Qt::SkipEmptyParts))
        m_settings.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    return {};
}

void Stack::act(const QString &service, const QString &action) const
{
    QString output;
    if (!run({service, action}, &output))
        qFatal("%s %s: %s", qPrintable(service), qPrintable(action), qPrintable(output));
}

DatabaseSettings Stack::database() const
{
    const auto settings = DatabaseSettings::fromUrl(value("DATABASE_URL"));
    if (!settings)
        qFatal("The stack says no DATABASE_URL.");
    return *settings;
}

} // namespace desk::chaos
