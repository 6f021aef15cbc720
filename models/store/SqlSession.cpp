// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlSession.h"

#include <QAtomicInteger>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>

#include <sqlite3.h>

Q_LOGGING_CATEGORY(storeLog, "catalog.store", QtInfoMsg)

namespace desk {
namespace {

constexpr int connectSeconds = 8;
// A network that is gone says nothing: without these a question would wait for its answer for hours. Twenty-five
// seconds without a sign from the server's computer, and the connection is taken for lost.
constexpr auto watchfulness
    = "keepalives_idle=10;keepalives_interval=5;keepalives_count=3;tcp_user_timeout=25000";

template <typename Handle>
Handle *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    return handle.isValid() ? *static_cast<Handle *const *>(handle.constData()) : nullptr;
}

bool isThisHost(const QString &host)
{
    return host.isEmpty() || host == QLatin1String("localhost") || host.startsWith(QLatin1String("127."))
        || host == QLatin1String("::1") || host.startsWith(u'/');
}

// What libpq says at connecting comes without a code, only as text in the server's or libc's words.
Error connectError(const QString &text, const QString &place, const DatabaseSettings &settings)
{
    const auto says = [&](const char *words) {
        return text.contains(QLatin1String(words), Qt::CaseInsensitive);
    };
    if (says("password authentication failed") || says("no password supplied"))
        return {ErrorCode::Unauthorised,
                QStringLiteral("%1 does not accept this user and password.").arg(place),
                text,
                {}};
    if (says("no pg_hba.conf entry"))
        return {ErrorCode::Unauthorised,
                QStringLiteral("%1 does not let this user in from here; its administrator must allow it.")
                    .arg(place),
                text,
                {}};
    if (says("does not exist") && says("database"))
        return {
            ErrorCode::NotFound,
            QStringLiteral("%1: there is no such database on this server. Create it, or correct the name.")
                .arg(place),
            text,
            {}};
    if (says("role") && says("does not exist"))
        return {ErrorCode::Unauthorised,
                QStringLiteral("%1: the server knows no such user.").arg(place),
                text,
                {}};
    if (says("could not translate host name") || says("Name or service not known"))
        return {ErrorCode::Unreachable,
                QStringLiteral("%1: there is no host of that name. Check the spelling, or the network.")
                    .arg(place),
                text,
                {}};
    if (says("Connection refused"))
        return {ErrorCode::Unreachable,
                QStringLiteral("%1: nothing answers at %2:%3. Is the server running?")
                    .arg(place, settings.host)
                    .arg(settings.port),
                text,
                {}};
    if (says("timeout") || says("timed out"))
        return {ErrorCode::Unreachable,
                QStringLiteral("%1 did not answer within %2 seconds.").arg(place).arg(connectSeconds),
                text,
                {}};
    if (says("certificate") || says("SSL"))
        return {
            ErrorCode::Unreachable,
            QStringLiteral(
                "%1: no trusted encrypted connection could be made. Check the certificate or the TLS mode.")
                .arg(place),
            text,
            {}};
    return {ErrorCode::Unreachable, QStringLiteral("%1 cannot be reached.").arg(place), text, {}};
}

// The first line of what the server says, without the word that only says it is an error.
QString serverSays(const QSqlError &error)
{
    QString text = error.databaseText().section(u'\n', 0, 0);
    if (text.startsWith(QLatin1String("ERROR:")))
        text = text.mid(6).trimmed();
    return text.endsWith(u'.') && !text.endsWith(QLatin1String("..")) ? text.chopped(1) : text;
}

} // namespace

SqlResult::SqlResult(std::unique_ptr<QSqlQuery> query, SqlSession &session, QString sql)
    : m_query(std::move(query))
    , m_session(&session)
    , m_sql(std::move(sql))
{ }

SqlResult::~SqlResult()
{
    if (!m_query)
        return;
    m_query->finish();
    auto &kept = m_session->m_statements;
    if (kept.size() >= SqlSession::KeptStatements)
        kept.clear();
    kept[m_sql] = std::move(m_query);
}

QVariant SqlResult::value(int index) const
{
    return m_query->isNull(index) ? QVariant() : m_query->value(index);
}

Expected<> SqlResult::finished() const
{
    if (m_query->lastError().isValid())
        return tl::make_unexpected(m_session->errorFrom(*m_query));
    return {};
}

SqlSession::SqlSession(const DatabaseSettings &settings) : m_kind(settings.kind), m_place(settings.toText())
{
    static QAtomicInteger<quint64> number = 0;
    m_connectionName = QStringLiteral("catalog-%1").arg(++number);
    m_database = QSqlDatabase::addDatabase(m_kind == DatabaseKind::PostgreSql ? QStringLiteral("QPSQL")
                                                                              : QStringLiteral("QSQLITE"),
                                           m_connectionName);
}

SqlSession::~SqlSession()
{
    {
        const std::lock_guard guard(m_cancelLock);
        if (m_kind == DatabaseKind::PostgreSql && m_cancelHandle)
            PQfreeCancel(static_cast<PGcancel *>(m_cancelHandle));
        m_cancelHandle = nullptr;
    }
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connectionName);
}

Expected<std::unique_ptr<SqlSession>> SqlSession::open(const DatabaseSettings &settings)
{
    std::unique_ptr<SqlSession> session(new SqlSession(settings));
    const Expected<> connected = session->connect(settings);
    if (!connected)
        return tl::make_unexpected(connected.error());
    return session;
}

Expected<> SqlSession::connect(const DatabaseSettings &settings)
{
    if (!m_database.isValid())
        return failure(
            ErrorCode::NotSupported,
            QStringLiteral("The Qt database driver for %1 is not installed.").arg(m_database.driverName()));
    if (m_kind == DatabaseKind::Sqlite) {
        if (!QDir().mkpath(QFileInfo(settings.path).absolutePath()))
            return failure(ErrorCode::NoAccess,
                           QStringLiteral("The folder of %1 cannot be made.").arg(settings.path));
        const QFileInfo file(settings.path);
        const bool isReadOnly = file.isFile() && !file.isWritable();
        // Where not even the folder can be written, SQLite must be told that nobody else changes the file;
        // otherwise it wants to make one beside it to find out.
        const bool isFixed = isReadOnly && !QFileInfo(file.absolutePath()).isWritable()
            && !QFileInfo::exists(settings.path + QStringLiteral("-wal"));
        QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
        if (isReadOnly)
            options += QStringLiteral(";QSQLITE_OPEN_READONLY");
        if (isFixed)
            options += QStringLiteral(";QSQLITE_OPEN_URI");
        const QByteArray url = QUrl::fromLocalFile(file.absoluteFilePath()).toEncoded();
        m_database.setDatabaseName(isFixed ? QString::fromLatin1(url) + QStringLiteral("?immutable=1")
                                           : settings.path);
        m_database.setConnectOptions(options);
    } else {
        m_database.setHostName(settings.host);
        m_database.setPort(settings.port);
        m_database.setDatabaseName(settings.name);
        m_database.setUserName(settings.user);
        m_database.setPassword(settings.password);
        const QString mode = !settings.sslMode.isEmpty() ? settings.sslMode
            : isThisHost(settings.host)                  ? QStringLiteral("prefer")
                                                         : QStringLiteral("verify-full");
        m_database.setConnectOptions(
            QStringLiteral("connect_timeout=%1;sslmode=%2;application_name=catalog-desk;%3")
                .arg(connectSeconds)
                .arg(mode, QLatin1String(watchfulness)));
    }
    if (!m_database.open()) {
        const QString text = m_database.lastError().text();
        if (m_kind == DatabaseKind::Sqlite)
            return failure(ErrorCode::NoAccess,
                           QStringLiteral("The database file %1 cannot be opened: %2.")
                               .arg(settings.path, m_database.lastError().driverText()),
                           text);
        return tl::make_unexpected(connectError(text, m_place, settings));
    }

    if (m_kind == DatabaseKind::Sqlite) {
        m_cancelHandle = handleOf<sqlite3>(m_database);
        // WAL: readers and the relay go on while someone writes. FULL: what is committed survives power loss.
        const Expected<> set = runScript(
            QStringLiteral("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"));
        // A file that can only be read, or a full disk, is still good for reading.
        if (!set
            && ((set.error().code != ErrorCode::InputOutput && set.error().code != ErrorCode::NoAccess)
                || !runScript(QStringLiteral("SELECT count(*) FROM sqlite_master"))))
            return set;
        return {};
    }
    m_cancelHandle = PQgetCancel(handleOf<PGconn>(m_database));
    m_ahead = std::make_unique<SqlPipeline>(handleOf<PGconn>(m_database));
    PQsetNoticeReceiver(
        handleOf<PGconn>(m_database), [](void *, const PGresult *) {}, nullptr);
    return runScript(QStringLiteral("SET client_min_messages = warning; SET timezone = 'UTC'; "
                                    "SET default_transaction_isolation = 'read committed';"));
}

Expected<SqlResult> SqlSession::run(const QString &sql, const QVariantList &values, Fetching fetching)
{
    settleAhead();
    std::unique_ptr<QSqlQuery> query;
    if (const auto kept = m_statements.find(sql); kept != m_statements.end()) {
        query = std::move(kept->second);
        m_statements.erase(kept);
    } else {
        query = std::make_unique<QSqlQuery>(m_database);
        query->setForwardOnly(fetching == Fetching::Streaming || m_kind == DatabaseKind::Sqlite);
        query->setNumericalPrecisionPolicy(QSql::HighPrecision); // decimals come as text, exact
        if (!query->prepare(sql))
            return tl::make_unexpected(errorFrom(*query));
    }
    for (int index = 0; index < values.size(); ++index)
        query->bindValue(index, values[index]);
    if (!query->exec())
        return tl::make_unexpected(errorFrom(*query));
    return SqlResult(std::move(query), *this, sql);
}

// On the bare connection: the Qt driver would answer with the first statement's result and keep the others'
// errors to itself.
Expected<> SqlSession::runScript(const QString &sql)
{
    const QByteArray statements = sql.toUtf8();
    if (m_kind == DatabaseKind::Sqlite) {
        auto *handle = handleOf<sqlite3>(m_database);
        char *message = nullptr;
        const int code = sqlite3_exec(handle, statements.constData(), nullptr, nullptr, &message);
        if (code == SQLITE_OK)
            return {};
        const QString text = QString::fromUtf8(message);
        sqlite3_free(message);
        return tl::make_unexpected(
            errorFrom(QSqlError({}, text, QSqlError::StatementError, QString::number(code))));
    }
    settleAhead();
    const PgResult result(PQexec(handleOf<PGconn>(m_database), statements.constData()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return {};
    return tl::make_unexpected(errorFrom(
        QSqlError({}, QString::fromUtf8(PQresultErrorMessage(result.get())), QSqlError::StatementError,
                  QString::fromUtf8(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE)))));
}

Expected<> SqlSession::copyIn(const QString &sql, const QByteArray &lines)
{
    settleAhead();
    PGconn *connection = handleOf<PGconn>(m_database);
    const auto errorOf = [&](const PGresult *result) {
        const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
        return errorFrom(QSqlError({}, QString::fromUtf8(PQerrorMessage(connection)),
                                   QSqlError::StatementError, QString::fromLatin1(state)));
    };
    const PgResult started(PQexec(connection, sql.toUtf8().constData()));
    if (PQresultStatus(started.get()) != PGRES_COPY_IN)
        return tl::make_unexpected(errorOf(started.get()));
    constexpr qsizetype AtOnce = 1 << 20; // bytes
    for (qsizetype from = 0; from < lines.size(); from += AtOnce) {
        const auto size = int(std::min(AtOnce, lines.size() - from));
        if (PQputCopyData(connection, lines.constData() + from, size) != 1)
            break; // what went wrong is told at the end
    }
    PQputCopyEnd(connection, nullptr);
    std::optional<Error> problem;
    while (const PgResult result{PQgetResult(connection)}) {
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && !problem)
            problem = errorOf(result.get());
    }
    if (problem)
        return tl::make_unexpected(*problem);
    return isConnectionLost() ? tl::make_unexpected(errorOf(nullptr)) : Expected<>();
}

void SqlSession::settleAhead()
{
    if (m_ahead)
        m_ahead->settle();
}

Expected<PgResult> SqlSession::takeAhead()
{
    PgResult result = m_ahead->take();
    if (PQresultStatus(result.get()) == PGRES_TUPLES_OK)
        return result;
    const char *state = result ? PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) : nullptr;
    const char *message = result ? PQresultErrorMessage(result.get())
                                 : PQerrorMessage(handleOf<PGconn>(m_database));
    return tl::make_unexpected(errorFrom(
        QSqlError({}, QString::fromUtf8(message), QSqlError::StatementError, QString::fromLatin1(state))));
}

Expected<> SqlSession::begin()
{
    // IMMEDIATE takes SQLite's write lock now, where waiting for it is possible.
    return runScript(m_kind == DatabaseKind::Sqlite ? QStringLiteral("BEGIN IMMEDIATE")
                                                    : QStringLiteral("BEGIN"));
}

Expected<> SqlSession::commit()
{
    // PostgreSQL answers COMMIT of a failed transaction with a rollback, and calls that a success.
    if (m_kind == DatabaseKind::PostgreSql
        && PQtransactionStatus(handleOf<PGconn>(m_database)) == PQTRANS_INERROR)
        return failure(ErrorCode::Database, QStringLiteral("The transaction had failed; nothing was saved."));
    return runScript(QStringLiteral("COMMIT"));
}

void SqlSession::rollback()
{
    // Fails when the connection is gone; then the server has rolled back.
    if (const Expected<> rolledBack = runScript(QStringLiteral("ROLLBACK")); !rolledBack)
        qCInfo(storeLog).noquote() << "Rolling back:" << rolledBack.error().detail;
}

void SqlSession::cancel()
{
    const std::lock_guard guard(m_cancelLock);
    if (!m_cancelHandle)
        return;
    if (m_kind == DatabaseKind::Sqlite) {
        sqlite3_interrupt(static_cast<sqlite3 *>(m_cancelHandle));
    } else {
        char why[256];
        PQcancel(static_cast<PGcancel *>(m_cancelHandle), why, sizeof why);
    }
}

bool SqlSession::isConnectionLost() const
{
    if (m_kind == DatabaseKind::Sqlite)
        return false;
    const PGconn *connection = handleOf<PGconn>(m_database);
    return !connection || PQstatus(connection) != CONNECTION_OK;
}

Error SqlSession::errorFrom(const QSqlQuery &query) const
{
    return errorFrom(query.lastError());
}

Error SqlSession::errorFrom(const QSqlError &error) const
{
    const bool isSqlite = m_kind == DatabaseKind::Sqlite;
    // SQLite's extended codes carry the plain one in their low byte.
    const QString code = isSqlite ? QString::number(error.nativeErrorCode().toInt() & 0xff)
                                  : error.nativeErrorCode();
    const QString detail = QStringLiteral("%1 (%2)").arg(error.databaseText(), code);
    if (isConnectionLost())
        return {ErrorCode::Unreachable,
                QStringLiteral("The connection to %1 was lost.").arg(m_place),
                detail,
                {}};
    if (m_kind == DatabaseKind::PostgreSql) {
        if (code == QLatin1String("57014"))
            return {ErrorCode::Cancelled, QStringLiteral("Cancelled."), detail, {}};
        if (code == QLatin1String("42501"))
            return {ErrorCode::Unauthorised,
                    QStringLiteral("This user may not do that on %1: %2.").arg(m_place, serverSays(error)),
                    detail,
                    {}};
        if (code == QLatin1String("53100"))
            return {ErrorCode::InputOutput,
                    QStringLiteral("The disk of %1 is full; nothing was saved.").arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("40P01") || code == QLatin1String("40001"))
            return {ErrorCode::Conflict,
                    QStringLiteral("Another program was changing the same records; try again."),
                    detail,
                    {}};
        if (code == QLatin1String("22021") || code == QLatin1String("22P05"))
            return {ErrorCode::InvalidValue,
                    QStringLiteral("A text holds characters the database cannot keep."),
                    detail,
                    {}};
        // Data exceptions and broken constraints: it is this row's fault, and trying again will not help.
        if (code.startsWith(QLatin1String("22")) || code.startsWith(QLatin1String("23")))
            return {ErrorCode::InvalidValue,
                    QStringLiteral("The database refused this: %1.").arg(serverSays(error)),
                    detail,
                    {}};
        if (code == QLatin1String("P0001"))
            return {ErrorCode::Database, serverSays(error) + u'.', detail, {}};
    } else {
        if (code == QLatin1String("9"))
            return {ErrorCode::Cancelled, QStringLiteral("Cancelled."), detail, {}};
        if (code == QLatin1String("13"))
            return {ErrorCode::InputOutput,
                    QStringLiteral("The disk of %1 is full; nothing was saved.").arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("5") || code == QLatin1String("6"))
            return {ErrorCode::Unreachable,
                    QStringLiteral("Another program is writing to %1; try again.").arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("8"))
            return {ErrorCode::NoAccess,
                    QStringLiteral("%1 can only be read; nothing was saved.").arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("14") || code == QLatin1String("3"))
            return {ErrorCode::NoAccess,
                    QStringLiteral("The database file %1 cannot be opened. Check its folder and rights.")
                        .arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("10"))
            return {ErrorCode::InputOutput,
                    QStringLiteral("%1 could not be read or written; nothing was saved. Check the disk.")
                        .arg(m_place),
                    detail,
                    {}};
        if (code == QLatin1String("11") || code == QLatin1String("26"))
            return {code == QLatin1String("26") ? ErrorCode::NoAccess : ErrorCode::Database,
                    QStringLiteral("%1 is damaged or no database.").arg(m_place),
                    detail,
                    {}};
        // A broken constraint, too big, the wrong type: the row's own fault, as above.
        if (code == QLatin1String("19") || code == QLatin1String("18") || code == QLatin1String("20"))
            return {ErrorCode::InvalidValue,
                    QStringLiteral("The database refused this: %1.").arg(serverSays(error)),
                    detail,
                    {}};
    }
    qCWarning(storeLog).noquote() << code << error.driverText();
    return {ErrorCode::Database,
            QStringLiteral("The database refused this: %1.").arg(serverSays(error)),
            detail,
            {}};
}

} // namespace desk
