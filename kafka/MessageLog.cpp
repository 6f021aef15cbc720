// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageLog.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace desk {
namespace {

constexpr qint64 LargestBlock = 1024 * 1024;
constexpr qint64 SmallestBlock = 4 * 1024;
constexpr qint64 RowsHeld = 2048; // by a visitor at once: the lock is taken for some microseconds

struct Block {
    std::unique_ptr<char[]> bytes;
    qint64 size = 0;
    qint64 used = 0;
};

qint64 blockSizeFor(const MessageLog::Bounds &bounds)
{
    return std::clamp(bounds.bytes / 16, SmallestBlock, LargestBlock);
}

// Where a message's bytes lie in its block: key, then value, then headers (for each: length of name, length
// of value, name, value).
struct Row {
    qint64 offset;
    qint64 timestamp;
    quint32 block; // counted from the first block since clear()
    quint32 position;
    quint32 keyBytes;
    quint32 valueBytes;
    quint32 headerBytes;
    quint32 topic;
    qint32 partition;
    bool hasKey;
    bool hasValue;
};

qint64 headerBytes(const MessageView &message)
{
    qint64 bytes = 0;
    for (const HeaderView &header : message.headers)
        bytes += qint64(2 * sizeof(quint32)) + header.name.size() + header.value.size();
    return bytes;
}

char *put(char *to, QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        std::memcpy(to, bytes.data(), size_t(bytes.size()));
    return to + bytes.size();
}

char *put(char *to, quint32 number)
{
    std::memcpy(to, &number, sizeof number);
    return to + sizeof number;
}

// The headers lie in `headers` until the next call.
MessageView viewOf(const Row &row, const char *bytes, std::vector<HeaderView> &headers)
{
    MessageView view{row.topic, row.partition, row.offset, row.timestamp, row.hasKey, row.hasValue};
    view.key = QByteArrayView(bytes, row.keyBytes);
    bytes += row.keyBytes;
    view.value = QByteArrayView(bytes, row.valueBytes);
    bytes += row.valueBytes;
    headers.clear();
    for (const char *end = bytes + row.headerBytes; bytes < end;) {
        std::array<quint32, 2> lengths{};
        std::memcpy(lengths.data(), bytes, sizeof lengths);
        bytes += sizeof lengths;
        headers.push_back(
            {QByteArrayView(bytes, lengths[0]), QByteArrayView(bytes + lengths[0], lengths[1])});
        bytes += lengths[0] + lengths[1];
    }
    view.headers = headers;
    return view;
}

} // namespace

// Rows as they were at one moment, and the blocks in which they lie.
struct MessageLog::Held {
    std::vector<Row> rows;
    std::vector<std::shared_ptr<const Block>> blocks;
    qint64 firstRow = 0;
    quint32 firstBlock = 0;
};

struct MessageLog::Data {
    mutable std::mutex mutex;
    Bounds bounds;
    qint64 blockSize = LargestBlock;
    std::deque<Row> rows;
    std::deque<std::shared_ptr<Block>> blocks; // held by visitors, too
    quint32 firstBlock = 0;
    std::shared_ptr<Block> spare; // the last block dropped, to be used again
    qint64 firstRow = 0;
    qint64 generation = 0;
    qint64 blockBytes = 0;
    QList<QString> topics;
    QHash<QString, quint32> topicIds;
    std::map<const void *, std::function<void()>> watchers;

    Range range() const { return {firstRow, firstRow + qint64(rows.size()), generation}; }
    qint64 bytes() const { return blockBytes + qint64(rows.size() * sizeof(Row)); }

    // Under the lock, so that forgetWatcher() can promise that no call comes later.
    void notifyWatchers()
    {
        for (const auto &[owner, notify] : std::exchange(watchers, {}))
            notify();
    }

    Block &blockFor(qint64 wanted)
    {
        if (blocks.empty() || blocks.back()->size - blocks.back()->used < wanted) {
            if (wanted <= blockSize && spare) {
                blocks.push_back(std::exchange(spare, {}));
            } else {
                const qint64 size = std::max(wanted, blockSize);
                blocks.push_back(std::make_shared<Block>(
                    Block{std::make_unique_for_overwrite<char[]>(size_t(size)), size, 0}));
            }
            blockBytes += blocks.back()->size;
        }
        return *blocks.back();
    }

    void add(const MessageView &message)
    {
        const qint64 forHeaders = headerBytes(message);
        Block &block = blockFor(message.key.size() + message.value.size() + forHeaders);
        rows.push_back({message.offset, message.timestamp, firstBlock + quint32(blocks.size() - 1),
                        quint32(block.used), quint32(message.key.size()), quint32(message.value.size()),
                        quint32(forHeaders), message.topic, message.partition, message.hasKey,
                        message.hasValue});
        char *to = block.bytes.get() + block.used;
        to = put(to, message.key);
        to = put(to, message.value);
        for (const HeaderView &header : message.headers) {
            to = put(to, quint32(header.name.size()));
            to = put(to, quint32(header.value.size()));
            to = put(to, header.name);
            to = put(to, header.value);
        }
        block.used = to - block.bytes.get();
    }

    void dropOldest()
    {
        while (rows.size() > 1 && (qint64(rows.size()) > bounds.rows || bytes() > bounds.bytes)) {
            rows.pop_front();
            ++firstRow;
            while (firstBlock != rows.front().block) {
                const std::shared_ptr<Block> block = std::move(blocks.front());
                blocks.pop_front();
                ++firstBlock;
                blockBytes -= block->size;
                // A visitor lets go of its blocks under the lock: one that is held here only stays so.
                if (block->size == blockSize && block.use_count() == 1) {
                    block->used = 0;
                    spare = block;
                }
            }
        }
    }
};

MessageLog::MessageLog() : MessageLog(Bounds()) { }

MessageLog::MessageLog(Bounds bounds) : m_data(std::make_unique<Data>())
{
    m_data->bounds = bounds;
    m_data->blockSize = blockSizeFor(bounds);
}

MessageLog::~MessageLog() = default;

void MessageLog::setBounds(const Bounds &bounds)
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->bounds = bounds;
    // Blocks that are there keep their size; one of another is not used again.
    m_data->blockSize = blockSizeFor(bounds);
    m_data->spare = {};
    m_data->dropOldest();
    m_data->notifyWatchers();
}

MessageLog::Bounds MessageLog::bounds() const
{
    const std::scoped_lock lock(m_data->mutex);
    return m_data->bounds;
}

quint32 MessageLog::topicId(const QString &topic)
{
    const std::scoped_lock lock(m_data->mutex);
    const auto known = m_data->topicIds.constFind(topic);
    if (known != m_data->topicIds.cend())
        return *known;
    const auto id = quint32(m_data->topics.size());
    m_data->topics.append(topic);
    m_data->topicIds.insert(topic, id);
    return id;
}

void MessageLog::append(std::span<const MessageView> batch)
{
    if (batch.empty())
        return;
    const std::scoped_lock lock(m_data->mutex);
    for (const MessageView &message : batch) {
        m_data->add(message);
        m_data->dropOldest();
    }
    m_data->notifyWatchers();
}

void MessageLog::append(const QList<StreamMessage> &batch)
{
    std::vector<HeaderView> headers;
    for (const StreamMessage &message : batch) {
        for (const MessageHeader &header : message.headers)
            headers.push_back({header.name, header.value});
    }
    std::vector<MessageView> views;
    views.reserve(size_t(batch.size()));
    std::span<const HeaderView> rest(headers);
    for (const StreamMessage &message : batch) {
        const auto count = size_t(message.headers.size());
        views.push_back({topicId(message.topic), message.partition, message.offset, message.timestamp,
                         message.hasKey, message.hasValue, message.key, message.value, rest.first(count)});
        rest = rest.subspan(count);
    }
    append(std::span<const MessageView>(views));
}

void MessageLog::clear()
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->rows.clear();
    m_data->blocks.clear();
    m_data->spare = {};
    m_data->firstBlock = 0;
    m_data->firstRow = 0;
    m_data->blockBytes = 0;
    ++m_data->generation;
    m_data->notifyWatchers();
}

qint64 MessageLog::firstRow() const
{
    return range().first;
}

qint64 MessageLog::endRow() const
{
    return range().end;
}

qint64 MessageLog::bytes() const
{
    const std::scoped_lock lock(m_data->mutex);
    return m_data->bytes();
}

qint64 MessageLog::dropped() const
{
    return range().first; // rows are numbered from the last clear()
}

MessageLog::Range MessageLog::range() const
{
    const std::scoped_lock lock(m_data->mutex);
    return m_data->range();
}

StreamMessage MessageLog::message(qint64 row) const
{
    const std::scoped_lock lock(m_data->mutex);
    StreamMessage message;
    if (row < m_data->firstRow || row >= m_data->range().end) {
        message.offset = -1;
        return message;
    }
    const Row &entry = m_data->rows[size_t(row - m_data->firstRow)];
    const Block &block = *m_data->blocks[entry.block - m_data->firstBlock];
    std::vector<HeaderView> headers;
    const MessageView view = viewOf(entry, block.bytes.get() + entry.position, headers);
    message.topic = m_data->topics.value(view.topic);
    message.partition = view.partition;
    message.offset = view.offset;
    message.timestamp = view.timestamp;
    message.hasKey = view.hasKey;
    message.hasValue = view.hasValue;
    message.key = view.key.toByteArray();
    message.value = view.value.toByteArray();
    for (const HeaderView &header : view.headers)
        message.headers.append({header.name.toByteArray(), header.value.toByteArray()});
    return message;
}

QString MessageLog::topicName(quint32 topic) const
{
    const std::scoped_lock lock(m_data->mutex);
    return m_data->topics.value(topic);
}

bool MessageLog::hold(Held &held, qint64 generation, qint64 first, qint64 end) const
{
    const std::scoped_lock lock(m_data->mutex);
    held.blocks.clear();
    held.rows.clear();
    held.firstRow = std::max(first, m_data->firstRow);
    end = std::min(end, m_data->range().end);
    if (generation != m_data->generation || held.firstRow >= end)
        return false;
    const auto from = m_data->rows.begin() + (held.firstRow - m_data->firstRow);
    held.rows.assign(from, from + (end - held.firstRow));
    held.firstBlock = held.rows.front().block;
    for (quint32 block = held.firstBlock; block <= held.rows.back().block; ++block)
        held.blocks.push_back(m_data->blocks[block - m_data->firstBlock]);
    return true;
}

qint64 MessageLog::visit(qint64 generation, qint64 first, qint64 end, const Visitor &visitor) const
{
    qint64 visited = 0;
    Held held;
    std::vector<HeaderView> headers;
    bool isGoingOn = true;
    while (isGoingOn
           && hold(held, generation, first, std::min(end, std::max(first, firstRow()) + RowsHeld))) {
        for (size_t index = 0; isGoingOn && index < held.rows.size(); ++index) {
            const Row &row = held.rows[index];
            const char *const bytes = held.blocks[row.block - held.firstBlock]->bytes.get() + row.position;
            isGoingOn = visitor(held.firstRow + qint64(index), viewOf(row, bytes, headers));
            ++visited;
        }
        first = held.firstRow + qint64(held.rows.size());
    }
    // Where the log's own thread can see that it is done: see dropOldest().
    const std::scoped_lock lock(m_data->mutex);
    held.blocks.clear();
    return visited;
}

void MessageLog::watch(const void *owner, const Range &seen, std::function<void()> notify)
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->watchers.erase(owner);
    if (m_data->range() == seen)
        m_data->watchers.emplace(owner, std::move(notify));
    else
        notify();
}

void MessageLog::forgetWatcher(const void *owner)
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->watchers.erase(owner);
}

} // namespace desk
