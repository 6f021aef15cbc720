// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Island.h"

#include <QCoreApplication>

#include <signal.h>
#include <sys/prctl.h>

namespace desk::chaos {
namespace {

bool run(const QStringList &words)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(words.first(), words.mid(1));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

} // namespace

Island::Island()
    : m_cable(QStringLiteral("chaos%1").arg(QCoreApplication::applicationPid() % 1'000'000))
    // Addresses set aside for tests of networks.
    , m_network(QStringLiteral("198.18.%1").arg(QCoreApplication::applicationPid() % 256))
{
    m_keeper.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_keeper.start("unshare", {"--net", "sh", "-c", "echo there; exec sleep 100000"});
    if (!m_keeper.waitForReadyRead(10'000))
        return;
    const QString far = m_cable + u'f';
    const QStringList there = prefix();
    m_isThere = run({"ip", "link", "add", m_cable, "type", "veth", "peer", "name", far, "netns",
                     QString::number(m_keeper.processId())})
        && run({"ip", "address", "add", address() + QStringLiteral("/30"), "dev", m_cable})
        && run({"ip", "link", "set", m_cable, "up"})
        && run(there + QStringList{"ip", "address", "add", m_network + QStringLiteral(".2/30"), "dev", far})
        && run(there + QStringList{"ip", "link", "set", far, "up"})
        && run(there + QStringList{"ip", "link", "set", "lo", "up"});
}

Island::~Island()
{
    m_keeper.kill(); // the cable goes with its far end
    m_keeper.waitForFinished();
}

QStringList Island::prefix() const
{
    return {"nsenter", QStringLiteral("--net=/proc/%1/ns/net").arg(m_keeper.processId())};
}

void Island::pullCable() const
{
    run({"ip", "link", "set", m_cable, "down"});
}

void Island::plugCable() const
{
    run({"ip", "link", "set", m_cable, "up"});
}

} // namespace desk::chaos
