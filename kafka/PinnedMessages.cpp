// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PinnedMessages.h"

#include <QLocale>
#include <QSet>

namespace desk {
namespace {

// The log's blocks are not filled to the last byte; it must never drop what is pinned.
MessageLog::Bounds roomFor(const PinnedMessages::Bounds &bounds)
{
    return {.rows = bounds.messages + 1, .bytes = 4 * bounds.bytes + 64LL * 1024 * 1024};
}

qint64 sizeOf(const StreamMessage &message)
{
    qint64 size = message.key.size() + message.value.size();
    for (const MessageHeader &header : message.headers)
        size += header.name.size() + header.value.size();
    return size;
}

} // namespace

size_t qHash(const MessagePlace &place, size_t seed)
{
    return qHashMulti(seed, place.topic, place.partition, place.offset);
}

PinnedMessages::PinnedMessages(Bounds bounds, QObject *parent)
    : QObject(parent)
    , m_bounds(bounds)
    , m_log(std::make_shared<MessageLog>(roomFor(bounds)))
{ }

Expected<> PinnedMessages::pin(const QList<StreamMessage> &messages)
{
    QList<StreamMessage> added;
    QHash<MessagePlace, qint64> sizes;
    qint64 bytes = 0;
    for (const StreamMessage &message : messages) {
        const MessagePlace place = MessagePlace::of(message);
        if (message.offset < 0 || contains(place) || sizes.contains(place))
            continue;
        sizes.insert(place, sizeOf(message));
        bytes += sizes.value(place);
        added.append(message);
    }
    if (count() + added.size() > m_bounds.messages || m_bytes + bytes > m_bounds.bytes) {
        const QLocale locale;
        return failure(
            ErrorCode::NotSupported,
            tr("At most %1 messages and %2 can be pinned. Unpin some, or export them to a file.")
                .arg(locale.toString(m_bounds.messages),
                     locale.formattedDataSize(m_bounds.bytes, 0, QLocale::DataSizeTraditionalFormat)));
    }
    if (added.isEmpty())
        return {};
    m_sizes.insert(sizes);
    m_bytes += bytes;
    m_log->append(added);
    Q_EMIT changed();
    return {};
}

void PinnedMessages::unpin(const QList<MessagePlace> &places)
{
    qint64 gone = 0;
    for (const MessagePlace &place : places) {
        m_bytes -= m_sizes.value(place);
        gone += m_sizes.remove(place) ? 1 : 0;
    }
    if (gone == 0)
        return;
    // A log only drops its oldest: the rest is put into it anew.
    QList<StreamMessage> rest;
    for (qint64 row = m_log->firstRow(); row < m_log->endRow(); ++row) {
        StreamMessage message = m_log->message(row);
        if (contains(MessagePlace::of(message)))
            rest.append(std::move(message));
    }
    m_log->clear();
    m_log->append(rest);
    Q_EMIT changed();
}

void PinnedMessages::clear()
{
    unpin(m_sizes.keys());
}

} // namespace desk
