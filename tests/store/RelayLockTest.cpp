// SPDX-License-Identifier: GPL-3.0-or-later
// Who has the relay lock on PostgreSQL, and when it is taken from a program that hangs. How long that has to be
// silent is set short here, or so long that it cannot matter.
#include "models/store/RelayTables.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;
using namespace std::chrono_literals;

namespace {

constexpr auto AtOnce = 1ms;
constexpr auto Never = 1h;

// A program that asks for the relay lock, on a connection of its own.
struct Contender {
    explicit Contender(const DatabaseSettings &settings, std::chrono::milliseconds silence = Never)
        : session(std::move(SqlSession::open(settings).value()))
        , tables(*session, {}, silence)
    { }

    [[nodiscard]] bool isHeld() { return tables.lock().value().isHeld; }
    // Its connection is there, and it can go on.
    [[nodiscard]] bool isAlive() { return session->run(QStringLiteral("SELECT 1")).has_value(); }

    std::unique_ptr<SqlSession> session;
    RelayTables tables;
};

} // namespace

class RelayLockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::PostgreSql);
        static_cast<void>(m_fixture->open());
    }
    void cleanup() { m_fixture.reset(); }

    void leavesTheLockToAHolderThatTalks()
    {
        Contender holder(settings());
        Contender other(settings(), RelayTables::SilenceOfHanging);
        QVERIFY(holder.isHeld());
        QVERIFY(!other.isHeld());
        QVERIFY(!other.isHeld());
        QVERIFY(holder.isAlive());
        QVERIFY(holder.isHeld());
    }

    void takesTheLockFromOneThatSaysNothing_data()
    {
        QTest::addColumn<QString>("lastWords");
        QTest::newRow("between two statements") << QStringLiteral("SELECT 1");
        QTest::newRow("within a transaction") << QStringLiteral("BEGIN; SELECT * FROM relay_state");
        QTest::newRow("after a failure") << QStringLiteral("BEGIN; SELECT 1 / 0");
    }
    void takesTheLockFromOneThatSaysNothing()
    {
        QFETCH(QString, lastWords);
        Contender hanging(settings());
        QVERIFY(hanging.isHeld());
        static_cast<void>(hanging.session->runScript(lastWords));
        Contender standby(settings(), AtOnce);
        QTRY_VERIFY(standby.isHeld());
        // When it goes on, it learns of it.
        const auto cursor = hanging.tables.cursor();
        QVERIFY(!cursor);
        QCOMPARE(cursor.error().code, ErrorCode::Unreachable);
        Contender again(settings());
        QVERIFY(!again.isHeld());
    }

    // Nor one for which the server is at work, nor the holder of another database's lock.
    void leavesTheLockToAHolderThatWaitsForItsServer()
    {
        const StoreFixture elsewhere(DatabaseKind::PostgreSql);
        Contender another(elsewhere.settings());
        QVERIFY(another.isHeld());
        Contender holder(settings());
        QVERIFY(holder.isHeld());
        holder.session->sendAhead({{"SELECT pg_sleep(60)", {}}});
        const QString isAtWork = QStringLiteral(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
            "datname = current_database() AND query LIKE '%pg_sleep(60)%' AND "
            "pid <> pg_backend_pid()");
        QTRY_COMPARE(m_fixture->sql({isAtWork}), QStringList{QStringLiteral("1")});
        Contender standby(settings(), AtOnce);
        const auto lock = standby.tables.lock();
        const QStringList after = m_fixture->sql({isAtWork});
        holder.session->cancel();
        QCOMPARE(lock.value(), RelayLock{});
        QCOMPARE(after, QStringList{QStringLiteral("1")});
        QVERIFY(holder.isAlive());
        QVERIFY(another.isAlive());
    }

    // The server is at work for it, and would wait for ever; but so it does for one behind a slow line.
    void takesTheLockFromOneThatTakesNothing()
    {
        Contender hanging(settings());
        QVERIFY(hanging.isHeld());
        hanging.session->sendAhead({{"SELECT repeat('x', 1000) FROM generate_series(1, 100000)", {}}});
        QTRY_COMPARE(
            m_fixture->sql({QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE wait_event = "
                                           "'ClientWrite' AND datname = current_database()")}),
            QStringList{QStringLiteral("1")});
        Contender patient(settings());
        QVERIFY(!patient.isHeld());
        Contender standby(settings(), AtOnce);
        QTRY_VERIFY(standby.isHeld());
        QVERIFY(!hanging.isAlive());
    }

    void saysWhatItMayNotDo()
    {
        // A user who may see that it hangs, and no more. Only a superuser can make one; the tests' server has one
        // with the same password.
        const QString role = QStringLiteral("watcher_") + QUuid::createUuid().toString(QUuid::Id128).left(12);
        DatabaseSettings superuser = settings();
        superuser.user = QStringLiteral("postgres");
        StoreFixture::run(superuser,
                          {QStringLiteral("CREATE ROLE %1 LOGIN PASSWORD '%2'").arg(role, superuser.password),
                           QStringLiteral("GRANT pg_read_all_stats TO %1").arg(role)},
                          nullptr);
        {
            Contender hanging(settings());
            QVERIFY(hanging.isHeld());
            DatabaseSettings watcher = settings();
            watcher.user = role;
            Contender standby(watcher, AtOnce);
            QTRY_VERIFY(!standby.tables.lock().value().obstacle.isEmpty());
            const RelayLock lock = standby.tables.lock().value();
            QVERIFY(!lock.isHeld);
            QVERIFY2(lock.obstacle.contains(QStringLiteral("pg_terminate_backend(")),
                     qPrintable(lock.obstacle));
            QCOMPARE(standby.tables.lock().value(), lock); // told once, as long as nothing changes
            QVERIFY(hanging.isAlive());
        }
        StoreFixture::run(superuser, {QStringLiteral("DROP ROLE ") + role}, nullptr);
    }

private:
    [[nodiscard]] const DatabaseSettings &settings() const { return m_fixture->settings(); }

    std::unique_ptr<StoreFixture> m_fixture;
};

QTEST_GUILESS_MAIN(RelayLockTest)
#include "RelayLockTest.moc"
