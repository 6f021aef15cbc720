// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/HttpServer.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace desk::ctl {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return QByteArrayLiteral("OK");
    case 400:
        return QByteArrayLiteral("Bad Request");
    case 404:
        return QByteArrayLiteral("Not Found");
    case 405:
        return QByteArrayLiteral("Method Not Allowed");
    case 431:
        return QByteArrayLiteral("Request Header Fields Too Large");
    case 503:
        return QByteArrayLiteral("Service Unavailable");
    default:
        return QByteArrayLiteral("Answer");
    }
}

HttpAnswer plain(int status)
{
    return {status, HttpAnswer().type, reasonPhrase(status) + '\n'};
}

} // namespace

HttpServer::HttpServer(Handler handler, QObject *parent) : QTcpServer(parent), m_handler(std::move(handler))
{
    connect(this, &QTcpServer::newConnection, this, &HttpServer::accept);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        if (m_connections >= MaximumConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_connections;
        socket->setReadBufferSize(MaximumRequestBytes);
        auto request = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, request] { read(socket, *request); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QObject::destroyed, this, [this] { --m_connections; });
        QTimer::singleShot(MaximumMilliseconds, socket, [socket] {
            socket->abort();
            socket->deleteLater();
        });
        if (socket->state() == QAbstractSocket::UnconnectedState)
            socket->deleteLater();
    }
}

void HttpServer::read(QTcpSocket *socket, QByteArray &request) const
{
    request += socket->readAll();
    const qsizetype end = request.indexOf("\r\n\r\n");
    const bool isTooLong = end < 0 && request.size() >= MaximumRequestBytes;
    if (end < 0 && !isTooLong)
        return;
    // One request; what follows is not looked at. Its end still is: the connection counts until then.
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { static_cast<void>(socket->readAll()); });
    bool isHead = false;
    const HttpAnswer answered = isTooLong ? plain(431)
                                          : answer(request.left(request.indexOf("\r\n")), isHead);
    write(socket, answered, isHead);
}

HttpAnswer HttpServer::answer(const QByteArray &requestLine, bool &isHead) const
{
    const QList<QByteArray> words = requestLine.split(' ');
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith('/'))
        return plain(400);
    isHead = words[0] == "HEAD";
    if (words[0] != "GET" && !isHead)
        return plain(405);
    HttpAnswer answered = m_handler(words[1].split('?').constFirst());
    return answered.status == 404 ? plain(404) : answered;
}

void HttpServer::write(QTcpSocket *socket, const HttpAnswer &answer, bool isHead)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status)
        + "\r\nContent-Type: " + answer.type + "\r\nContent-Length: " + QByteArray::number(answer.body.size())
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    if (answer.status == 405)
        head += "Allow: GET, HEAD\r\n";
    socket->write(head + "\r\n");
    if (!isHead)
        socket->write(answer.body);
    socket->disconnectFromHost(); // once everything is written
}

} // namespace desk::ctl
