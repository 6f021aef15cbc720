// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/ValueGenerator.h"

#include "models/generation/ShopWords.h"
#include "models/schema/ColumnLimits.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace desk {
namespace {

struct Bounds {
    double least = 0;
    double most = 0;
};

// What a shop's numbers lie between, where the description leaves it open.
Bounds usualBounds(ColumnLook look)
{
    switch (look) {
    case ColumnLook::Year:
        return {2024, 2032};
    case ColumnLook::Month:
        return {1, 12};
    case ColumnLook::CardNumber:
        return {4'000'000'000'000'000, 4'999'999'999'999'999};
    case ColumnLook::Phone:
        return {200'000'000, 999'999'999};
    case ColumnLook::Quantity:
        return {1, 20};
    case ColumnLook::Stock:
        return {0, 500};
    case ColumnLook::Price:
        return {1, 500};
    case ColumnLook::Percent:
        return {0, 50};
    default:
        return {0, 1000};
    }
}

// The usual bounds within the column's own; where they do not meet, the column's own and not far from them.
template <typename Number>
std::pair<Number, Number> within(ColumnLook look, Number usualLeast, Number usualMost,
                                 const std::optional<Number> &least, const std::optional<Number> &most,
                                 Number width)
{
    if (look == ColumnLook::Plain && least && most)
        return {*least, *most};
    const Number from = least ? std::max(*least, usualLeast) : usualLeast;
    const Number to = most ? std::min(*most, usualMost) : usualMost;
    if (from <= to)
        return {from, to};
    if (least && most)
        return {*least, *most};
    if (least)
        return {*least, *least > std::numeric_limits<Number>::max() - width ? *least : *least + width};
    return {*most < std::numeric_limits<Number>::lowest() + width ? *most : *most - width, *most};
}

// The shortest decimal that is the same float.
double shortest(float number)
{
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    double read = 0;
    std::from_chars(text.data(), written.ptr, read);
    return read;
}

QDateTime laterThan(const QDateTime &created, Randomness &random)
{
    constexpr qint64 Days = 30;
    return created.addSecs(random.between(1, Days * 24 * 60 * 60));
}

} // namespace

ValueGenerator::ValueGenerator(const EntityType &entity, const Column &column)
    : m_column(column)
    , m_look(columnLook(entity, column))
{
    const bool isText = column.type == ColumnType::Text || column.type == ColumnType::Enumeration;
    for (const QString &allowed : column.allowed) {
        if (!isText || validateValue(column, allowed))
            m_allowed.append(allowed);
    }
    if (!column.pattern.isEmpty() && m_allowed.isEmpty())
        m_pattern = PatternText::read(column.pattern);
}

QVariant ValueGenerator::value(Randomness &random, const QDateTime &created) const
{
    switch (m_column.type) {
    case ColumnType::Text:
    case ColumnType::Enumeration:
        return text(random, created);
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return QVariant::fromValue(integer(random, created));
    case ColumnType::Boolean:
        return random.chance(30);
    case ColumnType::Timestamp:
        return m_look == ColumnLook::Created ? created : laterThan(created, random);
    case ColumnType::Bytes: {
        const int least = m_column.minimumLength.value_or(8);
        const int most = std::max(least, std::min(m_column.maximumLength.value_or(24), least + 16));
        QByteArray bytes;
        for (qint64 count = random.between(least, most); count > 0; --count)
            bytes += char(random.next());
        return bytes;
    }
    case ColumnType::Double:
        return floating(random);
    case ColumnType::Decimal:
        return QVariant::fromValue(decimal(random));
    case ColumnType::List:
        return list(random);
    }
    return {};
}

QString ValueGenerator::text(Randomness &random, const QDateTime &created) const
{
    if (!m_allowed.isEmpty()) {
        // What new records begin with is what most records have.
        const QString usual = m_column.type == ColumnType::Text ? m_column.defaultValue.toString()
                                                                : QString();
        return m_allowed.contains(usual) && random.chance(70) ? usual : random.pick(m_allowed);
    }
    if (!m_column.pattern.isEmpty())
        return patternText(random);
    return fitted(random, lookText(random, created), m_column);
}

QString ValueGenerator::lookText(Randomness &random, const QDateTime &created) const
{
    switch (m_look) {
    case ColumnLook::ProductName:
        return ShopWords::productName(random);
    case ColumnLook::CategoryName:
        return ShopWords::categoryName(random);
    case ColumnLook::PersonName:
        return ShopWords::personName(random);
    case ColumnLook::UserName:
        return ShopWords::userName(random);
    case ColumnLook::Task:
        return ShopWords::task(random);
    case ColumnLook::Description:
        return ShopWords::sentence(random);
    case ColumnLook::Email:
        return ShopWords::email(random);
    case ColumnLook::WebAddress:
        return ShopWords::webAddress(random);
    case ColumnLook::ImageAddress:
        return ShopWords::imageAddress(random);
    case ColumnLook::City:
        return ShopWords::city(random);
    case ColumnLook::Address:
        return ShopWords::address(random);
    case ColumnLook::Phone:
        return ShopWords::phone(random);
    case ColumnLook::Currency:
        return ShopWords::currency(random);
    case ColumnLook::Code:
        return ShopWords::code(random);
    case ColumnLook::Secret:
        return QStringLiteral("example-%1").arg(random.next(), 16, 16, QLatin1Char('0'));
    case ColumnLook::Uuid:
        return ShopWords::uuid(random);
    case ColumnLook::Created:
        return created.toString(Qt::ISODate);
    case ColumnLook::Changed:
        return laterThan(created, random).toString(Qt::ISODate);
    default:
        break;
    }
    const QString first = ShopWords::word(random);
    return first + u' ' + ShopWords::word(random);
}

// Lengths are found by trying: texts of many lengths, then of each length in turn.
QString ValueGenerator::patternText(Randomness &random) const
{
    constexpr int MostTries = 400;
    constexpr int UsualRepeats = 6;
    const int longest = std::min<int>(m_column.maximumLength.value_or(1000),
                                      m_column.minimumLength.value_or(0) + 200);
    for (int attempt = 0; m_pattern && attempt < MostTries; ++attempt) {
        const bool isExact = attempt % 4 == 3;
        const int more = isExact ? (attempt / 4) % (longest + 1) : UsualRepeats << (attempt % 4 * 2);
        const QString text = m_pattern->text(
            random, isExact ? PatternText::Repeats::Exactly : PatternText::Repeats::UpTo, more);
        if (!text.isEmpty() && validateValue(m_column, text))
            return text;
    }
    return {};
}

QString ValueGenerator::fitted(Randomness &random, const QString &text, const Column &column)
{
    constexpr qsizetype LongestPadded = 100'000; // more than that nobody wants to be made up
    const qsizetype least = std::min<qsizetype>(column.minimumLength.value_or(0), LongestPadded);
    QString result = text;
    while (result.size() < least)
        result += u' ' + ShopWords::word(random);
    if (column.maximumLength && result.size() > *column.maximumLength) {
        result.truncate(*column.maximumLength);
        if (result.endsWith(u' '))
            result.back() = u's';
    }
    return result;
}

qint64 ValueGenerator::integer(Randomness &random, const QDateTime &created) const
{
    const auto bound = [](const QVariant &value) {
        return value.isValid() ? std::optional(value.toLongLong()) : std::nullopt;
    };
    const std::optional<qint64> least = bound(m_column.minimum);
    const std::optional<qint64> most = bound(m_column.maximum);
    if (m_look == ColumnLook::Created || m_look == ColumnLook::Changed) {
        const QDateTime time = m_look == ColumnLook::Created ? created : laterThan(created, random);
        const qint64 seconds = time.toSecsSinceEpoch();
        if ((!least || *least <= seconds) && (!most || seconds <= *most))
            return seconds;
    }
    constexpr qint64 Width = 1000;
    const Bounds usual = usualBounds(m_look);
    auto [from, to] = within<qint64>(m_look, qint64(usual.least), qint64(usual.most), least, most, Width);
    while (from < to && !integerProblem(m_column, to).isEmpty()) // the field is narrower
        to = from + (to - from) / 2;
    while (from < to && !integerProblem(m_column, from).isEmpty())
        from = to - (to - from) / 2;
    return from <= to ? random.between(from, to) : from;
}

Decimal ValueGenerator::decimal(Randomness &random) const
{
    const auto bound = [this](const QVariant &value) -> std::optional<qint64> {
        if (!value.isValid())
            return std::nullopt;
        const std::optional<Decimal> scaled = value.value<Decimal>().rescaled(m_column.scale);
        return scaled ? std::optional(scaled->unscaled()) : std::nullopt;
    };
    qint64 one = 1;
    for (int digit = 0; digit < m_column.scale; ++digit)
        one *= 10;
    qint64 largest = 1;
    for (int digit = 0; digit < m_column.precision; ++digit)
        largest *= 10;
    --largest; // of all its digits
    const Bounds usual = usualBounds(m_look);
    const qint64 width = std::min(largest, one > largest / 1000 ? largest : 1000 * one);
    const std::optional<qint64> least = bound(m_column.minimum);
    const std::optional<qint64> most = bound(m_column.maximum);
    const auto usually = [&](double whole) {
        return whole * double(one) > double(width) ? width : qint64(whole) * one;
    };
    auto [from, to] = within<qint64>(m_look, usually(usual.least), usually(usual.most), least, most, width);
    from = std::max(from, -largest);
    to = std::min(to, largest);
    if (from > to)
        return {from, m_column.scale};
    qint64 unscaled = random.between(from, to);
    if (m_look == ColumnLook::Price && m_column.scale == 2) { // as prices end
        constexpr qint64 Endings[] = {99, 95, 50, 0};
        const qint64 price = unscaled / one * one + random.pick(Endings);
        if (price >= from && price <= to)
            unscaled = price;
    }
    const Decimal number(unscaled, m_column.scale);
    const std::optional<Decimal> carried = asCarried(number);
    const bool fits = carried && carried->unscaled() >= from && carried->unscaled() <= to;
    return fits ? *carried : number;
}

// As it comes back from a float field, which has fewer digits.
std::optional<Decimal> ValueGenerator::asCarried(const Decimal &number) const
{
    using google::protobuf::FieldDescriptor;
    std::optional<Decimal> carried;
    if (m_column.field()->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT)
        carried = Decimal::fromFloat(float(number.toDouble()));
    else if (m_column.field()->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE)
        carried = Decimal::fromDouble(number.toDouble());
    return carried ? carried->rescaled(m_column.scale) : std::nullopt;
}

double ValueGenerator::floating(Randomness &random) const
{
    const auto bound = [](const QVariant &value) {
        return value.isValid() ? std::optional(value.toDouble()) : std::nullopt;
    };
    constexpr double Width = 1000;
    const Bounds usual = usualBounds(m_look);
    const auto [from, to] = within<double>(m_look, usual.least, usual.most, bound(m_column.minimum),
                                           bound(m_column.maximum), Width);
    const double at = random.fraction();
    const double number = std::clamp(from * (1 - at) + to * at, from, std::max(from, to));
    // As it comes back from a field that holds less.
    const bool isSmall = m_column.field()->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_FLOAT;
    for (const double tried : {std::round(number * 100) / 100, isSmall ? shortest(float(number)) : number}) {
        if (tried >= from && tried <= to)
            return tried;
    }
    return number;
}

QVariantList ValueGenerator::list(Randomness &random) const
{
    using google::protobuf::FieldDescriptor;
    const FieldDescriptor &field = *m_column.field();
    QVariantList list;
    for (qint64 count = random.between(m_column.required ? 1 : 0, 4); count > 0; --count) {
        switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            if (field.type() == FieldDescriptor::TYPE_BYTES)
                list.append(QStringLiteral("%1").arg(random.next(), 16, 16, QLatin1Char('0')));
            else
                list.append(m_allowed.isEmpty() ? ShopWords::word(random) : random.pick(m_allowed));
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            list.append(random.chance(50));
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            list.append(QString::fromStdString(
                field.enum_type()
                    ->value(int(random.between(0, field.enum_type()->value_count() - 1)))
                    ->name()));
            break;
        case FieldDescriptor::CPPTYPE_FLOAT:
        case FieldDescriptor::CPPTYPE_DOUBLE:
            list.append(double(random.between(0, 10'000)) / 100);
            break;
        default:
            list.append(QVariant::fromValue(random.between(0, 1000)));
        }
    }
    return list;
}

} // namespace desk
