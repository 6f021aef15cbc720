// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QThread>

#include <memory>

namespace desk::chaos {

// The network between the program and a server: passes connections on, and can be cut, stalled and slowed.
// Works on a thread of its own; called from the test's.
class Proxy
{
public:
    enum class Line {
        Open,
        Slow,    // some kilobytes a second, each a tenth of a second late
        Stalled, // connections stay and are made, and nothing comes through
        Cut,     // every connection is reset, and new ones are refused
    };

    // Addresses are HOST:PORT; port 0 to listen at any.
    Proxy(const QString &listenAt, const QString &passOnTo);
    ~Proxy();

    [[nodiscard]] quint16 port() const;
    void set(Line line);

private:
    class Worker;
    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
};

} // namespace desk::chaos
