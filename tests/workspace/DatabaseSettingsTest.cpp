// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/Workspace.h"

#include <QTest>

using namespace desk;

// Addresses of databases, as people, services and this program itself write them.
class DatabaseSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPostgreSqlAddress_data();
    void readsPostgreSqlAddress();
    void readsSqliteAddress_data();
    void readsSqliteAddress();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void writesAddressWithoutPassword_data();
    void writesAddressWithoutPassword();
    void showsNoPassword();
};

void DatabaseSettingsTest::readsPostgreSqlAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("expected"); // host, port, name, user, password, sslMode
    QTest::newRow("whole") << "postgresql://shop:secret@db.example:6543/catalog?sslmode=require"
                           << QStringList{"db.example", "6543", "catalog", "shop", "secret", "require"};
    QTest::newRow("short scheme") << "postgres://shop@db.example/catalog"
                                  << QStringList{"db.example", "5432", "catalog", "shop", "", ""};
    QTest::newRow("python driver") << "postgresql+psycopg2://shop:s@db/catalog"
                                   << QStringList{"db", "5432", "catalog", "shop", "s", ""};
    QTest::newRow("async driver") << "postgresql+asyncpg://shop:s@db/catalog"
                                  << QStringList{"db", "5432", "catalog", "shop", "s", ""};
    QTest::newRow("escaped password") << "postgresql://shop:p%40ss%2Fw%23rd%25@db/catalog"
                                      << QStringList{"db", "5432", "catalog", "shop", "p@ss/w#rd%", ""};
    QTest::newRow("numeric host") << "postgresql://shop@[::1]:5433/catalog"
                                  << QStringList{"::1", "5433", "catalog", "shop", "", ""};
    QTest::newRow("socket folder") << "postgresql:///catalog?host=/var/run/postgresql&user=shop"
                                   << QStringList{"/var/run/postgresql", "5432", "catalog", "shop", "", ""};
    QTest::newRow("no host") << "postgresql:///catalog"
                             << QStringList{"localhost", "5432", "catalog", "", "", ""};
    QTest::newRow("blanks around") << "  postgresql://db/catalog\n"
                                   << QStringList{"db", "5432", "catalog", "", "", ""};
}

void DatabaseSettingsTest::readsPostgreSqlAddress()
{
    QFETCH(QString, url);
    QFETCH(QStringList, expected);
    const Expected<DatabaseSettings> settings = DatabaseSettings::fromUrl(url);
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().sentence));
    QCOMPARE(settings->kind, DatabaseKind::PostgreSql);
    const QStringList read{settings->host,     QString::number(settings->port),
                           settings->name,     settings->user,
                           settings->password, settings->sslMode};
    QCOMPARE(read, expected);
}

void DatabaseSettingsTest::readsSqliteAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("path");
    QTest::newRow("absolute") << "sqlite:/data/shop.db"
                              << "/data/shop.db";
    QTest::newRow("relative") << "sqlite:shop.db"
                              << "shop.db";
    QTest::newRow("services' relative") << "sqlite:///shop.db"
                                        << "shop.db";
    QTest::newRow("services' absolute") << "sqlite:////data/shop.db"
                                        << "/data/shop.db";
    QTest::newRow("odd letters") << "sqlite:/data/my shop #1 ü.db"
                                 << "/data/my shop #1 ü.db";
}

void DatabaseSettingsTest::readsSqliteAddress()
{
    QFETCH(QString, url);
    QFETCH(QString, path);
    const Expected<DatabaseSettings> settings = DatabaseSettings::fromUrl(url);
    QVERIFY(settings);
    QCOMPARE(settings->kind, DatabaseKind::Sqlite);
    QCOMPARE(settings->path, path);
}

void DatabaseSettingsTest::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("nothing") << "";
    QTest::newRow("another database") << "mysql://shop:secret@db/catalog";
    QTest::newRow("a path") << "/data/shop.db";
    QTest::newRow("no file") << "sqlite:";
    QTest::newRow("host in SQLite address") << "sqlite://host/secret.db";
    QTest::newRow("no database") << "postgresql://shop:secret@db/";
    QTest::newRow("no slashes") << "postgresql:shop:secret@db/catalog";
    QTest::newRow("port too large") << "postgresql://shop:secret@db:70000/catalog";
    QTest::newRow("port no number") << "postgresql://shop:secret@db:abc/catalog";
    QTest::newRow("port parameter") << "postgresql:///catalog?host=/tmp&port=x&password=secret";
    QTest::newRow("unknown sslmode") << "postgresql://shop:secret@db/catalog?sslmode=maybe";
    QTest::newRow("zero in path") << QString("sqlite:a") + QChar(0) + "b";
}

void DatabaseSettingsTest::refusesWhatIsNoAddress()
{
    QFETCH(QString, url);
    const Expected<DatabaseSettings> settings = DatabaseSettings::fromUrl(url);
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::InvalidValue);
    QVERIFY(!settings.error().sentence.isEmpty());
    QVERIFY(!settings.error().sentence.contains("secret"));
    QVERIFY(!settings.error().detail.contains("secret"));
}

void DatabaseSettingsTest::writesAddressWithoutPassword_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("whole") << "postgresql://shop:secret@db.example:6543/catalog?sslmode=require";
    QTest::newRow("plain") << "postgresql://db/catalog";
    QTest::newRow("odd names") << "postgresql://sh%40op:secret@db/my%20shop%3F%23?sslmode=disable";
    QTest::newRow("numeric host") << "postgresql://shop:secret@[::1]:5433/catalog";
    QTest::newRow("socket folder")
        << "postgresql:///catalog?host=/tmp/a%26b&user=shop&port=6000&password=secret";
    QTest::newRow("file") << "sqlite:/data/my shop 100%25 ü.db";
}

void DatabaseSettingsTest::writesAddressWithoutPassword()
{
    QFETCH(QString, url);
    Expected<DatabaseSettings> settings = DatabaseSettings::fromUrl(url);
    QVERIFY(settings);
    const QString written = settings->toUrl();
    QVERIFY(!written.contains("secret"));
    const Expected<DatabaseSettings> again = DatabaseSettings::fromUrl(written);
    QVERIFY2(again, qPrintable(written));
    QCOMPARE(again->kind, settings->kind);
    QCOMPARE(again->path, settings->path);
    QCOMPARE(again->host, settings->host);
    QCOMPARE(again->port, settings->port);
    QCOMPARE(again->name, settings->name);
    QCOMPARE(again->user, settings->user);
    QCOMPARE(again->sslMode, settings->sslMode);
    QCOMPARE(again->password, QString());
}

void DatabaseSettingsTest::showsNoPassword()
{
    QCOMPARE(DatabaseSettings::fromUrl("postgresql://shop:secret@db.example:6543/catalog")->toText(),
             "shop@db.example:6543/catalog");
    QCOMPARE(DatabaseSettings::fromUrl("postgresql://db.example/catalog")->toText(), "db.example/catalog");
    QCOMPARE(DatabaseSettings::fromUrl("sqlite:/data/shop.db")->toText(), "shop.db");
}

QTEST_GUILESS_MAIN(DatabaseSettingsTest)
#include "DatabaseSettingsTest.moc"
