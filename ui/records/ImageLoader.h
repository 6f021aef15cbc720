// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSize>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

namespace desk {

class ImageFetcher;

// Pictures by URL, for delegates, forms and previews: ask for one at a size, paint what is there, and ask
// again when pictureChanged() names its URL. Never blocks: fetching has a thread of its own, decoding and
// scaling a small pool. Thumbnails are kept in memory up to a bound and failures are remembered with their
// sentence, so that a table full of dead links asks each of them once. GUI thread.
class ImageLoader : public QObject
{
    Q_OBJECT

public:
    static constexpr int MaximumParallel = 6;
    static constexpr int MaximumQueued = 400; // past this the requests made first are forgotten
    static constexpr int MemoryKilobytes = 96 * 1024;
    static constexpr int MaximumFailures = 10'000;

    enum class Status { Loading, Ready, Failed };
    struct Picture {
        Status status = Status::Loading;
        QImage image;    // Ready: fits into the size asked for, aspect kept
        QString problem; // Failed: a sentence
    };

    // Cached downloads go to `cacheFolder`; empty: none are kept.
    explicit ImageLoader(const QString &cacheFolder, QObject *parent = nullptr);
    ~ImageLoader() override; // lets the decoding that runs finish; seconds at most

    // What is known now; begins to load what is not. `size` in device pixels; empty: as large as it is.
    [[nodiscard]] Picture picture(const QString &url, QSize size);
    // Forget that it failed; the next picture() tries again.
    void retry(const QString &url);

Q_SIGNALS:
    void pictureChanged(const QString &url);

private:
    using Key = std::pair<QString, std::pair<int, int>>;
    struct Job {
        QString url;
        QSize size;
    };
    struct Decoded {
        QImage image;
        QString problem;
    };

    static Key keyOf(const QString &url, QSize size) { return {url, {size.width(), size.height()}}; }
    static Decoded decode(const QByteArray &bytes, const QString &contentType, QSize size);
    void startNext();
    void decodeFetched(quint64 id, const QByteArray &bytes, const QString &contentType,
                       const QString &problem);
    void finish(quint64 id, const Decoded &decoded);

    QThread m_thread;
    ImageFetcher *m_fetcher; // on m_thread, deleted when it finishes
    QThreadPool m_pool;
    QCache<Key, QImage> m_images; // by kilobytes
    QCache<QString, QString> m_failures;
    QList<Job> m_queue; // taken from the end: what was asked for last is on the screen now
    QHash<quint64, Job> m_running;
    quint64 m_nextId = 1;
};

} // namespace desk
