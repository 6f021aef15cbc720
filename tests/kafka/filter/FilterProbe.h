// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/MessageFilter.h"

#include <vector>

namespace desk {

// Asks a filter about one message at a time, as tests write them.
class FilterProbe
{
public:
    explicit FilterProbe(std::shared_ptr<const EntityCatalog> catalog)
        : m_catalog(std::move(catalog))
        , m_descriptors(std::make_shared<EntityDescriptors>(m_catalog))
    { }

    // Fails the program on an expression that cannot be read: tests know theirs.
    [[nodiscard]] bool matches(const QString &expression, const StreamMessage &message) const
    {
        const auto parsed = parseFilter(expression, m_now);
        if (!parsed)
            qFatal("%s: %s", qPrintable(expression), qPrintable(parsed.error().toText()));
        MessageFilter filter(*parsed, m_catalog, m_descriptors, [&](quint32) { return message.topic; });
        std::vector<HeaderView> headers;
        for (const MessageHeader &header : message.headers)
            headers.push_back({header.name, header.value});
        return filter.matches({0, message.partition, message.offset, message.timestamp, message.hasKey,
                               message.hasValue, message.key, message.value, headers});
    }

    void setNow(const QDateTime &now) { m_now = now; }

private:
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    QDateTime m_now = QDateTime(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
};

inline StreamMessage plainMessage(const QByteArray &value, const QString &topic = QStringLiteral("letters"))
{
    StreamMessage message;
    message.topic = topic;
    message.hasKey = true;
    message.key = "k";
    message.hasValue = true;
    message.value = value;
    return message;
}

} // namespace desk
