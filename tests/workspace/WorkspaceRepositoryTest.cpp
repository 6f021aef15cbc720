// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceRepository.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class WorkspaceRepositoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void beginsWithSample();
    void keepsWorkspaces();
    void writesNoPassword();
    void refusesSecretsThatCannotBeKept_data();
    void refusesSecretsThatCannotBeKept();
    void findsByNameWhateverTheCase();
    void refusesNames();
    void renamesUnderTheSameId();
    void removes();
    void protectsSample();
    void passesOverBrokenFiles_data();
    void passesOverBrokenFiles();
    void takesNoPasswordFromFile();
    void leavesNoHalfWrittenFile();
    void followsHomeVariable();

private:
    WorkspaceRepository repository() const
    {
        return {m_folder->filePath("config"), m_folder->filePath("data")};
    }
    Workspace shop() const;
    QByteArray everythingWritten() const;
    void write(const QString &file, const QByteArray &contents) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

Workspace WorkspaceRepositoryTest::shop() const
{
    Workspace workspace;
    workspace.name = "Shop";
    workspace.database = *DatabaseSettings::fromUrl(
        "postgresql://shop:s3cret@db.example:6543/catalog?sslmode=require");
    workspace.brokers.bootstrapServers = "a:9092,b:9092";
    workspace.brokers.securityProtocol = "SASL_SSL";
    workspace.brokers.saslMechanism = "SCRAM-SHA-512";
    workspace.brokers.saslUser = "publisher";
    workspace.brokers.saslPassword = "s3cret too";
    workspace.brokers.registryUrl = "http://registry:8081";
    workspace.brokers.partitions = 12;
    workspace.brokers.replicas = 3;
    workspace.brokers.readOnly = true;
    workspace.brokers.properties.insert("linger.ms", "5");
    workspace.entityFolder = "/data/entities";
    workspace.publish = false;
    return workspace;
}

QByteArray WorkspaceRepositoryTest::everythingWritten() const
{
    QByteArray all;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

void WorkspaceRepositoryTest::write(const QString &name, const QByteArray &contents) const
{
    QVERIFY(QDir(m_folder->path()).mkpath("config/workspaces"));
    QFile file(m_folder->filePath("config/workspaces/" + name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
}

void WorkspaceRepositoryTest::beginsWithSample()
{
    const QList<Workspace> all = repository().all();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].name, "Sample");
    QVERIFY(all[0].isSample);
    QVERIFY(all[0].brokers.embedded);
    QCOMPARE(all[0].database.kind, DatabaseKind::Sqlite);
    QVERIFY(all[0].database.path.startsWith(m_folder->filePath("data")));
}

void WorkspaceRepositoryTest::keepsWorkspaces()
{
    Workspace workspace = shop();
    workspace.streamLog = {5'000'000'000 / 1'000, 2'048};
    QVERIFY(repository().save(workspace));
    QVERIFY(!workspace.id.isEmpty());
    const Expected<Workspace> found = repository().find("Shop");
    QVERIFY(found);
    QCOMPARE(found->id, workspace.id);
    QCOMPARE(found->database.toUrl(), workspace.database.toUrl());
    QCOMPARE(found->brokers.bootstrapServers, workspace.brokers.bootstrapServers);
    QCOMPARE(found->brokers.securityProtocol, workspace.brokers.securityProtocol);
    QCOMPARE(found->brokers.saslMechanism, workspace.brokers.saslMechanism);
    QCOMPARE(found->brokers.saslUser, workspace.brokers.saslUser);
    QCOMPARE(found->brokers.registryUrl, workspace.brokers.registryUrl);
    QCOMPARE(found->brokers.partitions, 12);
    QCOMPARE(found->brokers.replicas, 3);
    QVERIFY(found->brokers.readOnly);
    QCOMPARE(found->brokers.properties, workspace.brokers.properties);
    QCOMPARE(found->entityFolder, workspace.entityFolder);
    QCOMPARE(found->publish, false);
    QCOMPARE(found->streamLog, workspace.streamLog);
    QVERIFY(!found->isSample);
    workspace.streamLog.rows = 1;
    QCOMPARE(repository().save(workspace).error().field, QString("rows"));
    QCOMPARE(repository().find("Shop")->streamLog, found->streamLog);
}

void WorkspaceRepositoryTest::writesNoPassword()
{
    Workspace workspace = shop();
    QVERIFY(repository().save(workspace));
    QCOMPARE(workspace.database.password, "s3cret"); // it stays in memory
    QVERIFY(everythingWritten().contains("db.example"));
    QVERIFY(!everythingWritten().contains("s3cret"));
    QCOMPARE(repository().find("Shop")->database.password, QString());
    QCOMPARE(repository().find("Shop")->brokers.saslPassword, QString());
}

void WorkspaceRepositoryTest::refusesSecretsThatCannotBeKept_data()
{
    QTest::addColumn<QString>("property");
    for (const char *name : {"sasl.password", "ssl.key.password", "ssl.keystore.password", "ssl.key.pem",
                             "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config"})
        QTest::newRow(name) << QString(name);
    QTest::newRow("registry") << QString();
}

void WorkspaceRepositoryTest::refusesSecretsThatCannotBeKept()
{
    QFETCH(QString, property);
    Workspace workspace = shop();
    if (property.isEmpty())
        workspace.brokers.registryUrl = "https://user:s3cret@registry";
    else
        workspace.brokers.properties.insert(property, "s3cret");
    const Expected<> saved = repository().save(workspace);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::InvalidValue);
    QVERIFY(!saved.error().sentence.contains("s3cret"));
    QVERIFY(!everythingWritten().contains("s3cret"));
}

void WorkspaceRepositoryTest::findsByNameWhateverTheCase()
{
    Workspace workspace = shop();
    QVERIFY(repository().save(workspace));
    QVERIFY(repository().find("shop"));
    QVERIFY(repository().find("SAMPLE"));
    const Expected<Workspace> none = repository().find("warehouse");
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    QVERIFY(none.error().sentence.contains("\"Shop\""));
}

void WorkspaceRepositoryTest::refusesNames()
{
    Workspace first = shop();
    QVERIFY(repository().save(first));
    for (const char *name : {"", "   ", "shop", "sample"}) {
        Workspace second = shop();
        second.name = name;
        const Expected<> saved = repository().save(second);
        QVERIFY2(!saved, name);
        QCOMPARE(saved.error().field, "name");
        QVERIFY(second.id.isEmpty());
    }
    Workspace outside = shop();
    outside.name = "Outside";
    outside.id = "../../outside";
    QVERIFY(!repository().save(outside));
    QVERIFY(!QFile::exists(m_folder->filePath("outside.json")));
}

void WorkspaceRepositoryTest::renamesUnderTheSameId()
{
    Workspace workspace = shop();
    QVERIFY(repository().save(workspace));
    const QString id = workspace.id;
    workspace.name = "Big shop";
    QVERIFY(repository().save(workspace));
    QCOMPARE(repository().all().size(), 2);
    QCOMPARE(repository().find("Big shop")->id, id);
    QCOMPARE(workspace.secretKey("database"), id + "/database");
}

void WorkspaceRepositoryTest::removes()
{
    Workspace workspace = shop();
    QVERIFY(repository().save(workspace));
    QVERIFY(repository().remove(workspace));
    QCOMPARE(repository().all().size(), 1);
    QCOMPARE(repository().remove(workspace).error().code, ErrorCode::NotFound);
}

void WorkspaceRepositoryTest::protectsSample()
{
    Workspace sample = repository().all().constFirst();
    QCOMPARE(repository().save(sample).error().code, ErrorCode::NotSupported);
    QCOMPARE(repository().remove(sample).error().code, ErrorCode::NotSupported);
}

void WorkspaceRepositoryTest::passesOverBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"name\": ");
    QTest::newRow("no object") << QByteArray("[1, 2]");
    QTest::newRow("no name") << QByteArray(R"({"database": "sqlite:/a"})");
    QTest::newRow("no database") << QByteArray(R"({"name": "X"})");
    QTest::newRow("wrong type") << QByteArray(R"({"name": "X", "database": 5})");
    QTest::newRow("wrong partitions")
        << QByteArray(R"({"name": "X", "database": "sqlite:/a", "brokers": {"partitions": 0}})");
    QTest::newRow("a stream log of nothing")
        << QByteArray(R"({"name": "X", "database": "sqlite:/a", "streamLog": {"rows": 0}})");
    QTest::newRow("newer") << QByteArray(R"({"format": 99, "name": "X", "database": "sqlite:/a"})");
    QTest::newRow("broken UTF-8") << QByteArray("{\"name\": \"\xff\", \"database\": \"sqlite:/a\"}");
    QTest::newRow("huge") << QByteArray(2 * 1024 * 1024, ' ');
}

void WorkspaceRepositoryTest::passesOverBrokenFiles()
{
    QFETCH(QByteArray, contents);
    Workspace workspace = shop();
    QVERIFY(repository().save(workspace));
    write("broken.json", contents);
    const WorkspaceRepository repository = this->repository();
    QCOMPARE(repository.all().size(), 2);
    QCOMPARE(repository.problems().size(), 1);
    QVERIFY(repository.problems().constFirst().contains("broken.json"));
}

void WorkspaceRepositoryTest::takesNoPasswordFromFile()
{
    write("byhand.json", R"({"name": "X", "database": "postgresql://shop:s3cret@db/catalog"})");
    const Expected<Workspace> found = repository().find("X");
    QVERIFY(found);
    QCOMPARE(found->database.password, QString());
}

void WorkspaceRepositoryTest::leavesNoHalfWrittenFile()
{
    // A file where the folder should be: nothing can be written there, and nothing may be lost.
    QVERIFY(QDir(m_folder->path()).mkpath("config"));
    QFile file(m_folder->filePath("config/workspaces"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Workspace workspace = shop();
    const Expected<> saved = repository().save(workspace);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::InputOutput);
    QVERIFY(workspace.id.isEmpty());
}

void WorkspaceRepositoryTest::followsHomeVariable()
{
    qputenv("CATALOG_DESK_HOME", m_folder->path().toUtf8());
    const WorkspaceRepository repository = WorkspaceRepository::standard();
    qunsetenv("CATALOG_DESK_HOME");
    QVERIFY(repository.configFolder().startsWith(m_folder->path()));
    QVERIFY(repository.dataFolder().startsWith(m_folder->path()));
    QVERIFY(!WorkspaceRepository::standard().configFolder().startsWith(m_folder->path()));
}

QTEST_GUILESS_MAIN(WorkspaceRepositoryTest)
#include "WorkspaceRepositoryTest.moc"
