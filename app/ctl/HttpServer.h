// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpServer>

#include <functional>

namespace desk::ctl {

// What a path answers with.
struct HttpAnswer {
    int status = 200;
    QByteArray type = QByteArrayLiteral("text/plain; charset=utf-8");
    QByteArray body;
};

// A very small HTTP/1.1 server for numbers about this program: GET and HEAD, one request per connection,
// bodies unread. It is meant for loopback and trusts nobody all the same: requests are bounded in bytes and
// time, connections in number. Lives on the thread whose event loop serves it; the handler is called there
// and must not block.
class HttpServer : public QTcpServer
{
    Q_OBJECT

public:
    // Given the path without the query, says what to answer. Status 404 for unknown paths.
    using Handler = std::function<HttpAnswer(const QByteArray &path)>;

    static constexpr int MaximumConnections = 32;
    static constexpr int MaximumRequestBytes = 8 * 1024;
    static constexpr int MaximumMilliseconds = 5'000; // from accepting to the last byte of the answer

    explicit HttpServer(Handler handler, QObject *parent = nullptr);

private:
    void accept();
    void read(QTcpSocket *socket, QByteArray &request) const;
    [[nodiscard]] HttpAnswer answer(const QByteArray &requestLine, bool &isHead) const;
    static void write(QTcpSocket *socket, const HttpAnswer &answer, bool isHead);

    Handler m_handler;
    int m_connections = 0;
};

} // namespace desk::ctl
