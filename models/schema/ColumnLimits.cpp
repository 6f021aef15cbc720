// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnLimits.h"

#include <google/protobuf/descriptor.h>

#include <QDateTime>

#include <cmath>
#include <limits>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;

std::pair<qint64, qint64> rangeOf(const Column &column)
{
    switch (column.field()->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
        return {std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max()};
    case FieldDescriptor::CPPTYPE_UINT32:
        return {0, std::numeric_limits<quint32>::max()};
    case FieldDescriptor::CPPTYPE_UINT64:
        return {0, std::numeric_limits<qint64>::max()};
    default:
        return {std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()};
    }
}

bool isNumeric(const QVariant &value)
{
    const int type = value.typeId();
    return type == QMetaType::LongLong || type == QMetaType::Int || type == QMetaType::Double;
}

// In place; the reason otherwise.
QString readElement(const Column &column, QVariant &value)
{
    const FieldDescriptor &field = *column.field();
    const bool isText = value.typeId() == QMetaType::QString;
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
        if (!isText)
            return QStringLiteral("is no text.");
        const QString text = value.toString();
        if (field.type() != FieldDescriptor::TYPE_BYTES)
            return textProblem(text);
        const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
        return bytes.size() * 2 == text.size() ? QString() : QStringLiteral("is not written in hexadecimal.");
    }
    case FieldDescriptor::CPPTYPE_BOOL:
        return value.typeId() == QMetaType::Bool ? QString() : QStringLiteral("is neither true nor false.");
    case FieldDescriptor::CPPTYPE_ENUM:
        return isText && field.enum_type()->FindValueByName(value.toString().toStdString())
            ? QString()
            : QStringLiteral("is not one of the values allowed.");
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
        if (!isNumeric(value))
            return QStringLiteral("is no number.");
        value = value.toDouble();
        return floatingProblem(column, value.toDouble());
    default:
        break;
    }
    constexpr double exact = 9.2e18; // doubles past this do not fit a whole number
    const double number = value.toDouble();
    if (!isNumeric(value) || std::floor(number) != number || std::abs(number) > exact * 1.01)
        return QStringLiteral("is no whole number.");
    if (value.typeId() == QMetaType::Double && std::abs(number) > exact)
        return QStringLiteral("is outside %1.").arg(integerRange(column));
    value = QVariant::fromValue(value.toLongLong());
    return integerProblem(column, value.toLongLong());
}

} // namespace

QString integerRange(const Column &column)
{
    const auto [least, most] = rangeOf(column);
    return QStringLiteral("%1 to %2").arg(least).arg(most);
}

QString integerProblem(const Column &column, qint64 number)
{
    const auto [least, most] = rangeOf(column);
    if (number >= least && number <= most)
        return {};
    return QStringLiteral("%1 is outside the range of this column (%2).")
        .arg(number)
        .arg(integerRange(column));
}

QString floatingProblem(const Column &column, double number)
{
    if (!std::isfinite(number))
        return QStringLiteral("This is no number that can be kept (infinite, or none).");
    const bool isSmall = column.field()->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT;
    if (isSmall && std::abs(number) > double(std::numeric_limits<float>::max()))
        return QStringLiteral("The number is too large for this column (at most 3.4e38).");
    return {};
}

QString timestampProblem(const QDateTime &time)
{
    constexpr qint64 first = -62'135'596'800'000; // 0001-01-01T00:00:00Z
    constexpr qint64 last = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
    const qint64 at = time.toMSecsSinceEpoch();
    if (!time.isValid() || at < first || at > last)
        return QStringLiteral("A time lies in the years 1 to 9999.");
    return {};
}

QString textProblem(const QString &text)
{
    if (text.contains(QChar(u'\0')))
        return QStringLiteral("A text cannot hold a zero character.");
    if (!QStringView(text).isValidUtf16())
        return QStringLiteral("The text holds half a character (a lone surrogate).");
    return {};
}

tl::expected<QVariantList, QString> listElements(const Column &column, const QVariantList &list)
{
    QVariantList elements = list;
    for (qsizetype index = 0; index < elements.size(); ++index) {
        const QString problem = readElement(column, elements[index]);
        if (problem.isEmpty())
            continue;
        return tl::make_unexpected(problem.at(0).isUpper()
                                       ? QStringLiteral("Element %1: %2").arg(index + 1).arg(problem)
                                       : QStringLiteral("Element %1 %2").arg(index + 1).arg(problem));
    }
    return elements;
}

} // namespace desk
