// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlDialect.h"

#include "models/store/PostgreSqlDialect.h"
#include "models/store/SqliteDialect.h"

#include <QFile>

namespace desk {

std::unique_ptr<const SqlDialect> SqlDialect::forKind(DatabaseKind kind)
{
    if (kind == DatabaseKind::PostgreSql)
        return std::make_unique<PostgreSqlDialect>();
    return std::make_unique<SqliteDialect>();
}

QVariant SqlDialect::idToSql(const EntityType &entity, const RecordId &id) const
{
    return entity.hasTextId() ? QVariant(id) : QVariant::fromValue(id.toLongLong());
}

QString SqlDialect::likePattern(const QString &text)
{
    QString escaped = text;
    for (const QChar special : {u'\\', u'%', u'_'})
        escaped.replace(special, QStringLiteral("\\") + special);
    return u'%' + escaped + u'%';
}

QString SqlDialect::read(const QString &file)
{
    QFile source(QStringLiteral(":/sql/") + file);
    const bool opened = source.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "SqlDialect", "the SQL files are compiled in");
    return opened ? QString::fromUtf8(source.readAll()) : QString();
}

QString SqlDialect::fill(const QString &file, const QMap<QString, QString> &names)
{
    QString sql = read(file);
    for (auto name = names.cbegin(); name != names.cend(); ++name)
        sql.replace(u'{' + name.key() + u'}', name.value());
    return sql;
}

} // namespace desk
