// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Proxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace desk::chaos {
namespace {

constexpr int TickMilliseconds = 100;
constexpr qint64 SlowBytesPerTick = 8 * 1024;
constexpr qint64 MostHeld = 1024 * 1024;

QHostAddress hostOf(const QString &address)
{
    return QHostAddress(address.section(u':', 0, 0));
}

quint16 portOf(const QString &address)
{
    return address.section(u':', 1).toUShort();
}

// A reset, as from a router that has forgotten the connection: the other side cannot take it for an end.
void reset(QTcpSocket &socket)
{
    const linger now{1, 0};
    setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.abort();
}

// As PostgreSQL watches the connection of a relay: a computer that has vanished is noticed in some ten seconds.
void watch(const QTcpSocket &socket)
{
    const auto set = [&socket](int level, int option, int value) {
        setsockopt(int(socket.socketDescriptor()), level, option, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 5);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 2);
    set(IPPROTO_TCP, TCP_KEEPCNT, 3);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, 11'000);
}

} // namespace

class Proxy::Worker : public QObject
{
public:
    Worker(const QString &listenAt, const QString &passOnTo)
        : m_host(hostOf(listenAt))
        , m_port(portOf(listenAt))
        , m_target(passOnTo)
        , m_server(new QTcpServer(this))
    {
        connect(m_server, &QTcpServer::newConnection, this, &Worker::takeConnections);
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this] {
            for (QTcpSocket *socket : findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly))
                passOn(*socket, SlowBytesPerTick);
        });
        timer->start(TickMilliseconds);
    }

    void listen()
    {
        if (!m_server->isListening() && !m_server->listen(m_host, m_port))
            qFatal("The proxy cannot listen: %s", qPrintable(m_server->errorString()));
        m_port = m_server->serverPort();
    }

    void set(Line line)
    {
        m_line = line;
        if (line == Line::Cut) {
            m_server->close();
            for (QTcpSocket *socket : findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly)) {
                reset(*socket);
                socket->deleteLater();
            }
            return;
        }
        listen();
        for (QTcpSocket *socket : findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly))
            passOn(*socket, 0);
    }

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    void takeConnections()
    {
        while (QTcpSocket *near = m_server->nextPendingConnection()) {
            auto *far = new QTcpSocket(this);
            near->setParent(this);
            watch(*near);
            join(near, far);
            join(far, near);
            far->connectToHost(hostOf(m_target), portOf(m_target));
        }
    }

    void join(QTcpSocket *from, QTcpSocket *to)
    {
        from->setReadBufferSize(MostHeld);
        m_other.insert(from, to);
        connect(from, &QTcpSocket::readyRead, this, [this, from] { passOn(*from, 0); });
        connect(from, &QTcpSocket::bytesWritten, this, [this, to] { passOn(*to, 0); });
        connect(from, &QTcpSocket::disconnected, this, [this, from, to] {
            passOn(*from, 0);
            to->disconnectFromHost();
            from->deleteLater();
        });
        connect(from, &QTcpSocket::errorOccurred, this, [from, to] {
            if (from->state() == QAbstractSocket::UnconnectedState) { // it was never connected
                to->abort();
                from->deleteLater();
            }
        });
        connect(from, &QObject::destroyed, this, [this, from] { m_other.remove(from); });
    }

    // What has come in, if the line lets it through. `most` is what a slow line takes now.
    void passOn(QTcpSocket &from, qint64 most)
    {
        QTcpSocket *to = m_other.value(&from);
        if (!to || !m_other.contains(to) || m_line == Line::Stalled || to->bytesToWrite() > MostHeld)
            return;
        if (m_line != Line::Slow)
            to->write(from.readAll());
        else if (most > 0)
            to->write(from.read(most));
    }

    QHostAddress m_host;
    quint16 m_port;
    QString m_target;
    QTcpServer *m_server;
    Line m_line = Line::Open;
    QHash<QObject *, QTcpSocket *> m_other;
};

Proxy::Proxy(const QString &listenAt, const QString &passOnTo) : m_worker(new Worker(listenAt, passOnTo))
{
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    set(Line::Open);
}

Proxy::~Proxy()
{
    set(Line::Cut);
    QMetaObject::invokeMethod(
        m_worker.get(), [this] { m_worker.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

quint16 Proxy::port() const
{
    return m_worker->port();
}

void Proxy::set(Line line)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [this, line] { m_worker->set(line); }, Qt::BlockingQueuedConnection);
}

} // namespace desk::chaos
