// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterValue.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace desk {
namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

// Whole numbers from here on are milliseconds, those below seconds: the year 5138, and 1973.
constexpr qint64 FirstMilliseconds = 100'000'000'000;

// Exactly `count` digits; moves past them.
std::optional<int> takeDigits(QByteArrayView &text, qsizetype count)
{
    if (text.size() < count)
        return {};
    int number = 0;
    for (const char digit : text.first(count)) {
        if (digit < '0' || digit > '9')
            return {};
        number = number * 10 + (digit - '0');
    }
    text = text.sliced(count);
    return number;
}

bool takeCharacter(QByteArrayView &text, char character)
{
    if (text.isEmpty() || text.front() != character)
        return false;
    text = text.sliced(1);
    return true;
}

struct DayTime {
    qint64 milliseconds = 0;
    qint64 length = Day; // of what is named
};

// "10:00", "10:00:05", "10:00:05.123456"; moves past it.
std::optional<DayTime> takeDayTime(QByteArrayView &text)
{
    const auto hour = takeDigits(text, 2);
    if (!hour || !takeCharacter(text, ':'))
        return {};
    const auto minute = takeDigits(text, 2);
    if (!minute)
        return {};
    DayTime time{*hour * Hour + *minute * Minute, Minute};
    if (takeCharacter(text, ':')) {
        const auto second = takeDigits(text, 2);
        if (!second || *second > 59)
            return {};
        time = {time.milliseconds + *second * Second, Second};
        if (takeCharacter(text, '.')) {
            qsizetype digits = 0;
            qint64 place = Second / 10;
            for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, place /= 10)
                time.milliseconds += (text[digits] - '0') * place; // past the third digit: 0
            if (digits == 0)
                return {};
            text = text.sliced(digits);
            time.length = 1;
        }
    }
    return *hour < 24 && *minute < 60 ? std::optional(time) : std::nullopt;
}

// "Z", "+02:00", "-0530"; milliseconds east of Greenwich.
std::optional<qint64> readZone(QByteArrayView text)
{
    if (text == "Z" || text == "z")
        return 0;
    const bool isWest = text.startsWith('-');
    if (!takeCharacter(text, '-') && !takeCharacter(text, '+'))
        return {};
    const auto hours = takeDigits(text, 2);
    takeCharacter(text, ':');
    const auto minutes = text.isEmpty() ? std::optional(0) : takeDigits(text, 2);
    if (!hours || !minutes || !text.isEmpty())
        return {};
    const qint64 east = *hours * Hour + *minutes * Minute;
    return isWest ? -east : east;
}

TimeSpan dayOf(const QDateTime &moment, qint64 daysLater)
{
    const QDate date = moment.date().addDays(daysLater);
    return {date.startOfDay(moment.timeSpec()).toMSecsSinceEpoch(),
            date.addDays(1).startOfDay(moment.timeSpec()).toMSecsSinceEpoch()};
}

// "-1h": how much earlier or later.
std::optional<qint64> readShift(QStringView text)
{
    if (text.size() < 3 || (text.front() != u'-' && text.front() != u'+'))
        return {};
    qint64 unit = 0;
    switch (text.back().unicode()) {
    case u's':
        unit = Second;
        break;
    case u'm':
        unit = Minute;
        break;
    case u'h':
        unit = Hour;
        break;
    case u'd':
        unit = Day;
        break;
    case u'w':
        unit = 7 * Day;
        break;
    default:
        return {};
    }
    bool isNumber = false;
    const qint64 count = text.sliced(1, text.size() - 2).toLongLong(&isNumber);
    constexpr qint64 Most = 1'000'000;
    if (!isNumber || count < 0 || count > Most)
        return {};
    return (text.front() == u'-' ? -count : count) * unit;
}

template <typename Float>
Float nearestTo(QByteArrayView text, const NumberText &number)
{
    if (text.startsWith('+'))
        text = text.sliced(1);
    Float value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    if (error != std::errc::result_out_of_range)
        return value;
    // Too large or too small; which of the two the library does not say.
    const Float magnitude = number.isFraction() ? Float(0) : std::numeric_limits<Float>::infinity();
    return text.startsWith('-') ? -magnitude : magnitude;
}

} // namespace

std::optional<TimeSpan> readIsoTime(QByteArrayView text, Qt::TimeSpec zone)
{
    const auto year = takeDigits(text, 4);
    if (!year || !takeCharacter(text, '-'))
        return {};
    const auto month = takeDigits(text, 2);
    if (!month || !takeCharacter(text, '-'))
        return {};
    const auto day = takeDigits(text, 2);
    if (!day)
        return {};
    const QDate date(*year, *month, *day);
    if (!date.isValid())
        return {};
    DayTime time;
    const bool isDate = text.isEmpty();
    if (!isDate) {
        if (!takeCharacter(text, 'T') && !takeCharacter(text, ' '))
            return {};
        const auto read = takeDayTime(text);
        if (!read)
            return {};
        time = *read;
    }
    if (text.isEmpty() && zone == Qt::LocalTime) {
        if (isDate)
            return dayOf(QDateTime(date, QTime(12, 0)), 0);
        const qint64 begin = QDateTime(date, QTime::fromMSecsSinceStartOfDay(int(time.milliseconds)))
                                 .toMSecsSinceEpoch();
        return TimeSpan{begin, begin + time.length};
    }
    const auto east = text.isEmpty() ? std::optional<qint64>(0) : readZone(text);
    if (!east)
        return {};
    constexpr qint64 FirstOf1970 = 2'440'588; // Julian day
    const qint64 begin = (date.toJulianDay() - FirstOf1970) * Day + time.milliseconds - *east;
    return TimeSpan{begin, begin + time.length};
}

FilterValue::FilterValue(const QString &text, Spelling spelling, const QDateTime &now)
    : m_text(text.toUtf8())
    , m_spelling(spelling)
    , m_number(NumberText::read(m_text))
{
    if (m_number) {
        m_integer = m_number->toInteger();
        m_float = nearestTo<float>(m_text, *m_number);
        m_double = nearestTo<double>(m_text, *m_number);
    } else {
        readTime(text, now);
    }
    if (text.compare(u"true", Qt::CaseInsensitive) == 0)
        m_boolean = true;
    else if (text.compare(u"false", Qt::CaseInsensitive) == 0)
        m_boolean = false;
    m_isNull = spelling == Spelling::Bare && text.compare(u"null", Qt::CaseInsensitive) == 0;
}

void FilterValue::readTime(const QString &text, const QDateTime &now)
{
    const qint64 moment = now.toMSecsSinceEpoch();
    if (const auto shift = readShift(text))
        m_time = TimeSpan{moment + *shift, moment + *shift + 1};
    else if (text.compare(u"now", Qt::CaseInsensitive) == 0)
        m_time = TimeSpan{moment, moment + 1};
    else if (text.compare(u"today", Qt::CaseInsensitive) == 0)
        m_time = dayOf(now, 0);
    else if (text.compare(u"yesterday", Qt::CaseInsensitive) == 0)
        m_time = dayOf(now, -1);
    else
        m_time = readIsoTime(m_text, Qt::LocalTime);
}

std::partial_ordering FilterValue::compareText(QByteArrayView value) const
{
    if (m_spelling == Spelling::Bare) {
        if (m_number) {
            if (const auto number = NumberText::read(value))
                return *number <=> *m_number;
            return std::partial_ordering::unordered;
        }
        if (m_time) {
            if (const auto time = readIsoTime(value, Qt::UTC))
                return compareTime(time->begin);
        }
    }
    const std::string_view mine(m_text.constData(), size_t(m_text.size()));
    return std::string_view(value.data(), size_t(value.size())) <=> mine;
}

std::partial_ordering FilterValue::compareNumber(QByteArrayView value) const
{
    const auto number = NumberText::read(value);
    if (!number)
        return std::partial_ordering::unordered;
    if (m_number)
        return *number <=> *m_number;
    const auto integer = number->toInteger();
    return integer ? compareInteger(*integer) : std::partial_ordering::unordered;
}

std::partial_ordering FilterValue::compareInteger(qint64 value) const
{
    if (m_integer)
        return value <=> *m_integer;
    if (m_number) {
        std::array<char, 24> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return *NumberText::read(QByteArrayView(digits.data(), end - digits.data())) <=> *m_number;
    }
    if (m_time) {
        const bool isSeconds = value < FirstMilliseconds && value > -FirstMilliseconds;
        return compareTime(isSeconds ? value * Second : value);
    }
    return std::partial_ordering::unordered;
}

std::partial_ordering FilterValue::compareUnsigned(quint64 value) const
{
    if (value <= quint64(std::numeric_limits<qint64>::max()))
        return compareInteger(qint64(value));
    if (!m_number)
        return std::partial_ordering::unordered;
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return *NumberText::read(QByteArrayView(digits.data(), end - digits.data())) <=> *m_number;
}

// A number lies in the stretch of the float nearest to it, and so does the shortest text of that float;
// the stretches are in order and do not overlap. So only where the nearest is the value itself, the digits
// have to be looked at.
template <typename Float>
std::partial_ordering FilterValue::compareFloating(Float value, Float nearest) const
{
    if (!m_number || std::isnan(value))
        return std::partial_ordering::unordered;
    if (value != nearest)
        return value <=> nearest;
    std::array<char, 64> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    const auto number = NumberText::read(QByteArrayView(digits.data(), end - digits.data()));
    if (!number) // an infinity, and a number past every float
        return value > 0 ? std::partial_ordering::greater : std::partial_ordering::less;
    return *number <=> *m_number;
}

std::partial_ordering FilterValue::compareFloat(float value) const
{
    return compareFloating(value, m_float);
}

std::partial_ordering FilterValue::compareDouble(double value) const
{
    return compareFloating(value, m_double);
}

std::partial_ordering FilterValue::compareBoolean(bool value) const
{
    if (m_boolean)
        return int(value) <=> int(*m_boolean);
    return m_integer ? qint64(value) <=> *m_integer : std::partial_ordering::unordered;
}

std::partial_ordering FilterValue::compareTime(qint64 milliseconds) const
{
    if (!m_time)
        return std::partial_ordering::unordered;
    if (milliseconds < m_time->begin)
        return std::partial_ordering::less;
    return milliseconds < m_time->end ? std::partial_ordering::equivalent : std::partial_ordering::greater;
}

} // namespace desk
