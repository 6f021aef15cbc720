// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/ColumnNotes.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace desk {
namespace {

QString keyOf(const EntityType &entity)
{
    return QStringLiteral("columns:") + entity.table;
}

struct Digits {
    int precision = 0;
    int scale = 0;
};

std::optional<Digits> digitsOf(const QString &noted)
{
    static const QRegularExpression decimal(QStringLiteral("^decimal\\((\\d+),(\\d+)\\)$"));
    const QRegularExpressionMatch match = decimal.match(noted);
    if (!match.hasMatch())
        return std::nullopt;
    return Digits{match.captured(1).toInt(), match.captured(2).toInt()};
}

} // namespace

Expected<QHash<QString, QString>> ColumnNotes::read(const EntityType &entity)
{
    Expected<SqlResult> result = m_session.run(QStringLiteral("SELECT value FROM catalog_meta WHERE key = ?"),
                                               {keyOf(entity)});
    if (!result)
        return tl::make_unexpected(result.error());
    QHash<QString, QString> notes;
    if (!result->next())
        return notes;
    const QJsonObject object = QJsonDocument::fromJson(result->value(0).toString().toUtf8()).object();
    for (auto note = object.begin(); note != object.end(); ++note)
        notes.insert(note.key(), note.value().toString());
    return notes;
}

Expected<> ColumnNotes::write(const EntityType &entity)
{
    QJsonObject object;
    for (const Column &column : entity.columns)
        object.insert(column.name, logicalType(column));
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO catalog_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                       "value = excluded.value"),
        {keyOf(entity), QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact))});
    if (!noted)
        return tl::make_unexpected(noted.error());
    return {};
}

bool ColumnNotes::keepsMeaning(const QString &noted, const Column &column)
{
    if (noted == logicalType(column))
        return true;
    switch (column.type) {
    case ColumnType::BigInteger:
        return noted == QLatin1String("integer");
    case ColumnType::Text:
        return noted == QLatin1String("enumeration");
    case ColumnType::Enumeration:
        return noted == QLatin1String("text");
    case ColumnType::Decimal: {
        const std::optional<Digits> before = digitsOf(noted);
        return before && column.scale >= before->scale
            && column.precision - column.scale >= before->precision - before->scale;
    }
    default:
        return false;
    }
}

int ColumnNotes::scaleOf(const QString &noted)
{
    const std::optional<Digits> digits = digitsOf(noted);
    return digits ? digits->scale : -1;
}

} // namespace desk
