// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PoisonTable.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

QString headersText(const Headers &headers)
{
    QJsonArray array;
    for (const auto &[name, value] : headers)
        array.append(QJsonArray{QString::fromUtf8(name), QString::fromLatin1(value.toBase64())});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

Headers headersFromText(const QString &text)
{
    Headers headers;
    for (const QJsonValue &entry : QJsonDocument::fromJson(text.toUtf8()).array()) {
        const QJsonArray header = entry.toArray();
        headers.append(
            {header.at(0).toString().toUtf8(), QByteArray::fromBase64(header.at(1).toString().toLatin1())});
    }
    return headers;
}

QVariant orNull(const std::optional<QByteArray> &bytes)
{
    if (!bytes)
        return QVariant(QMetaType::fromType<QByteArray>());
    return bytes->isNull() ? QByteArray("") : *bytes;
}

std::optional<QByteArray> bytesOf(const QVariant &value)
{
    return value.isValid() ? std::optional(value.toByteArray()) : std::nullopt;
}

} // namespace

Expected<> PoisonTable::keep(const TopicMessage &message, const QString &reason)
{
    Expected<SqlResult> kept = m_session.run(
        QStringLiteral(
            "INSERT INTO ingest_poison (topic, partition, message_offset, key, value, headers, "
            "message_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (topic, partition, message_offset) DO UPDATE SET reason = excluded.reason"),
        {message.topic, message.partition, message.offset, orNull(message.key), orNull(message.value),
         headersText(message.headers),
         message.at.isValid() ? QVariant(message.at.toMSecsSinceEpoch())
                              : QVariant(QMetaType::fromType<qint64>()),
         reason});
    return kept ? Expected<>() : tl::make_unexpected(kept.error());
}

Expected<> PoisonTable::setReason(qint64 id, const QString &reason)
{
    Expected<SqlResult> set = m_session.run(
        QStringLiteral("UPDATE ingest_poison SET reason = ? WHERE id = ?"), {reason, id});
    return set ? Expected<>() : tl::make_unexpected(set.error());
}

Expected<> PoisonTable::remove(qint64 id)
{
    Expected<SqlResult> removed = m_session.run(QStringLiteral("DELETE FROM ingest_poison WHERE id = ?"),
                                                {id});
    if (!removed)
        return tl::make_unexpected(removed.error());
    if (removed->rowsAffected() == 0)
        return failure(ErrorCode::NotFound, QStringLiteral("There is no poison message %1.").arg(id));
    return {};
}

Expected<QList<PoisonMessage>> PoisonTable::list(int limit)
{
    const QString keptAt = m_session.kind() == DatabaseKind::PostgreSql
        ? QStringLiteral("(extract(epoch FROM kept_at) * 1000)::bigint")
        : QStringLiteral("kept_at");
    Expected<SqlResult> result = m_session.run(
        QStringLiteral(
            "SELECT id, topic, partition, message_offset, key, value, headers, message_at, reason, "
            "%1 FROM ingest_poison ORDER BY id LIMIT ?")
            .arg(keptAt),
        {limit});
    if (!result)
        return tl::make_unexpected(result.error());
    QList<PoisonMessage> messages;
    while (result->next()) {
        PoisonMessage poison;
        poison.id = result->value(0).toLongLong();
        TopicMessage &message = poison.message;
        message.topic = result->value(1).toString();
        message.partition = result->value(2).toInt();
        message.offset = result->value(3).toLongLong();
        message.key = bytesOf(result->value(4));
        message.value = bytesOf(result->value(5));
        message.headers = headersFromText(result->value(6).toString());
        if (const QVariant at = result->value(7); at.isValid())
            message.at = QDateTime::fromMSecsSinceEpoch(at.toLongLong(), Qt::UTC);
        poison.reason = result->value(8).toString();
        poison.keptAt = m_session.kind() == DatabaseKind::PostgreSql
            ? QDateTime::fromMSecsSinceEpoch(result->value(9).toLongLong(), Qt::UTC)
            : QDateTime::fromString(result->value(9).toString(), Qt::ISODateWithMs);
        messages.append(poison);
    }
    return messages;
}

Expected<qint64> PoisonTable::count()
{
    Expected<SqlResult> result = m_session.run(QStringLiteral("SELECT count(*) FROM ingest_poison"));
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : 0;
}

Expected<> PoisonTable::drop(const QList<qint64> &ids)
{
    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    for (const qint64 id : ids) {
        if (Expected<> removed = remove(id); !removed)
            return removed;
    }
    return transaction.commit();
}

} // namespace desk
