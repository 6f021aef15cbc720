// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace desk {

// A schema registry on a thread of its own that does what a test tells it to, right or wrong.
class FakeRegistry
{
public:
    enum class Fault {
        None,
        Away,      // nobody listens
        Silent,    // takes the request and says nothing
        BreaksOff, // ends in the middle of its answer
        Incompatible,
        BadSchema,
        Failing,
        WrongPassword,
        Forbidden, // looking up is allowed, registering is not
        OtherPage, // a web server that is no registry
        Garbage,   // no HTTP
        Endless,
        Redirects,
    };

    FakeRegistry() : m_thread([this](const std::stop_token &stop) { serve(stop); })
    {
        while (m_port == 0)
            std::this_thread::yield();
    }

    void set(Fault fault)
    {
        m_fault = fault;
        while (m_isAway != (fault == Fault::Away))
            std::this_thread::yield();
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port.load()); }
    int requests() const { return m_requests; }
    QByteArray lastRequest() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lastRequest;
    }
    // What it says to a question by this path ("/schemas/ids/7", "/subjects/a/versions/1").
    void setAnswer(const QByteArray &path, const QJsonObject &answer)
    {
        const std::scoped_lock lock(m_mutex);
        m_answers.insert(path, answer);
    }
    // Ids by subject and text.
    QMap<std::pair<QString, QString>, int> schemas() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_schemas;
    }

private:
    void serve(const std::stop_token &stop)
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        while (!stop.stop_requested()) {
            const bool isAway = m_fault == Fault::Away;
            if (isAway && server.isListening())
                server.close();
            else if (!isAway && !server.isListening())
                server.listen(QHostAddress::LocalHost, m_port);
            m_isAway = isAway;
            if (isAway) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            } else if (server.waitForNewConnection(20)) {
                const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
                answer(*socket, stop);
            }
        }
    }

    void answer(QTcpSocket &socket, const std::stop_token &stop)
    {
        QByteArray request;
        qsizetype end = -1;
        while (end < 0 || request.size() < end + 4 + lengthIn(request.left(end))) {
            if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(500))
                return;
            request += socket.readAll();
            end = request.indexOf("\r\n\r\n");
        }
        ++m_requests;
        const QByteArray path = request.split(' ').value(1);
        {
            const std::scoped_lock lock(m_mutex);
            m_lastRequest = request;
        }
        const Fault fault = m_fault;
        if (fault == Fault::Silent) {
            while (m_fault == Fault::Silent && !stop.stop_requested()
                   && socket.state() == QAbstractSocket::ConnectedState)
                socket.waitForReadyRead(10);
            return;
        }
        socket.write(reply(fault, path, QJsonDocument::fromJson(request.mid(end + 4)).object()));
        if (fault == Fault::Endless) {
            for (int block = 0; block < 64 && socket.state() == QAbstractSocket::ConnectedState; ++block) {
                socket.write(QByteArray(1024 * 1024, ' '));
                socket.waitForBytesWritten(500);
            }
        }
        if (socket.bytesToWrite() > 0 && socket.state() == QAbstractSocket::ConnectedState)
            socket.waitForBytesWritten(500);
        socket.disconnectFromHost();
        if (socket.state() != QAbstractSocket::UnconnectedState)
            socket.waitForDisconnected(500);
    }

    QByteArray reply(Fault fault, const QByteArray &path, const QJsonObject &body)
    {
        const bool isRegistration = path.endsWith("/versions");
        switch (fault) {
        case Fault::BreaksOff:
            return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\": 1";
        case Fault::Incompatible:
            return isRegistration ? error(409, 409, "The type of field 1 has changed.")
                                  : error(404, 40401, "none");
        case Fault::BadSchema:
            return isRegistration ? error(422, 42201, "Line 3 is wrong.") : error(404, 40401, "none");
        case Fault::Failing:
            return error(500, 50001, "The log cannot be written.");
        case Fault::WrongPassword:
            return error(401, 401, "Who?");
        case Fault::Forbidden:
            return isRegistration ? error(403, 40301, "no") : error(404, 40403, "none");
        case Fault::OtherPage:
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 11\r\n\r\n<h1>Oh</h1>";
        case Fault::Garbage:
            return "SSH-2.0-OpenSSH_9.2\r\n\r\n";
        case Fault::Endless:
            return "HTTP/1.1 200 OK\r\n\r\n{";
        case Fault::Redirects:
            return "HTTP/1.1 302 Found\r\nLocation: " + url().toLatin1()
                + "/elsewhere\r\nContent-Length: 0\r\n\r\n";
        default:
            return rightReply(path, isRegistration, body);
        }
    }

    QByteArray rightReply(const QByteArray &path, bool isRegistration, const QJsonObject &body)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_answers.contains(path))
            return json(200, m_answers[path]);
        if (path.startsWith("/schemas/ids/")) {
            for (auto schema = m_schemas.begin(); schema != m_schemas.end(); ++schema) {
                if (schema.value() == path.mid(13).toInt())
                    return json(200, {{"schema", schema.key().second}, {"schemaType", "PROTOBUF"}});
            }
            return error(404, 40403, "none");
        }
        const std::pair schema(QString::fromUtf8(path.split('/').value(2)), body["schema"].toString());
        if (isRegistration && !m_schemas.contains(schema))
            m_schemas.insert(schema, int(m_schemas.size()) + 100);
        return m_schemas.contains(schema) ? json(200, {{"id", m_schemas[schema]}})
                                          : error(404, 40403, "none");
    }

    static QByteArray error(int status, int code, const char *message)
    {
        return json(status, {{"error_code", code}, {"message", message}});
    }
    static QByteArray json(int status, const QJsonObject &object)
    {
        const QByteArray body = QJsonDocument(object).toJson(QJsonDocument::Compact);
        return "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    static qsizetype lengthIn(const QByteArray &head)
    {
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                return line.mid(15).trimmed().toInt();
        }
        return 0;
    }

    std::atomic<Fault> m_fault = Fault::None;
    std::atomic<bool> m_isAway = false;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_requests = 0;
    mutable std::mutex m_mutex;
    QByteArray m_lastRequest;
    QMap<std::pair<QString, QString>, int> m_schemas;
    QMap<QByteArray, QJsonObject> m_answers;
    std::jthread m_thread;
};

} // namespace desk
