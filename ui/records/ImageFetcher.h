// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QUrl>

namespace desk {

// Brings the bytes behind a URL: http and https through a disk cache, file and sample:/NAME.svg (a picture
// that comes with the program) from where they lie. Limits size, time and redirects. Lives on the image
// loader's own thread, because the disk cache reads and writes files; fetched() crosses back by itself.
class ImageFetcher : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 MaximumBytes = 20 * 1024 * 1024;
    static constexpr int MaximumMilliseconds = 15'000;
    static constexpr int MaximumRedirects = 5;
    static constexpr qint64 MaximumCacheBytes = 200 * 1024 * 1024;

    // An empty folder: no disk cache.
    explicit ImageFetcher(const QString &cacheFolder);

    void fetch(quint64 job, const QUrl &url);

Q_SIGNALS:
    // `problem` is empty, or the sentence that says why there are no bytes. `contentType` is what the
    // server called it; empty for files.
    void fetched(quint64 job, const QByteArray &bytes, const QString &contentType, const QString &problem);

private:
    struct Transfer {
        quint64 job = 0;
        QByteArray bytes;
        bool isTooLarge = false;
        bool isTooSlow = false;
    };

    void fetchFile(quint64 job, const QString &path);
    void fetchFromNetwork(quint64 job, const QUrl &url);
    void take(QNetworkReply *reply);
    void finish(QNetworkReply *reply);

    QString m_cacheFolder;
    QNetworkAccessManager *m_network = nullptr; // made on the thread that uses it
    QHash<QNetworkReply *, Transfer> m_transfers;
};

} // namespace desk
