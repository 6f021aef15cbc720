// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageJson.h"

namespace desk::ctl {

// Messages of topics as "consume" prints them. As MessageJson; one thread.
class MessageText
{
public:
    explicit MessageText(DecodingSources sources) : m_json(std::move(sources)) { }

    // Time, topic, partition and offset, key, operation, summary, on one line.
    [[nodiscard]] QString line(const StreamMessage &message);
    [[nodiscard]] QJsonObject json(const StreamMessage &message)
    {
        return m_json.object(message, m_json.decode(message));
    }

private:
    MessageJson m_json;
};

} // namespace desk::ctl
