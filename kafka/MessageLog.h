// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <span>

namespace desk {

struct MessageHeader {
    QByteArray name;
    QByteArray value;

    friend bool operator==(const MessageHeader &, const MessageHeader &) = default;
};

// One message as it was read, its bytes copied out. A value.
struct StreamMessage {
    QString topic;
    qint32 partition = 0;
    qint64 offset = 0;
    qint64 timestamp = -1; // milliseconds since 1970 UTC; -1: none
    bool hasKey = false;
    bool hasValue = false; // false: a tombstone
    QByteArray key;
    QByteArray value;
    QList<MessageHeader> headers;
};

// A message where it lies, for appending without a copy in between.
struct HeaderView {
    QByteArrayView name;
    QByteArrayView value;
};
struct MessageView {
    quint32 topic = 0; // from MessageLog::topicId()
    qint32 partition = 0;
    qint64 offset = 0;
    qint64 timestamp = -1;
    bool hasKey = false;
    bool hasValue = false;
    QByteArrayView key;
    QByteArrayView value;
    std::span<const HeaderView> headers;
};

// The bounded log behind the stream panel: appended to by a reader thread in batches, read by the window.
// Keeps bytes in arena blocks; when rows or bytes pass their bound the oldest rows are dropped, and
// counted. Any thread may call; each call takes one short lock.
class MessageLog
{
public:
    struct Bounds {
        qint64 rows = 1'000'000;
        qint64 bytes = 512LL * 1024
            * 1024; // of memory, the index included; the newest row is kept in any case
    };

    MessageLog();
    explicit MessageLog(Bounds bounds);
    ~MessageLog();

    // What is beyond them goes at once.
    void setBounds(const Bounds &bounds);
    [[nodiscard]] Bounds bounds() const;

    // The number that stands for a topic in a MessageView; the same for the life of the log.
    [[nodiscard]] quint32 topicId(const QString &topic);
    void append(std::span<const MessageView> batch);
    void append(const QList<StreamMessage> &batch);
    void clear();

    // Rows are numbered from 0 since the last clear() and keep their number while others are dropped:
    // firstRow() is the oldest still kept, endRow() one past the newest.
    [[nodiscard]] qint64 firstRow() const;
    [[nodiscard]] qint64 endRow() const;
    [[nodiscard]] qint64 bytes() const;   // of memory held
    [[nodiscard]] qint64 dropped() const; // rows dropped since the last clear()

    // firstRow and endRow of one moment; `generation` goes up with each clear().
    struct Range {
        qint64 first = 0;
        qint64 end = 0;
        qint64 generation = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };
    [[nodiscard]] Range range() const;

    // A copy; an empty message (offset -1) if the row has been dropped.
    [[nodiscard]] StreamMessage message(qint64 row) const;
    [[nodiscard]] QString topicName(quint32 topic) const;

    // Shows the rows [first, end) that are still there to `visitor`, oldest first and where they lie, without
    // the lock: rows are appended and dropped meanwhile, and the bytes of those being looked at stay until
    // the visit moves on. The view is good for the call only. Ends early where the visitor answers false, or
    // where the log is cleared. Returns how many rows it showed.
    using Visitor = std::function<bool(qint64 row, const MessageView &message)>;
    qint64 visit(qint64 generation, qint64 first, qint64 end, const Visitor &visitor) const;

    // Calls `notify` once, when the range is no longer `seen` (at once if that is so already), on the
    // thread that changed it. One watcher per `owner`; a further call replaces it, forgetWatcher() takes it
    // away, and after that it is not called any more. `notify` must not call back into the log.
    void watch(const void *owner, const Range &seen, std::function<void()> notify);
    void forgetWatcher(const void *owner);

private:
    struct Data;
    struct Held;
    [[nodiscard]] bool hold(Held &held, qint64 generation, qint64 first, qint64 end) const;

    std::unique_ptr<Data> m_data;
};

} // namespace desk
