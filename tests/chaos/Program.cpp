// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Program.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <signal.h>
#include <sys/prctl.h>

namespace desk::chaos {

Program::Program(const QStringList &words, const QProcessEnvironment &environment, const QStringList &prefix)
{
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    const QString binaries = qEnvironmentVariable("CATALOG_BINARIES", QCoreApplication::applicationDirPath());
    const QStringList line = prefix + QStringList{binaries + QStringLiteral("/catalogctl")} + words;
    m_process.start(line.first(), line.mid(1));
    m_process.waitForStarted();
}

Program::~Program()
{
    kill();
}

bool Program::says(const QString &name, const QJsonValue &value, int seconds)
{
    const QDeadlineTimer deadline(seconds * 1000);
    while (!deadline.hasExpired()) {
        while (m_process.canReadLine()) {
            const QByteArray line = m_process.readLine();
            m_read += line;
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (object.contains(name) && object[name] == value)
                return true;
        }
        if (!isRunning())
            return false;
        m_process.waitForReadyRead(200);
    }
    return false;
}

bool Program::endsWithin(int milliseconds)
{
    return !isRunning() || m_process.waitForFinished(milliseconds);
}

void Program::freeze() const
{
    ::kill(pid_t(pid()), SIGSTOP);
}

void Program::thaw() const
{
    ::kill(pid_t(pid()), SIGCONT);
}

bool Program::kill()
{
    if (!isRunning())
        return false;
    m_process.kill();
    m_process.waitForFinished(20'000);
    return m_process.exitStatus() == QProcess::CrashExit;
}

int Program::stop()
{
    if (isRunning()) {
        m_process.terminate();
        if (!m_process.waitForFinished(60'000))
            kill();
    }
    return code();
}

int Program::wait(int seconds)
{
    if (!endsWithin(seconds * 1000))
        kill();
    return code();
}

int Program::code() const
{
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QString Program::lastWords()
{
    m_read += m_process.readAllStandardOutput() + m_process.readAllStandardError();
    return QString::fromUtf8(m_read.right(2000));
}

} // namespace desk::chaos
