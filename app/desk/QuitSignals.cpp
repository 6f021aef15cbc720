// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/QuitSignals.h"

#include <QSocketNotifier>

#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

namespace desk {
namespace {

constexpr int Signals[] = {SIGTERM, SIGINT, SIGHUP};

// A handler may do next to nothing, so it writes one byte: [0] here, [1] is read by the event loop.
int sockets[2] = {-1, -1};

void tell(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(sockets[0], &byte, sizeof byte);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(sockets[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        [[maybe_unused]] const ssize_t got = ::read(sockets[1], &byte, sizeof byte);
        Q_EMIT quitRequested();
    });
    struct sigaction action = {};
    action.sa_handler = tell;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | SA_RESETHAND; // the second one ends the program
    for (const int signal : Signals)
        sigaction(signal, &action, nullptr);
}

QuitSignals::~QuitSignals()
{
    if (!m_notifier)
        return;
    for (const int signal : Signals)
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (int &socket : sockets) {
        ::close(socket);
        socket = -1;
    }
}

} // namespace desk
