// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/ServiceMonitor.h"
#include "kafka/Relay.h"

#include <mutex>
#include <optional>

namespace desk::ctl {

[[nodiscard]] QString relayStateText(RelayStatus::State state);

// What a relay tells: its status, and how far the journal is published, which is left out while the database
// does not answer. Any thread.
class RelayNumbers : public ServiceNumbers
{
public:
    void setStatus(const RelayStatus &status);

    [[nodiscard]] bool isReady() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] QByteArray toText(double upSeconds) const override;
    [[nodiscard]] Expected<> look(Store &store) override;
    void forgetDatabase() override;

private:
    struct Journal {
        qint64 head = 0;
        qint64 cursor = 0;
        qint64 lag = 0;
        qint64 refused = 0;  // in the list now
        qint64 heldBack = 0; // behind those
        double oldestWaitingSeconds = 0;
    };

    [[nodiscard]] RelayStatus status() const;

    mutable std::mutex m_mutex;
    RelayStatus m_status;
    std::optional<Journal> m_journal;
};

} // namespace desk::ctl
