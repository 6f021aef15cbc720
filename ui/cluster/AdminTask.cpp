// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/AdminTask.h"

#include "models/store/WhenFinished.h"

namespace desk {

void AdminTask::start(const QStringList &names, Work work)
{
    if (m_isRunning)
        return;
    m_waiting = names;
    m_total = names.size();
    m_work = std::move(work);
    m_report = {};
    m_isCancelled = false;
    m_isRunning = true;
    next();
}

void AdminTask::next()
{
    if (m_waiting.isEmpty() || m_isCancelled) {
        m_report.notTried = std::exchange(m_waiting, {});
        m_isRunning = false;
        Q_EMIT finished(m_report);
        return;
    }
    Q_EMIT progressed(m_total - m_waiting.size(), m_total);
    const QStringList portion = m_waiting.mid(0, PortionSize);
    m_waiting.remove(0, portion.size());
    whenFinished(m_work(portion), this,
                 [this, portion](const Expected<Refusals> &outcome) { take(portion, outcome); });
}

void AdminTask::take(const QStringList &portion, const Expected<Refusals> &outcome)
{
    for (const QString &name : portion) {
        if (!outcome)
            m_report.refused.insert(name, outcome.error());
        else if (outcome->contains(name))
            m_report.refused.insert(name, outcome->value(name));
        else
            m_report.done.append(name);
    }
    if (!outcome)
        m_isCancelled = true; // the brokers do not answer: the others would only wait as long
    next();
}

} // namespace desk
