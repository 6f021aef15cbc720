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
        MessageFilter filter(parsed(expression), m_catalog, m_descriptors,
                             [&](quint32) { return message.topic; });
        return ask(filter, message);
    }

    // How many of these, all of one topic, one filter could only look at in part.
    [[nodiscard]] qint64 partlySeen(const QString &expression, const QList<StreamMessage> &messages) const
    {
        MessageFilter filter(parsed(expression), m_catalog, m_descriptors,
                             [&](quint32) { return messages.first().topic; });
        for (const StreamMessage &message : messages)
            (void)ask(filter, message);
        return filter.partlySeen();
    }

    void setNow(const QDateTime &now) { m_now = now; }

private:
    [[nodiscard]] FilterNode parsed(const QString &expression) const
    {
        const auto parsed = parseFilter(expression, m_now);
        if (!parsed)
            qFatal("%s: %s", qPrintable(expression), qPrintable(parsed.error().toText()));
        return *parsed;
    }

    [[nodiscard]] static bool ask(MessageFilter &filter, const StreamMessage &message)
    {
        std::vector<HeaderView> headers;
        for (const MessageHeader &header : message.headers)
            headers.push_back({header.name, header.value});
        return filter.matches({0, message.partition, message.offset, message.timestamp, message.hasKey,
                               message.hasValue, message.key, message.value, headers});
    }

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
