// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/EnvironmentSettings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

using Pairs = QList<std::pair<QString, QString>>;

class EnvironmentSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDatabaseUrl();
    void readsNamesOfServices_data();
    void readsNamesOfServices();
    void leavesWhatIsNotSet();
    void takesPasswordForNamedWorkspace();
    void readsBrokers();
    void addsUsualPort_data();
    void addsUsualPort();
    void refusesValues_data();
    void refusesValues();
    void endsSampleWhenServersAreNamed();
    void readsFile();
    void refusesLines_data();
    void refusesLines();
    void refusesFilesThatAreNone();

private:
    static QProcessEnvironment environment(const Pairs &pairs)
    {
        QProcessEnvironment environment;
        for (const auto &[name, value] : pairs)
            environment.insert(name, value);
        return environment;
    }
    QString write(const QByteArray &contents)
    {
        QFile file(m_folder.filePath("shop.env"));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(contents);
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

void EnvironmentSettingsTest::readsDatabaseUrl()
{
    const Expected<Workspace> workspace = withEnvironment(
        {},
        environment({
            {"DATABASE_URL", "postgresql://shop@db:6543/catalog"},
            {"DATABASE_PASSWORD", "secret"},
            {"DATABASE_HOST", "elsewhere"},
        }));
    QVERIFY(workspace);
    QCOMPARE(workspace->database.toUrl(), "postgresql://shop@db:6543/catalog");
    QCOMPARE(workspace->database.password, "secret");
}

void EnvironmentSettingsTest::readsNamesOfServices_data()
{
    QTest::addColumn<Pairs>("pairs");
    QTest::addColumn<QString>("text");
    QTest::newRow("dataflow service") << Pairs{{"DATABASE", "flow"},
                                               {"DATABASE_HOST", "db"},
                                               {"DATABASE_USER", "u"},
                                               {"DATABASE_PASSWORD", "secret"}}
                                      << "u@db/flow";
    QTest::newRow("containers") << Pairs{{"POSTGRES_HOST", "db"},
                                         {"POSTGRES_PORT", "6000"},
                                         {"POSTGRES_DB", "shop"},
                                         {"POSTGRES_USER", "u"},
                                         {"POSTGRES_PASSWORD", "secret"}}
                                << "u@db:6000/shop";
    QTest::newRow("database is the user's")
        << Pairs{{"POSTGRES_HOST", "db"}, {"POSTGRES_USER", "shop"}, {"POSTGRES_PASSWORD", "secret"}}
        << "shop@db/shop";
    QTest::newRow("no host") << Pairs{{"DATABASE", "shop"},
                                      {"DATABASE_USER", "u"},
                                      {"DATABASE_PASSWORD", "secret"}}
                             << "u@localhost/shop";
    QTest::newRow("empty counts as unset") << Pairs{{"DATABASE_URL", ""},
                                                    {"DATABASE_HOST", " "},
                                                    {"POSTGRES_HOST", "db"},
                                                    {"POSTGRES_DB", "shop"},
                                                    {"POSTGRES_PASSWORD", "secret"}}
                                           << "db/shop";
}

void EnvironmentSettingsTest::readsNamesOfServices()
{
    QFETCH(Pairs, pairs);
    QFETCH(QString, text);
    const Expected<Workspace> workspace = withEnvironment(sampleWorkspace("/data"), environment(pairs));
    QVERIFY(workspace);
    QCOMPARE(workspace->database.kind, DatabaseKind::PostgreSql);
    QCOMPARE(workspace->database.toText(), text);
    QCOMPARE(workspace->database.password, "secret");
}

void EnvironmentSettingsTest::leavesWhatIsNotSet()
{
    Workspace workspace = sampleWorkspace("/data");
    const Expected<Workspace> same = withEnvironment(
        workspace, environment({{"PATH", "/bin"}, {"POSTGRES_USER", "u"}, {"POSTGRES_PASSWORD", "p"}}));
    QVERIFY(same);
    QCOMPARE(same->database.toUrl(), workspace.database.toUrl());
    QVERIFY(same->isSample);
    QVERIFY(same->brokers.embedded);

    workspace.database = *DatabaseSettings::fromUrl("postgresql://shop@db:6000/catalog?sslmode=require");
    const Expected<Workspace> moved = withEnvironment(workspace, environment({{"POSTGRES_HOST", "other"}}));
    QVERIFY(moved);
    QCOMPARE(moved->database.toUrl(), "postgresql://shop@other:6000/catalog?sslmode=require");
}

void EnvironmentSettingsTest::takesPasswordForNamedWorkspace()
{
    Workspace workspace;
    workspace.database = *DatabaseSettings::fromUrl("postgresql://shop@db/catalog");
    workspace.brokers.saslUser = "publisher";
    const Workspace complete = withPasswords(workspace,
                                             environment({{"DATABASE_HOST", "other"},
                                                          {"DATABASE_PASSWORD", "a"},
                                                          {"SASL_PASSWORD", "b"},
                                                          {"SASL_USERNAME", "c"}}));
    QCOMPARE(complete.database.host, "db");
    QCOMPARE(complete.database.password, "a");
    QCOMPARE(complete.brokers.saslUser, "publisher");
    QCOMPARE(complete.brokers.saslPassword, "b");
}

void EnvironmentSettingsTest::readsBrokers()
{
    const Expected<Workspace> workspace = withEnvironment({},
                                                          environment({
                                                              {"BOOTSTRAP_SERVERS", "a:9092, b:9093"},
                                                              {"SECURITY_PROTOCOL", "sasl_ssl"},
                                                              {"SASL_MECHANISMS", "scram-sha-256"},
                                                              {"SASL_USERNAME", "u"},
                                                              {"SASL_PASSWORD", " p "},
                                                              {"TOPICS_PARTITIONS", "12"},
                                                              {"TOPICS_REPLICAS", "3"},
                                                              {"SCHEMA_REGISTRY_URL", "http://registry:8081"},
                                                          }));
    QVERIFY(workspace);
    const BrokerSettings &brokers = workspace->brokers;
    QCOMPARE(brokers.bootstrapServers, "a:9092,b:9093");
    QCOMPARE(brokers.securityProtocol, "SASL_SSL");
    QCOMPARE(brokers.saslMechanism, "SCRAM-SHA-256");
    QCOMPARE(brokers.saslUser, "u");
    QCOMPARE(brokers.saslPassword, " p ");
    QCOMPARE(brokers.partitions, 12);
    QCOMPARE(brokers.replicas, 3);
    QCOMPARE(brokers.registryUrl, "http://registry:8081");
}

void EnvironmentSettingsTest::addsUsualPort_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("servers");
    QTest::newRow("dataflow service") << "KAFKA_HOST"
                                      << "kafka"
                                      << "kafka:9092";
    QTest::newRow("with port") << "KAFKA_HOST"
                               << "kafka:29092"
                               << "kafka:29092";
    QTest::newRow("singular") << "BOOTSTRAP_SERVER"
                              << "a,b:1"
                              << "a:9092,b:1";
    QTest::newRow("numeric") << "BOOTSTRAP_SERVERS"
                             << "[::1]:9092,[::2]"
                             << "[::1]:9092,[::2]:9092";
}

void EnvironmentSettingsTest::addsUsualPort()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, servers);
    QCOMPARE(withEnvironment({}, environment({{name, value}}))->brokers.bootstrapServers, servers);
}

void EnvironmentSettingsTest::refusesValues_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("url") << "DATABASE_URL"
                         << "mysql://u:secret@db/x";
    QTest::newRow("port") << "DATABASE_PORT"
                          << "secret";
    QTest::newRow("partitions") << "TOPICS_PARTITIONS"
                                << "0";
    QTest::newRow("replicas") << "TOPICS_REPLICAS"
                              << "99999";
    QTest::newRow("protocol") << "SECURITY_PROTOCOL"
                              << "secret";
    QTest::newRow("mechanism") << "SASL_MECHANISM"
                               << "secret";
    QTest::newRow("registry") << "SCHEMA_REGISTRY_URL"
                              << "registry";
}

void EnvironmentSettingsTest::refusesValues()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    Workspace workspace;
    workspace.database = *DatabaseSettings::fromUrl("postgresql://db/catalog");
    const Expected<Workspace> changed = withEnvironment(workspace, environment({{name, value}}));
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::InvalidValue);
    QCOMPARE(changed.error().field, name);
    QVERIFY(changed.error().sentence.startsWith(name));
    QVERIFY(!changed.error().sentence.contains("secret"));
}

void EnvironmentSettingsTest::endsSampleWhenServersAreNamed()
{
    const Expected<Workspace> workspace = withEnvironment(sampleWorkspace("/data"),
                                                          environment({{"BOOTSTRAP_SERVERS", "a:1"}}));
    QVERIFY(workspace);
    QVERIFY(!workspace->isSample);
    QVERIFY(!workspace->brokers.embedded);
    QVERIFY(withEnvironment({}, environment({{"BOOTSTRAP_SERVERS", "embedded"}}))->brokers.embedded);
}

void EnvironmentSettingsTest::readsFile()
{
    const Expected<QProcessEnvironment> read = readEnvironmentFile(
        write("# the shop\n"
              "\n"
              "DATABASE_HOST=db\r\n"
              "export DATABASE = shop\n"
              "  DATABASE_USER='o''x'  # no shell: quotes end at the next one\n"));
    QVERIFY(!read); // … and what follows them is an error, not a guess

    const Expected<QProcessEnvironment> file = readEnvironmentFile(
        write("# the shop\n"
              "\n"
              "DATABASE_HOST=db\r\n"
              "export DATABASE = shop\n"
              "EMPTY=\n"
              "HASH=a#b # comment\n"
              "SINGLE='a \"b\" \\n #c'   # comment\n"
              "DOUBLE=\"a 'b' \\\"c\\\" \\n \\$d\"\n"
              "UMLAUT=größe\n"
              "LAST=a=b"));
    QVERIFY2(file, file ? "" : qPrintable(file.error().sentence));
    QCOMPARE(file->value("DATABASE_HOST"), "db");
    QCOMPARE(file->value("DATABASE"), "shop");
    QVERIFY(file->contains("EMPTY"));
    QCOMPARE(file->value("HASH"), "a#b");
    QCOMPARE(file->value("SINGLE"), "a \"b\" \\n #c");
    QCOMPARE(file->value("DOUBLE"), "a 'b' \"c\" \n $d");
    QCOMPARE(file->value("UMLAUT"), "größe");
    QCOMPARE(file->value("LAST"), "a=b");
}

void EnvironmentSettingsTest::refusesLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no assignment") << QByteArray("secret");
    QTest::newRow("no name") << QByteArray("=secret");
    QTest::newRow("odd name") << QByteArray("MY-NAME=secret");
    QTest::newRow("open quote") << QByteArray("NAME=\"secret");
    QTest::newRow("open single quote") << QByteArray("NAME='secret");
    QTest::newRow("escaped end") << QByteArray("NAME=\"secret\\\"");
    QTest::newRow("text behind") << QByteArray("NAME=\"a\" secret");
}

void EnvironmentSettingsTest::refusesLines()
{
    QFETCH(QByteArray, line);
    const QString path = write("A=1\n\n" + line + "\nB=2\n");
    const Expected<QProcessEnvironment> read = readEnvironmentFile(path);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Format);
    QVERIFY(read.error().sentence.startsWith(path + ":3:"));
    QVERIFY(!read.error().sentence.contains("secret"));
}

void EnvironmentSettingsTest::refusesFilesThatAreNone()
{
    QCOMPARE(readEnvironmentFile(m_folder.filePath("none")).error().code, ErrorCode::NotFound);
    QVERIFY(!readEnvironmentFile(m_folder.path()));
    QCOMPARE(readEnvironmentFile(write("A=\xff\xfe\n")).error().code, ErrorCode::Format);
    QCOMPARE(readEnvironmentFile(write(QByteArray(2 * 1024 * 1024, '#'))).error().code, ErrorCode::Format);
}

QTEST_GUILESS_MAIN(EnvironmentSettingsTest)
#include "EnvironmentSettingsTest.moc"
