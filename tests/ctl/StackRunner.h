// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ctl/CtlRunner.h"
#include "tests/store/StoreFixture.h"

#include <QDateTime>

namespace desk {

// catalogctl on a fresh PostgreSQL database and the real broker. begin() says what is missing.
class StackRunner : public CtlRunner
{
public:
    // Empty, or why the test cannot run.
    QString begin()
    {
        for (const char *name : {"DATABASE_URL", "BOOTSTRAP_SERVERS"}) {
            if (qEnvironmentVariableIsEmpty(name))
                return QStringLiteral(
                           "%1 is not set: this test talks to real servers. \"./dev test\" starts them.")
                    .arg(QLatin1String(name));
        }
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::PostgreSql);
        database = m_fixture->settings().toUrl();
        environment.insert(QStringLiteral("DATABASE_PASSWORD"), m_fixture->settings().password);
        environment.insert(QStringLiteral("BOOTSTRAP_SERVERS"), qEnvironmentVariable("BOOTSTRAP_SERVERS"));
        m_begun = QDateTime::currentDateTimeUtc();
        return {};
    }

    // The same database for programs that know nothing of DATABASE_PASSWORD.
    [[nodiscard]] QString databaseWithPassword() const
    {
        QUrl url(database);
        url.setPassword(m_fixture->settings().password, QUrl::DecodedMode);
        return url.toString(QUrl::FullyEncoded);
    }
    // The first value of a statement's result.
    QString sql(const QString &statement) const { return m_fixture->sql({statement}).value(0); }
    [[nodiscard]] QString databaseId() const
    {
        return sql(QStringLiteral("SELECT value FROM catalog_meta WHERE key = 'database_id'"));
    }

    // This database's events on a topic, `count` of them, as "consume --json" prints them.
    CtlResult consume(const QString &topic, qsizetype count) const
    {
        return run({QStringLiteral("consume"), topic, QStringLiteral("--from"),
                    m_begun.toString(Qt::ISODateWithMs), QStringLiteral("--count"), QString::number(count),
                    QStringLiteral("--timeout"), QStringLiteral("60"), QStringLiteral("--json")});
    }

private:
    std::unique_ptr<StoreFixture> m_fixture;
    QDateTime m_begun;
};

} // namespace desk
