// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

namespace desk::chaos {

// A computer of its own, as far as the network goes: a namespace with one cable to this one, which can be pulled.
// Packets are then lost without a word, where a cut connection says that it is. Needs root. Goes with this
// object, and with the test however that ends. Test thread.
class Island
{
public:
    Island();
    ~Island();
    Island(const Island &) = delete;
    Island &operator=(const Island &) = delete;

    [[nodiscard]] bool isThere() const { return m_isThere; }
    // Where a program on the island finds this computer.
    [[nodiscard]] QString address() const { return m_network + QStringLiteral(".1"); }
    // What a command line begins with to run there.
    [[nodiscard]] QStringList prefix() const;
    void pullCable() const;
    void plugCable() const;

private:
    QString m_cable;
    QString m_network;
    QProcess m_keeper; // the namespace lives with it
    bool m_isThere = false;
};

} // namespace desk::chaos
