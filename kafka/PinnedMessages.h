// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/Error.h"

#include <QHash>
#include <QObject>

namespace desk {

// Where a message stands in its topic: the same message, however often it is read.
struct MessagePlace {
    QString topic;
    qint32 partition = 0;
    qint64 offset = 0;

    [[nodiscard]] static MessagePlace of(const StreamMessage &message)
    {
        return {message.topic, message.partition, message.offset};
    }
    friend bool operator==(const MessagePlace &, const MessagePlace &) = default;
};
[[nodiscard]] size_t qHash(const MessagePlace &place, size_t seed = 0);

// Messages that an operator keeps, copied out of the log that drops its oldest: they stay when it drops or is
// cleared, until they are unpinned or the window closes. They lie in a log of their own, in the order they were
// pinned, so that what shows, compares, exports and sends messages of a log does so with these. Bounded; what would go
// beyond is refused. GUI thread; its log, as any, may be read by others.
class PinnedMessages : public QObject
{
    Q_OBJECT

public:
    struct Bounds {
        qint64 messages = 1'000;
        qint64 bytes = 64LL * 1024 * 1024; // of keys, values and headers
    };

    explicit PinnedMessages(QObject *parent = nullptr) : PinnedMessages(Bounds(), parent) { }
    explicit PinnedMessages(Bounds bounds, QObject *parent = nullptr);

    [[nodiscard]] std::shared_ptr<MessageLog> log() const { return m_log; }
    // All of them or none: NotSupported beyond the bounds. Those pinned already stay as they are.
    [[nodiscard]] Expected<> pin(const QList<StreamMessage> &messages);
    void unpin(const QList<MessagePlace> &places);
    void clear();

    [[nodiscard]] bool contains(const MessagePlace &place) const { return m_sizes.contains(place); }
    [[nodiscard]] qint64 count() const { return m_sizes.size(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] const Bounds &bounds() const { return m_bounds; }

Q_SIGNALS:
    void changed();

private:
    Bounds m_bounds;
    std::shared_ptr<MessageLog> m_log;
    QHash<MessagePlace, qint64> m_sizes;
    qint64 m_bytes = 0;
};

} // namespace desk
