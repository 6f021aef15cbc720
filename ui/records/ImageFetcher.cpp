// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ImageFetcher.h"

#include <QFile>
#include <QFileInfo>
#include <QNetworkDiskCache>
#include <QNetworkRequest>
#include <QTimer>

namespace desk {
namespace {

QString tooLargeSentence()
{
    return ImageFetcher::tr("This picture is larger than %1 MB.")
        .arg(ImageFetcher::MaximumBytes / 1024 / 1024);
}

QString networkSentence(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return ImageFetcher::tr("There is no host called %1.").arg(reply.url().host());
    case QNetworkReply::ConnectionRefusedError:
        return ImageFetcher::tr("%1 refused the connection.").arg(reply.url().host());
    case QNetworkReply::TooManyRedirectsError:
        return ImageFetcher::tr("The server redirects more than %1 times.")
            .arg(ImageFetcher::MaximumRedirects);
    case QNetworkReply::InsecureRedirectError:
        return ImageFetcher::tr("The server redirects to an address that is not encrypted.");
    case QNetworkReply::SslHandshakeFailedError:
        return ImageFetcher::tr("The certificate of %1 cannot be trusted.").arg(reply.url().host());
    default:
        break;
    }
    if (status >= 400)
        return ImageFetcher::tr("The server answers %1 %2.")
            .arg(status)
            .arg(reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString());
    return ImageFetcher::tr("This picture cannot be loaded: %1.").arg(reply.errorString());
}

} // namespace

ImageFetcher::ImageFetcher(const QString &cacheFolder) : m_cacheFolder(cacheFolder) { }

void ImageFetcher::fetch(quint64 job, const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    if (scheme == QLatin1String("sample")) {
        // Only the name counts, so that no path leads out of the folder.
        fetchFile(job, QStringLiteral(":/sample/images/") + QFileInfo(url.path()).fileName());
    } else if (url.isLocalFile()) {
        fetchFile(job, url.toLocalFile());
    } else if (scheme == QLatin1String("http") || scheme == QLatin1String("https")) {
        fetchFromNetwork(job, url);
    } else {
        Q_EMIT fetched(job, {}, {}, tr("A picture's URL begins with http://, https:// or file://."));
    }
}

void ImageFetcher::fetchFile(quint64 job, const QString &path)
{
    QFile file(path);
    // A device or a pipe would never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        Q_EMIT fetched(job, {}, {}, tr("There is no such file, or it cannot be read."));
        return;
    }
    if (file.size() > MaximumBytes) {
        Q_EMIT fetched(job, {}, {}, tooLargeSentence());
        return;
    }
    Q_EMIT fetched(job, file.read(MaximumBytes), {}, {});
}

void ImageFetcher::fetchFromNetwork(quint64 job, const QUrl &url)
{
    if (!m_network) {
        m_network = new QNetworkAccessManager(this);
        if (!m_cacheFolder.isEmpty()) {
            auto *cache = new QNetworkDiskCache(m_network);
            cache->setCacheDirectory(m_cacheFolder);
            cache->setMaximumCacheSize(MaximumCacheBytes);
            m_network->setCache(cache);
        }
    }
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::PreferCache);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setMaximumRedirectsAllowed(MaximumRedirects);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("CatalogDesk/" CATALOG_VERSION));

    QNetworkReply *reply = m_network->get(request);
    Transfer transfer;
    transfer.job = job;
    m_transfers.insert(reply, transfer);
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] { take(reply); });
    connect(reply, &QNetworkReply::finished, this, [this, reply] { finish(reply); });
    // For the whole of it: a server that sends a byte a second would pass any timeout between bytes.
    QTimer::singleShot(MaximumMilliseconds, reply, [this, reply] {
        const auto transfer = m_transfers.find(reply);
        if (transfer == m_transfers.end())
            return;
        transfer->isTooSlow = true;
        reply->abort();
    });
}

void ImageFetcher::take(QNetworkReply *reply)
{
    const auto transfer = m_transfers.find(reply);
    if (transfer == m_transfers.end())
        return;
    const qint64 announced = reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (announced > MaximumBytes || transfer->bytes.size() + reply->bytesAvailable() > MaximumBytes) {
        transfer->isTooLarge = true;
        reply->abort(); // finish() comes from within
        return;
    }
    transfer->bytes += reply->readAll();
}

void ImageFetcher::finish(QNetworkReply *reply)
{
    take(reply);
    if (!m_transfers.contains(reply))
        return;
    const Transfer transfer = m_transfers.take(reply);
    reply->deleteLater();

    if (transfer.isTooLarge)
        Q_EMIT fetched(transfer.job, {}, {}, tooLargeSentence());
    else if (transfer.isTooSlow)
        Q_EMIT fetched(transfer.job, {}, {},
                       tr("The server took longer than %1 seconds.").arg(MaximumMilliseconds / 1000));
    else if (reply->error() != QNetworkReply::NoError)
        Q_EMIT fetched(transfer.job, {}, {}, networkSentence(*reply));
    else
        Q_EMIT fetched(
            transfer.job, transfer.bytes,
            reply->header(QNetworkRequest::ContentTypeHeader).toString().section(u';', 0, 0).trimmed(), {});
}

} // namespace desk
