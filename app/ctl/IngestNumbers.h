// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/ServiceMonitor.h"
#include "kafka/Ingest.h"

#include <mutex>
#include <optional>

namespace desk::ctl {

[[nodiscard]] QString ingestStateText(IngestStatus::State state);

// What an ingest tells: its status, and how many messages wait in the poison list, which is left out while the
// database does not answer. Any thread.
class IngestNumbers : public ServiceNumbers
{
public:
    void setStatus(const IngestStatus &status);

    [[nodiscard]] bool isReady() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] QByteArray toText(double upSeconds) const override;
    [[nodiscard]] Expected<> look(Store &store) override;
    void forgetDatabase() override;

private:
    [[nodiscard]] IngestStatus status() const;

    mutable std::mutex m_mutex;
    IngestStatus m_status;
    std::optional<qint64> m_poison; // in the list now
};

} // namespace desk::ctl
