// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminOutcome.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>

namespace desk {

// What came of a change of several topics or groups.
struct AdminReport {
    QStringList done;
    Refusals refused;
    QStringList notTried; // stopped before
};

// One change of many topics or groups, carried out in portions so that it can tell how far it is and be stopped
// between them. One at a time. GUI thread; the portions run where `work` says.
class AdminTask : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<QFuture<Expected<Refusals>>(const QStringList &portion)>;
    static constexpr qsizetype PortionSize = 25;

    using QObject::QObject;

    void start(const QStringList &names, Work work);
    // No further portion.
    void cancel() { m_isCancelled = true; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(qsizetype done, qsizetype total);
    void finished(const desk::AdminReport &report);

private:
    void next();
    void take(const QStringList &portion, const Expected<Refusals> &outcome);

    QStringList m_waiting;
    qsizetype m_total = 0;
    Work m_work;
    AdminReport m_report;
    bool m_isCancelled = false;
    bool m_isRunning = false;
};

} // namespace desk
