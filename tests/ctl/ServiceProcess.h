// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ctl/CtlRunner.h"

#include <QDeadlineTimer>

namespace desk {

// A relay or ingest as a service would run it: a process of its own, killed at the latest with this object.
// Test thread.
class ServiceProcess
{
public:
    ServiceProcess(const CtlRunner &ctl, const QString &database, const QString &command,
                   const QStringList &options = {})
    {
        ctl.start(m_process, QStringList{"--database", database, command, "--json"} + options);
    }
    ~ServiceProcess() { end(SIGKILL); }

    // The first line it prints from now on in which the member has the value; empty after a minute.
    QJsonObject waitFor(const QString &name, const QJsonValue &value)
    {
        const QDeadlineTimer deadline(60'000);
        while (!deadline.hasExpired()) {
            while (m_process.canReadLine()) {
                const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
                if (line.contains(name) && (value.isUndefined() || line[name] == value))
                    return line;
            }
            m_process.waitForReadyRead(200);
        }
        return {};
    }
    bool isReady() { return !waitFor("ready", true).isEmpty(); }
    int end(int signal)
    {
        if (m_process.state() == QProcess::NotRunning)
            return -1;
        ::kill(pid_t(m_process.processId()), signal);
        m_process.waitForFinished(20'000);
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
};

} // namespace desk
