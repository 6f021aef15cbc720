// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/TransferTask.h"

namespace desk {
namespace {

constexpr int LookMilliseconds = 100;

} // namespace

TransferTask::TransferTask(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_shared->done, m_shared->total); });
}

TransferTask::~TransferTask()
{
    cancel();
}

TaskProgress TransferTask::start()
{
    m_shared = std::make_shared<Shared>();
    m_timer.start();
    TaskProgress progress;
    progress.report = [shared = m_shared](qint64 done, qint64 total) {
        shared->done = done;
        shared->total = total;
    };
    progress.stop = m_shared->stop.get_token();
    return progress;
}

void TransferTask::finish()
{
    m_timer.stop();
}

void TransferTask::cancel()
{
    if (m_shared)
        m_shared->stop.request_stop();
}

} // namespace desk
