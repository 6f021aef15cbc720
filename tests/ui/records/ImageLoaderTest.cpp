// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures from files and from a small web server that behaves, and misbehaves, as told.
#include "ui/records/ImageFetcher.h"
#include "ui/records/ImageLoader.h"

#include <QBuffer>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;
using Status = ImageLoader::Status;

namespace {

QByteArray png(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class ImageLoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_requests = 0;
        m_server = std::make_unique<QTcpServer>();
        QVERIFY(m_server->listen(QHostAddress::LocalHost));
        connect(m_server.get(), &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server->nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray path = socket->readAll().split(' ').value(1);
                ++m_requests;
                answer(socket, path);
            });
        });
        m_loader = std::make_unique<ImageLoader>(QString());
    }
    void cleanup()
    {
        m_loader.reset();
        m_server.reset();
    }

    void loadsAndScales()
    {
        QCOMPARE(load(url("/large.png")).status, Status::Ready);
        QCOMPARE(m_loader->picture(url("/large.png"), {64, 64}).image.size(), QSize(64, 32));
        QCOMPARE(m_requests, 1); // the second look is from memory
    }

    void readsFiles()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.png")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(png(10, 10));
        file.close();
        QCOMPARE(load(QUrl::fromLocalFile(file.fileName()).toString()).status, Status::Ready);
        QCOMPARE(load(QStringLiteral("sample:/lamp-sky.svg")).status, Status::Ready);
        QCOMPARE(load(QStringLiteral("file:///dev/zero")).problem,
                 QStringLiteral("There is no such file, or it cannot be read."));
    }

    void saysWhyNot_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a page") << QStringLiteral("/page.html")
                                << QStringLiteral("This URL is no image: text/html.");
        QTest::newRow("nothing there")
            << QStringLiteral("/missing") << QStringLiteral("The server answers 404");
        QTest::newRow("a broken picture")
            << QStringLiteral("/broken.png")
            << QStringLiteral("Images of the kind image/png cannot be read here.");
        QTest::newRow("too large, announced")
            << QStringLiteral("/huge") << QStringLiteral("larger than 20 MB");
        QTest::newRow("around in circles")
            << QStringLiteral("/circle") << QStringLiteral("redirects more than 5 times");
    }
    void saysWhyNot()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, sentence);
        const ImageLoader::Picture picture = load(url(path.toLatin1()));
        QCOMPARE(picture.status, Status::Failed);
        QVERIFY2(picture.problem.contains(sentence), qPrintable(picture.problem));
        const int requests = m_requests;
        QCOMPARE(load(url(path.toLatin1())).status, Status::Failed); // remembered
        QCOMPARE(m_requests, requests);
    }

    void refusesWhatIsNoUrl()
    {
        QVERIFY(load(QStringLiteral("lamp.png")).problem.contains(QStringLiteral("no URL")));
        QVERIFY(
            load(QStringLiteral("ftp://example/lamp.png")).problem.contains(QStringLiteral("begins with")));
    }

    void triesAgainWhenTold()
    {
        m_isMending = false;
        QCOMPARE(load(url("/mended.png")).status, Status::Failed);
        m_isMending = true;
        m_loader->retry(url("/mended.png"));
        QCOMPARE(load(url("/mended.png")).status, Status::Ready);
    }

    void loadsManyAtOnce()
    {
        QStringList urls;
        for (int number = 0; number < 60; ++number)
            urls.append(url("/" + QByteArray::number(number) + ".png"));
        for (const QString &each : urls)
            (void)m_loader->picture(each, {32, 32});
        for (const QString &each : urls)
            QTRY_COMPARE(m_loader->picture(each, {32, 32}).status, Status::Ready);
        QCOMPARE(m_requests, 60);
    }

private:
    ImageLoader::Picture load(const QString &url)
    {
        ImageLoader::Picture picture;
        (void)QTest::qWaitFor([&] {
            return (picture = m_loader->picture(url, {64, 64})).status != Status::Loading;
        });
        return picture;
    }
    QString url(const QByteArray &path) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2")
            .arg(m_server->serverPort())
            .arg(QString::fromLatin1(path));
    }

    void answer(QTcpSocket *socket, const QByteArray &path)
    {
        const auto reply = [socket](const QByteArray &head, const QByteArray &body) {
            socket->write("HTTP/1.1 " + head + "\r\nContent-Length: " + QByteArray::number(body.size())
                          + "\r\nConnection: close\r\n\r\n" + body);
            socket->disconnectFromHost();
        };
        if (path == "/page.html")
            reply("200 OK\r\nContent-Type: text/html; charset=utf-8", "<h1>hello</h1>");
        else if (path == "/missing" || (path == "/mended.png" && !m_isMending))
            reply("404 Not Found", "");
        else if (path == "/broken.png")
            reply("200 OK\r\nContent-Type: image/png", "not a picture");
        else if (path == "/circle")
            reply("302 Found\r\nLocation: /circle", "");
        else if (path == "/huge")
            socket->write(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999999\r\n\r\nabc");
        else if (path == "/large.png")
            reply("200 OK\r\nContent-Type: image/png", png(800, 400));
        else
            reply("200 OK\r\nContent-Type: image/png", png(40, 40));
    }

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<ImageLoader> m_loader;
    int m_requests = 0;
    bool m_isMending = true;
};

QTEST_MAIN(ImageLoaderTest)
#include "ImageLoaderTest.moc"
