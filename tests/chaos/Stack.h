// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace desk::chaos {

// Real servers that belong to this program alone, so that it may stop and kill them. They go when it ends,
// also when it is killed: a shell that hears of it by a pipe takes them down. Test thread.
class Stack
{
public:
    Stack();
    ~Stack();
    Stack(const Stack &) = delete;
    Stack &operator=(const Stack &) = delete;

    // Starts the servers. Empty, or why it cannot.
    [[nodiscard]] QString begin();

    // postgres, broker, registry; stop, start, kill, pause, resume. Ends the program when that fails.
    void act(const QString &service, const QString &action) const;

    // Whose contents go with the servers.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] DatabaseSettings database() const; // of the server; tests make databases of their own
    [[nodiscard]] QString brokers() const { return value("BOOTSTRAP_SERVERS"); }
    [[nodiscard]] QString registryUrl() const { return value("SCHEMA_REGISTRY_URL"); }
    // A proxy that listens at brokerProxy() and passes on to brokerBehindProxy() keeps every connection.
    [[nodiscard]] QString brokerProxy() const { return value("BROKER_PROXY"); }
    [[nodiscard]] QString brokerBehindProxy() const { return value("BROKER_BEHIND_PROXY"); }

private:
    bool guard();
    QString value(const char *name) const { return m_settings.value(QLatin1String(name)); }
    bool run(const QStringList &words, QString *output) const;

    QTemporaryDir m_folder;
    QProcessEnvironment m_settings;
    int m_life = -1; // the end of a pipe that closes when this program ends
};

} // namespace desk::chaos
