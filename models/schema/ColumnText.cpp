// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnText.h"

#include "models/schema/ColumnLimits.h"
#include "models/schema/SensitiveNames.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

namespace desk {
namespace {

tl::unexpected<Error> invalid(const Column &column, const QString &sentence)
{
    return failure(ErrorCode::InvalidValue, QStringLiteral("%1: %2").arg(column.label, sentence), {},
                   column.name);
}

// What was typed or read, as a sentence can hold it.
QString shown(const Column &column, const QString &text)
{
    if (column.sensitive)
        return MaskedValue.toString();
    constexpr qsizetype Longest = 80;
    QString line = text.left(Longest + 1).simplified();
    if (line.size() <= Longest && text.size() <= Longest)
        return line;
    line.truncate(Longest);
    if (!line.isEmpty() && line.back().isHighSurrogate())
        line.chop(1);
    return line + u'…';
}

Expected<QVariant> integerFromText(const Column &column, const QString &text)
{
    static const QRegularExpression digits(QStringLiteral("^[+-]?[0-9]+$"));
    bool ok = false;
    const qint64 number = QLocale::c().toLongLong(text, &ok);
    if (!ok && digits.match(text).hasMatch())
        return invalid(column,
                       QStringLiteral("%1 is outside the range of this column (%2).")
                           .arg(shown(column, text), integerRange(column)));
    if (!ok)
        return invalid(column, QStringLiteral("\"%1\" is no whole number.").arg(shown(column, text)));
    if (const QString problem = integerProblem(column, number); !problem.isEmpty())
        return invalid(column, problem);
    return QVariant::fromValue(number);
}

// Hexadecimal, or base64 that says so: what is neither is not guessed at.
Expected<QVariant> bytesFromText(const Column &column, const QString &text)
{
    const QLatin1String prefix("base64:");
    if (text.startsWith(prefix)) {
        const QByteArray::FromBase64Result decoded = QByteArray::fromBase64Encoding(
            text.mid(prefix.size()).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return invalid(column, QStringLiteral("What follows \"base64:\" is no base64."));
        return QVariant(*decoded);
    }
    const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    if (bytes.size() * 2 != text.size())
        return invalid(column, QStringLiteral("Write bytes in hexadecimal (like 00ff), or as base64:AP8=."));
    return QVariant(bytes);
}

Expected<QVariant> decimalFromText(const Column &column, const QString &text)
{
    const std::optional<Decimal> number = Decimal::fromText(text);
    if (!number)
        return invalid(
            column, QStringLiteral("\"%1\" is no number. Write it like 1234.50.").arg(shown(column, text)));
    const std::optional<Decimal> scaled = number->normalised().rescaled(column.scale);
    if (!scaled) {
        return invalid(column,
                       number->normalised().scale() > column.scale
                           ? QStringLiteral("At most %1 decimals.").arg(column.scale)
                           : QStringLiteral("%1 has too many digits; at most %2.")
                                 .arg(shown(column, text))
                                 .arg(column.precision));
    }
    return QVariant::fromValue(*scaled);
}

Expected<QVariant> booleanFromText(const Column &column, const QString &text)
{
    const QString lower = text.toLower();
    for (const char *yes : {"true", "yes", "1", "t", "y", "x"}) {
        if (lower == QLatin1String(yes))
            return QVariant(true);
    }
    for (const char *no : {"false", "no", "0", "f", "n"}) {
        if (lower == QLatin1String(no))
            return QVariant(false);
    }
    return invalid(column, QStringLiteral("\"%1\" is neither true nor false.").arg(shown(column, text)));
}

Expected<QVariant> listFromText(const Column &column, const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return invalid(column, QStringLiteral("Write a list like [\"a\", \"b\"]."));
    const auto elements = listElements(column, document.array().toVariantList());
    if (!elements)
        return invalid(column, elements.error());
    return QVariant(*elements);
}

qsizetype codePoints(const QString &text)
{
    return std::count_if(text.cbegin(), text.cend(), [](QChar unit) { return !unit.isLowSurrogate(); });
}

Expected<> validateText(const Column &column, const QString &text)
{
    if (const QString problem = textProblem(text); !problem.isEmpty())
        return invalid(column, problem);
    const qsizetype length = codePoints(text);
    if (column.maximumLength && length > *column.maximumLength)
        return invalid(
            column,
            QStringLiteral("At most %1 characters; this has %2.").arg(*column.maximumLength).arg(length));
    if (column.minimumLength && length < *column.minimumLength)
        return invalid(
            column,
            QStringLiteral("At least %1 characters; this has %2.").arg(*column.minimumLength).arg(length));
    if (text.isEmpty())
        return {};
    if (!column.allowed.isEmpty() && !column.allowed.contains(text)) {
        return invalid(column,
                       column.allowed.size() <= 12
                           ? QStringLiteral("\"%1\" is not one of %2.")
                                 .arg(shown(column, text), column.allowed.join(QStringLiteral(", ")))
                           : QStringLiteral("\"%1\" is not one of the %2 values allowed (such as %3).")
                                 .arg(shown(column, text))
                                 .arg(column.allowed.size())
                                 .arg(column.allowed.first()));
    }
    if (!column.pattern.isEmpty()) {
        const QRegularExpression expression(QRegularExpression::anchoredPattern(column.pattern));
        if (!expression.match(text).hasMatch())
            return invalid(column,
                           QStringLiteral("\"%1\" does not fit the pattern %2.")
                               .arg(shown(column, text), column.pattern));
    }
    return {};
}

template <typename Number>
Expected<> validateBounds(const Column &column, const Number &value)
{
    if (column.minimum.isValid() && value < column.minimum.value<Number>())
        return invalid(column, QStringLiteral("At least %1.").arg(textOf(column, column.minimum)));
    if (column.maximum.isValid() && value > column.maximum.value<Number>())
        return invalid(column, QStringLiteral("At most %1.").arg(textOf(column, column.maximum)));
    return {};
}

bool isBlank(const QVariant &value)
{
    return !value.isValid() || (value.typeId() == QMetaType::QString && value.toString().trimmed().isEmpty());
}

} // namespace

QString textOf(const Column &column, const QVariant &value)
{
    if (!value.isValid() || value.isNull())
        return {};
    switch (column.type) {
    case ColumnType::Boolean:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case ColumnType::Decimal:
        return value.value<Decimal>().toText();
    case ColumnType::Timestamp:
        return value.toDateTime().toUTC().toString(Qt::ISODateWithMs);
    case ColumnType::Bytes:
        return QString::fromLatin1(value.toByteArray().toHex());
    case ColumnType::Double:
        return QLocale::c().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case ColumnType::List:
        return QString::fromUtf8(
            QJsonDocument(QJsonArray::fromVariantList(value.toList())).toJson(QJsonDocument::Compact));
    case ColumnType::Text:
    case ColumnType::Enumeration:
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        break;
    }
    return value.toString();
}

Expected<QVariant> valueFromText(const Column &column, const QString &text)
{
    if (column.type == ColumnType::Text)
        return column.nullable && text.isEmpty() ? QVariant() : QVariant(text);
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return column.nullable ? QVariant() : initialValue(column);

    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger: {
        Expected<QVariant> number = integerFromText(column, trimmed);
        if (number && column.isReference() && number->toLongLong() == 0)
            return QVariant();
        return number;
    }
    case ColumnType::Decimal:
        return decimalFromText(column, trimmed);
    case ColumnType::Boolean:
        return booleanFromText(column, trimmed);
    case ColumnType::Double: {
        bool ok = false;
        const double number = QLocale::c().toDouble(trimmed, &ok);
        if (!ok)
            return invalid(column, QStringLiteral("\"%1\" is no number.").arg(shown(column, trimmed)));
        if (const QString problem = floatingProblem(column, number); !problem.isEmpty())
            return invalid(column, problem);
        return QVariant(number);
    }
    case ColumnType::Timestamp: {
        const QDateTime time = QDateTime::fromString(trimmed, Qt::ISODateWithMs);
        if (!time.isValid())
            return invalid(column,
                           QStringLiteral("\"%1\" is no time. Write it like 2024-01-31T10:00:00Z.")
                               .arg(shown(column, trimmed)));
        if (const QString problem = timestampProblem(time.toUTC()); !problem.isEmpty())
            return invalid(column, problem);
        return QVariant(time.toUTC());
    }
    case ColumnType::Bytes:
        return bytesFromText(column, trimmed);
    case ColumnType::List:
        return listFromText(column, trimmed);
    case ColumnType::Enumeration:
        return QVariant(trimmed);
    case ColumnType::Text:
        break;
    }
    return QVariant(text);
}

Expected<> validateValue(const Column &column, const QVariant &value)
{
    if (column.required && isBlank(value))
        return invalid(column, QStringLiteral("Fill this in; it cannot be empty."));
    if (!value.isValid()) {
        if (column.nullable)
            return {};
        return invalid(column, QStringLiteral("This cannot be empty."));
    }
    switch (column.type) {
    case ColumnType::Text:
    case ColumnType::Enumeration:
        return validateText(column, value.toString());
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        if (const QString problem = integerProblem(column, value.toLongLong()); !problem.isEmpty())
            return invalid(column, problem);
        return validateBounds<qint64>(column, value.toLongLong());
    case ColumnType::Double:
        if (const QString problem = floatingProblem(column, value.toDouble()); !problem.isEmpty())
            return invalid(column, problem);
        return validateBounds<double>(column, value.toDouble());
    case ColumnType::Decimal: {
        const Decimal number = value.value<Decimal>();
        const QString digits = QString::number(std::abs(number.unscaled()));
        if (digits.size() > column.precision)
            return invalid(
                column,
                QStringLiteral("At most %1 digits before the point.").arg(column.precision - column.scale));
        return validateBounds<Decimal>(column, number);
    }
    case ColumnType::Timestamp:
        if (const QString problem = timestampProblem(value.toDateTime()); !problem.isEmpty())
            return invalid(column, problem);
        break;
    case ColumnType::List:
        if (const auto elements = listElements(column, value.toList()); !elements)
            return invalid(column, elements.error());
        break;
    case ColumnType::Boolean:
    case ColumnType::Bytes:
        break;
    }
    return {};
}

QVariant initialValue(const Column &column)
{
    if (column.nullable)
        return {};
    switch (column.type) {
    case ColumnType::Text:
        return QString();
    case ColumnType::Enumeration:
        return column.allowed.value(0);
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return QVariant::fromValue<qint64>(0);
    case ColumnType::Boolean:
        return false;
    case ColumnType::Double:
        return 0.0;
    case ColumnType::Decimal:
        return QVariant::fromValue(Decimal(0, column.scale));
    case ColumnType::Bytes:
        return QByteArray();
    case ColumnType::List:
        return QVariantList();
    case ColumnType::Timestamp:
        break;
    }
    return {};
}

bool sameValue(const QVariant &left, const QVariant &right)
{
    if (!left.isValid() || !right.isValid())
        return left.isValid() == right.isValid();
    if (left.typeId() == QMetaType::QString && right.typeId() == QMetaType::QString)
        return left.toString() == right.toString(); // QVariant tells a null string from an empty one
    return left == right;
}

} // namespace desk
