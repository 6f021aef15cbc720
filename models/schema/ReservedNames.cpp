// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ReservedNames.h"

#include <QSet>
#include <QStringList>

namespace desk {
namespace {

// What PostgreSQL or SQLite does not take as a name without quotes.
constexpr char sqlWords[]
    = "add all alter analyse analyze and any array as asc asymmetric authorization autoincrement "
      "between binary both case cast check collate collation column commit concurrently constraint "
      "create cross current_catalog current_date current_role current_schema current_time "
      "current_timestamp current_user default deferrable delete desc distinct do drop else end escape "
      "except exists false fetch for foreign freeze from full grant group having if ilike in index "
      "initially inner insert intersect into is isnull join lateral leading left like limit localtime "
      "localtimestamp natural not nothing notnull null offset on only or order outer overlaps placing "
      "primary raise references returning right select session_user set similar some symmetric "
      "system_user table tablesample then to trailing transaction true union unique update user using "
      "values variadic verbose when where window with ";

bool isSqlWord(const QString &name)
{
    static const QSet<QString> words = [] {
        const QStringList list = QString::fromLatin1(sqlWords).split(u' ', Qt::SkipEmptyParts);
        return QSet<QString>(list.cbegin(), list.cend());
    }();
    return words.contains(name);
}

} // namespace

bool isReservedColumnName(const QString &name)
{
    static const QSet<QString> system{
        QStringLiteral("oid"),   QStringLiteral("ctid"),     QStringLiteral("xmin"),
        QStringLiteral("xmax"),  QStringLiteral("cmin"),     QStringLiteral("cmax"),
        QStringLiteral("rowid"), QStringLiteral("tableoid"), QStringLiteral("_rowid_"),
    };
    return isSqlWord(name) || system.contains(name) || name.startsWith(QLatin1String("catalog_"));
}

bool isReservedTableName(const QString &name)
{
    static const QSet<QString> ours{
        QStringLiteral("journal"),          QStringLiteral("journal_run"),
        QStringLiteral("journal_position"), // of databases from before
        QStringLiteral("journal_horizon"),  QStringLiteral("writer"),      QStringLiteral("id_sequence"),
        QStringLiteral("new_rows"),         QStringLiteral("old_rows"),
    };
    if (isSqlWord(name) || ours.contains(name))
        return true;
    for (const char *prefix : {"pg_", "sqlite_", "catalog_", "relay_", "ingest_"}) {
        if (name.startsWith(QLatin1String(prefix)))
            return true;
    }
    return false;
}

} // namespace desk
