// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QTcpSocket>

namespace desk {

// What the server at that port of this machine answers to these bytes; the connection ends with it. Blocks for at
// most a quarter of a minute.
inline QByteArray ask(quint16 port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket.waitForConnected(5'000))
        return "no connection";
    socket.write(request);
    QByteArray answer;
    const QDeadlineTimer deadline(15'000);
    while (socket.state() != QAbstractSocket::UnconnectedState && !deadline.hasExpired()) {
        socket.waitForReadyRead(200);
        answer += socket.readAll();
    }
    return answer + socket.readAll();
}

} // namespace desk
