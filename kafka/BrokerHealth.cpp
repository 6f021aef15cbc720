// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/BrokerHealth.h"

#include "kafka/BrokerErrors.h"

namespace desk {

using namespace std::chrono_literals;

void BrokerHealth::reported(rd_kafka_resp_err_t code, const QString &reason)
{
    // "All brokers down" says less than the error of the connection that came before it.
    if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || m_code == RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_code = code;
        m_reason = code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ? QString() : reason;
    }
    m_isSuspect = true;
}

void BrokerHealth::answered()
{
    m_isSuspect = false;
    m_isAway = false;
    m_silentSince = {};
    m_code = RD_KAFKA_RESP_ERR_NO_ERROR;
    m_reason.clear();
}

void BrokerHealth::unanswered(rd_kafka_resp_err_t code)
{
    const auto now = Clock::now();
    if (m_silentSince == Clock::time_point{})
        m_silentSince = now;
    // A first connection may take its time; a connection that failed has had it.
    if (!m_isSuspect && now - m_silentSince < 3s)
        return;
    m_isAway = true;
    m_error = brokerError(m_code == RD_KAFKA_RESP_ERR_NO_ERROR ? code : m_code, m_settings, m_reason);
}

bool BrokerHealth::probe(rd_kafka_t *client, int timeoutMilliseconds)
{
    const auto metadata = fetchMetadata(client, nullptr, timeoutMilliseconds);
    if (metadata)
        answered();
    else
        unanswered(metadata.error());
    return metadata.has_value();
}

} // namespace desk
