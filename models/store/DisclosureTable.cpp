// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/DisclosureTable.h"

#include <limits>

namespace desk {

Expected<> DisclosureTable::add(const Disclosure &disclosure)
{
    if (disclosure.author.isEmpty()) {
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("Nobody is named who wants to see the field, so it is not shown."));
    }
    const Expected<SqlResult> added = m_session.run(
        QStringLiteral("INSERT INTO catalog_disclosure (author, topic, partition, message_offset, field) "
                       "VALUES (?, ?, ?, ?, ?)"),
        {disclosure.author, disclosure.topic, disclosure.partition, disclosure.offset, disclosure.field});
    return added ? Expected<>() : tl::make_unexpected(added.error());
}

Expected<QList<Disclosure>> DisclosureTable::list(int limit, qint64 before)
{
    const bool isPostgreSql = m_session.kind() == DatabaseKind::PostgreSql;
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT number, author, topic, partition, message_offset, field, %1 "
                       "FROM catalog_disclosure WHERE number < ? ORDER BY number DESC LIMIT ?")
            .arg(isPostgreSql ? QStringLiteral("(extract(epoch FROM disclosed_at) * 1000)::bigint")
                              : QStringLiteral("disclosed_at")),
        {before > 0 ? before : std::numeric_limits<qint64>::max(), limit});
    if (!result)
        return tl::make_unexpected(result.error());
    QList<Disclosure> disclosures;
    while (result->next()) {
        Disclosure disclosure;
        disclosure.number = result->value(0).toLongLong();
        disclosure.author = result->value(1).toString();
        disclosure.topic = result->value(2).toString();
        disclosure.partition = result->value(3).toInt();
        disclosure.offset = result->value(4).toLongLong();
        disclosure.field = result->value(5).toString();
        disclosure.at = isPostgreSql ? QDateTime::fromMSecsSinceEpoch(result->value(6).toLongLong(), Qt::UTC)
                                     : QDateTime::fromString(result->value(6).toString(), Qt::ISODateWithMs);
        disclosures.append(disclosure);
    }
    return disclosures;
}

} // namespace desk
