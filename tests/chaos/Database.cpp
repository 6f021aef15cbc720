// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Database.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

namespace desk::chaos {
namespace {

std::optional<Fields> fieldsOfImage(const QVariant &image)
{
    const QJsonObject object = QJsonDocument::fromJson(image.toString().toUtf8()).object();
    if (image.isNull())
        return {};
    Fields fields;
    for (const QString name : {"id", "name", "stock", "note"}) {
        const QString text = object[name].toVariant().toString();
        fields.insert(name, text.isEmpty() && name == QLatin1String("stock") ? QStringLiteral("0") : text);
    }
    return fields;
}

} // namespace

Database::Database(const DatabaseSettings &settings)
    : m_settings(settings)
    , m_name(QUuid::createUuid().toString())
    , m_database(QSqlDatabase::addDatabase(
          isPostgreSql() ? QStringLiteral("QPSQL") : QStringLiteral("QSQLITE"), m_name))
{
    m_database.setHostName(settings.host);
    m_database.setPort(settings.port);
    m_database.setUserName(settings.user);
    m_database.setPassword(settings.password);
    m_database.setDatabaseName(isPostgreSql() ? settings.name : settings.path);
    m_database.setConnectOptions(isPostgreSql() ? QStringLiteral("connect_timeout=5")
                                                : QStringLiteral("QSQLITE_BUSY_TIMEOUT=20000"));
}

Database::~Database()
{
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

bool Database::open()
{
    m_database.close();
    return m_database.open();
}

bool Database::exec(const QString &statement, const QVariantList &values, int *affected)
{
    QSqlQuery query(m_database);
    bool isDone = false;
    if (values.isEmpty()) {
        isDone = query.exec(statement);
    } else {
        isDone = query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        isDone = isDone && query.exec();
    }
    m_lastError = query.lastError().text();
    if (affected)
        *affected = query.numRowsAffected();
    return isDone;
}

QList<QVariantList> Database::rows(const QString &text)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!m_database.isOpen() && !open())
        qFatal("%s", qPrintable(m_database.lastError().text()));
    if (!query.exec(text)) {
        // A server that was restarted has ended the connection.
        query = QSqlQuery();
        if (!open())
            qFatal("%s", qPrintable(m_database.lastError().text()));
        query = QSqlQuery(m_database);
        if (!query.exec(text))
            qFatal("%s: %s", qPrintable(text), qPrintable(query.lastError().text()));
    }
    QList<QVariantList> rows;
    while (query.next()) {
        QVariantList row;
        for (int column = 0; column < query.record().count(); ++column)
            row.append(query.value(column));
        rows.append(row);
    }
    return rows;
}

QList<Change> Database::journal()
{
    const QString text = isPostgreSql()
        ? QStringLiteral(
            "SELECT journal.sequence, coalesce(position, 0), entity, record_id, operation, version, "
            "coalesce(before::text, ''), coalesce(after::text, ''), origin FROM journal "
            "LEFT JOIN (SELECT sequence + step AS sequence, position + step AS position FROM journal_run, "
            "generate_series(0, entries - 1) AS step) AS stamped USING (sequence) ORDER BY sequence")
        : QStringLiteral("SELECT sequence, sequence, entity, record_id, operation, version, "
                         "coalesce(before, ''), coalesce(after, ''), origin FROM journal ORDER BY sequence");
    QList<Change> journal;
    for (const QVariantList &row : rows(text)) {
        Change change;
        change.sequence = row[0].toLongLong();
        change.position = row[1].toLongLong();
        change.entity = row[2].toString();
        change.id = row[3].toString();
        change.operation = row[4].toString();
        change.version = row[5].toLongLong();
        if (!row[6].toString().isEmpty())
            change.before = fieldsOfImage(row[6]);
        if (!row[7].toString().isEmpty())
            change.after = fieldsOfImage(row[7]);
        change.origin = row[8].toString();
        journal.append(change);
    }
    return journal;
}

QList<Row> Database::records(const QString &entity)
{
    QList<Row> records;
    for (const QVariantList &row :
         rows(QStringLiteral(
                  "SELECT id, version, coalesce(name, ''), coalesce(stock, 0), coalesce(note, '') FROM ")
              + entity)) {
        records.append({entity,
                        row[0].toString(),
                        row[1].toLongLong(),
                        {{"id", row[0].toString()},
                         {"name", row[2].toString()},
                         {"stock", row[3].toString()},
                         {"note", row[4].toString()}}});
    }
    return records;
}

QString Database::id()
{
    return value(QStringLiteral("SELECT value FROM catalog_meta WHERE key = 'database_id'")).toString();
}

QSet<qint64> Database::refused()
{
    QSet<qint64> positions;
    for (const QVariantList &row : rows(QStringLiteral("SELECT position FROM relay_refused")))
        positions.insert(row[0].toLongLong());
    return positions;
}

std::set<Place> Database::poison()
{
    std::set<Place> places;
    for (const QVariantList &row :
         rows(QStringLiteral("SELECT topic, partition, message_offset FROM ingest_poison")))
        places.insert({row[0].toString(), row[1].toInt(), row[2].toLongLong()});
    return places;
}

bool Database::isPublished()
{
    const QString text = isPostgreSql()
        ? QStringLiteral(
            "SELECT (SELECT cursor FROM relay_state) >= (SELECT last_position FROM "
            "journal_horizon) AND (SELECT count(*) FROM journal) = (SELECT coalesce(sum(entries), 0) FROM "
            "journal_run)")
        : QStringLiteral("SELECT (SELECT cursor FROM relay_state) >= (SELECT coalesce(max(sequence), 0) FROM "
                         "journal)");
    return value(text).toBool();
}

QMap<std::pair<QString, int>, qint64> Database::positions()
{
    QMap<std::pair<QString, int>, qint64> positions;
    for (const QVariantList &row :
         rows(QStringLiteral("SELECT topic, partition, next_offset FROM ingest_position")))
        positions.insert({row[0].toString(), row[1].toInt()}, row[2].toLongLong());
    return positions;
}

} // namespace desk::chaos
