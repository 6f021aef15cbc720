// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/KeychainSecretStore.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

#include <memory>

namespace desk {

namespace {

QString serviceName()
{
    return QStringLiteral("catalog-desk");
}

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound,
                QStringLiteral("The keychain has no password for this workspace."),
                job.errorString(),
                {}};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {
            ErrorCode::NotSupported, QStringLiteral("This desktop has no keychain."), job.errorString(), {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {
            ErrorCode::Unauthorised, QStringLiteral("The keychain was not opened."), job.errorString(), {}};
    default:
        // A session bus without a keychain behind it ends here, with no code of its own.
        return {ErrorCode::NotSupported,
                QStringLiteral("The keychain cannot be used: %1.").arg(job.errorString()),
                job.errorString(),
                {}};
    }
}

// Starts the job, which deletes itself; `result` reads what it brought.
template <typename T, typename Job, typename Read>
QFuture<Expected<T>> start(Job *job, Read result)
{
    auto promise = std::make_shared<QPromise<Expected<T>>>();
    QFuture<Expected<T>> future = promise->future();
    promise->start();
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, job, result] {
        if (job->error() == QKeychain::NoError)
            promise->addResult(result(*job));
        else
            promise->addResult(Expected<T>(tl::make_unexpected(errorOf(*job))));
        promise->finish();
    });
    job->start();
    return future;
}

} // namespace

QFuture<Expected<QString>> KeychainSecretStore::readAsync(const QString &key)
{
    auto *job = new QKeychain::ReadPasswordJob(serviceName());
    job->setKey(key);
    return start<QString>(
        job, [](QKeychain::ReadPasswordJob &done) { return Expected<QString>(done.textData()); });
}

QFuture<Expected<>> KeychainSecretStore::writeAsync(const QString &key, const QString &secret)
{
    auto *job = new QKeychain::WritePasswordJob(serviceName());
    job->setKey(key);
    job->setTextData(secret);
    return start<void>(job, [](QKeychain::WritePasswordJob &) { return Expected<>(); });
}

QFuture<Expected<>> KeychainSecretStore::removeAsync(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(serviceName());
    job->setKey(key);
    return start<void>(job, [](QKeychain::DeletePasswordJob &) { return Expected<>(); });
}

} // namespace desk
