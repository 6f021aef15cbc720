// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/TaskProgress.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace desk {

// The window's hold on an import or export that runs on the database thread: how far it is, looked at a few
// times a second, and the way to end it early. The work itself only touches what is shared here, so it may
// outlive the dialog that began it. GUI thread.
class TransferTask : public QObject
{
    Q_OBJECT

public:
    explicit TransferTask(QObject *parent);
    ~TransferTask() override; // a task nobody waits for is cancelled

    // To hand to the work; begins a new run.
    [[nodiscard]] TaskProgress start();
    void finish();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);

private:
    struct Shared {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> total = 0;
        std::stop_source stop;
    };
    std::shared_ptr<Shared> m_shared;
    QTimer m_timer;
};

} // namespace desk
