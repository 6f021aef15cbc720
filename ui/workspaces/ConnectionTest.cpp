// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/ConnectionTest.h"

#include "kafka/TopicAdmin.h"
#include "models/store/Store.h"
#include "models/store/WhenFinished.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrent>

namespace desk {

namespace {

// Opening a SQLite file would make it and its folder, and a test shall change nothing.
std::optional<TestOutcome> testMissingFile(const QString &path)
{
    const QFileInfo file(path);
    if (path.isEmpty())
        return TestOutcome{false, ConnectionTest::tr("No file is named.")};
    if (file.exists())
        return std::nullopt;
    QFileInfo folder(file.absolutePath());
    while (!folder.exists() && !folder.isRoot())
        folder.setFile(folder.absolutePath());
    if (!folder.isDir())
        return TestOutcome{
            false, ConnectionTest::tr("%1 is no folder.").arg(QDir::toNativeSeparators(folder.filePath()))};
    if (!folder.isWritable())
        return TestOutcome{false,
                           ConnectionTest::tr("Nothing may be written in %1.")
                               .arg(QDir::toNativeSeparators(folder.filePath()))};
    return TestOutcome{true,
                       ConnectionTest::tr("The file is not there yet; opening the workspace makes it.")};
}

} // namespace

TestOutcome ConnectionTest::testDatabase(const DatabaseSettings &settings)
{
    if (settings.kind == DatabaseKind::Sqlite) {
        if (const std::optional<TestOutcome> missing = testMissingFile(settings.path))
            return *missing;
    }
    const Expected<std::unique_ptr<Store>> store = openStore(settings, EntityCatalog::load());
    if (!store)
        return {false, store.error().sentence};
    return {true, tr("Connected to %1.").arg(settings.toText())};
}

TestOutcome ConnectionTest::testBrokers(const BrokerSettings &settings)
{
    if (settings.embedded)
        return {true, tr("The broker inside this program needs no connection.")};
    if (!settings.isConfigured())
        return {true, tr("None named: changes are saved, and wait to be published.")};
    const Expected<ClusterInfo> cluster = TopicAdmin(settings).cluster();
    if (!cluster)
        return {false, cluster.error().sentence};
    return {true,
            cluster->brokers.size() == 1 ? tr("Connected: 1 broker, %1 topics.").arg(cluster->topics.size())
                                         : tr("Connected: %1 brokers, %2 topics.")
                                               .arg(cluster->brokers.size())
                                               .arg(cluster->topics.size())};
}

void ConnectionTest::start(const Workspace &workspace)
{
    const quint64 run = ++m_run;
    m_pending = 2;
    whenFinished(QtConcurrent::run([settings = workspace.database] { return testDatabase(settings); }), this,
                 [this, run](const TestOutcome &outcome) {
                     if (run != m_run)
                         return;
                     Q_EMIT databaseTested(outcome);
                     answered();
                 });
    whenFinished(QtConcurrent::run([settings = workspace.brokers] { return testBrokers(settings); }), this,
                 [this, run](const TestOutcome &outcome) {
                     if (run != m_run)
                         return;
                     Q_EMIT brokersTested(outcome);
                     answered();
                 });
}

void ConnectionTest::answered()
{
    if (--m_pending == 0)
        Q_EMIT finished();
}

} // namespace desk
