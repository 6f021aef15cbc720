// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ImageLoader.h"

#include "ui/records/ImageFetcher.h"

#include <QBuffer>
#include <QFutureWatcher>
#include <QImageReader>
#include <QUrl>
#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int DrawnSize = 1024; // a drawing has no size of its own; this is large enough to look at

} // namespace

ImageLoader::ImageLoader(const QString &cacheFolder, QObject *parent)
    : QObject(parent)
    , m_fetcher(new ImageFetcher(cacheFolder))
    , m_images(MemoryKilobytes)
    , m_failures(MaximumFailures)
{
    m_pool.setMaxThreadCount(2);
    m_thread.setObjectName(QStringLiteral("images"));
    m_fetcher->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_fetcher, &QObject::deleteLater);
    connect(m_fetcher, &ImageFetcher::fetched, this, &ImageLoader::decodeFetched);
    m_thread.start();
}

ImageLoader::~ImageLoader()
{
    m_thread.quit();
    m_thread.wait();
    m_pool.clear();
    m_pool.waitForDone();
}

ImageLoader::Picture ImageLoader::picture(const QString &url, QSize size)
{
    if (url.trimmed().isEmpty())
        return {Status::Failed, {}, tr("There is no URL.")};
    if (const QImage *image = m_images.object(keyOf(url, size)))
        return {Status::Ready, *image, {}};
    if (const QString *problem = m_failures.object(url))
        return {Status::Failed, {}, *problem};

    const auto isSame = [&](const Job &job) { return job.url == url && job.size == size; };
    if (std::none_of(m_running.cbegin(), m_running.cend(), isSame)) {
        m_queue.removeIf(isSame);
        m_queue.append({url, size});
        if (m_queue.size() > MaximumQueued)
            m_queue.removeFirst();
        startNext();
    }
    return {};
}

void ImageLoader::retry(const QString &url)
{
    m_failures.remove(url);
    Q_EMIT pictureChanged(url);
}

void ImageLoader::startNext()
{
    while (m_running.size() < MaximumParallel && !m_queue.isEmpty()) {
        const Job job = m_queue.takeLast();
        const quint64 id = m_nextId++;
        m_running.insert(id, job);
        const QUrl url(job.url, QUrl::StrictMode);
        if (!url.isValid() || url.isRelative()) {
            // Not from within picture(), which is called while painting.
            QMetaObject::invokeMethod(
                this,
                [this, id] {
                    finish(id, {{}, tr("This is no URL.")});
                },
                Qt::QueuedConnection);
            continue;
        }
        QMetaObject::invokeMethod(m_fetcher, [fetcher = m_fetcher, id, url] { fetcher->fetch(id, url); });
    }
}

void ImageLoader::decodeFetched(quint64 id, const QByteArray &bytes, const QString &contentType,
                                const QString &problem)
{
    const auto job = m_running.constFind(id);
    if (job == m_running.constEnd())
        return;
    if (!problem.isEmpty()) {
        finish(id, {{}, problem});
        return;
    }
    auto *watcher = new QFutureWatcher<Decoded>(this);
    connect(watcher, &QFutureWatcher<Decoded>::finished, this, [this, watcher, id] {
        finish(id, watcher->result());
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run(&m_pool, &ImageLoader::decode, bytes, contentType, job->size));
}

// In the pool.
ImageLoader::Decoded ImageLoader::decode(const QByteArray &bytes, const QString &contentType, QSize size)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    // Several formats decode faster into a smaller size, and drawings come out sharp.
    const QSize natural = reader.size();
    if (!size.isEmpty() && natural.isValid() && !natural.isEmpty()) {
        const bool isDrawing = reader.format().startsWith("svg");
        if (isDrawing || natural.width() > size.width() || natural.height() > size.height())
            reader.setScaledSize(
                natural.scaled(isDrawing ? size.boundedTo({DrawnSize, DrawnSize}) : size, Qt::KeepAspectRatio)
                    .expandedTo({1, 1}));
    }
    QImage image;
    if (!reader.read(&image)) {
        const bool isCalledImage = contentType.startsWith(QLatin1String("image/"));
        if (!contentType.isEmpty() && !isCalledImage)
            return {{}, tr("This URL is no image: %1.").arg(contentType)};
        if (reader.error() == QImageReader::UnsupportedFormatError)
            return {{},
                    contentType.isEmpty()
                        ? tr("This file is no image.")
                        : tr("Images of the kind %1 cannot be read here.").arg(contentType)};
        return {{}, tr("This image is damaged or too large: %1.").arg(reader.errorString())};
    }
    if (!size.isEmpty() && (image.width() > size.width() || image.height() > size.height()))
        image = image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return {image, {}};
}

void ImageLoader::finish(quint64 id, const Decoded &decoded)
{
    const Job job = m_running.take(id);
    if (decoded.problem.isEmpty()) {
        const auto kilobytes = static_cast<int>(
            std::min<qint64>(decoded.image.sizeInBytes() / 1024 + 1, MemoryKilobytes));
        m_images.insert(keyOf(job.url, job.size), new QImage(decoded.image), kilobytes);
    } else {
        m_failures.insert(job.url, new QString(decoded.problem));
    }
    startNext();
    Q_EMIT pictureChanged(job.url);
}

} // namespace desk
