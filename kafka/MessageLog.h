// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace desk {

struct MessageHeader {
    QByteArray name;
    QByteArray value;
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

// The bounded log behind the stream panel: appended to by a reader thread in batches, read by the window.
// Keeps bytes in arena blocks; when rows or bytes pass their bound the oldest rows are dropped, and
// counted. Any thread may call; each call takes one short lock.
class MessageLog
{
public:
    struct Bounds {
        qint64 rows = 1'000'000;
        qint64 bytes = 512LL * 1024 * 1024;
    };

    MessageLog();
    explicit MessageLog(Bounds bounds);
    ~MessageLog();

    void append(const QList<StreamMessage> &batch);
    void clear();

    // Rows are numbered from 0 since the last clear() and keep their number while others are dropped:
    // firstRow() is the oldest still kept, endRow() one past the newest.
    [[nodiscard]] qint64 firstRow() const;
    [[nodiscard]] qint64 endRow() const;
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] qint64 dropped() const; // rows dropped since the last clear()

    // A copy; an empty message (offset -1) if the row has been dropped.
    [[nodiscard]] StreamMessage message(qint64 row) const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
