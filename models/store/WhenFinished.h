// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace desk {

// Calls `callback` with the future's result on the context's thread, from its event loop; never, if the
// context is destroyed before, or if the future ends without a result. To be used where the context may go
// first, that is nearly everywhere: QFuture::then(context, …) of Qt 6.4 asserts in that case, and without
// assertions calls into what is gone. Call it on the context's thread.
template <typename Result, typename Callback>
void whenFinished(const QFuture<Result> &future, QObject *context, Callback callback)
{
    auto *watcher = new QFutureWatcher<Result>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, callback = std::move(callback)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             callback(watcher->future().result());
                     });
    watcher->setFuture(future);
}

} // namespace desk
