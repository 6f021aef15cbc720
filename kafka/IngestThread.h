// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/Ingest.h"
#include "models/store/StoreLoop.h"

#include <QObject>

namespace desk {

// Takes topics in on a thread of its own, with a store of its own, and opens the database again when it is
// lost. Where it cannot go on without a human, the reason stands in its status, and it tries again all the same.
// Lives on the GUI thread.
class IngestThread : public QObject
{
    Q_OBJECT

public:
    IngestThread(StoreLoop::Opener opener, const BrokerSettings &brokers, QObject *parent = nullptr,
                 const IngestOptions &options = {});
    ~IngestThread() override; // what is not taken in yet is read next time

    void start();
    [[nodiscard]] const IngestStatus &status() const { return m_status; }

Q_SIGNALS:
    void statusChanged(const desk::IngestStatus &status);

private:
    IngestStatus m_status;
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk

Q_DECLARE_METATYPE(desk::IngestStatus)
