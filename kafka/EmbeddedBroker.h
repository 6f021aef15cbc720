// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QString>

#include <memory>

namespace desk {

// librdkafka's mock cluster as an in-process broker for the sample workspace: no server needed, a few MB
// per partition kept, everything gone when the program ends. One per program run; its bootstrapServers()
// go into BrokerSettings like those of any other cluster.
class EmbeddedBroker
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<EmbeddedBroker>> start(int partitions);
    ~EmbeddedBroker();

    [[nodiscard]] QString bootstrapServers() const;

private:
    EmbeddedBroker();
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
