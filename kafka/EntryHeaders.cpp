// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EntryHeaders.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace desk {
namespace {

char *writeDigits(char *to, unsigned number, int count)
{
    for (int at = count - 1; at >= 0; --at) {
        to[at] = char('0' + number % 10);
        number /= 10;
    }
    return to + count;
}

} // namespace

QByteArrayView EntryHeaders::writeTime(Text &text) const
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(m_at)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    if (date.year() < year(0) || date.year() > year(9999)) {
        const QByteArray other = QDateTime::fromMSecsSinceEpoch(m_at, Qt::UTC)
                                     .toString(Qt::ISODateWithMs)
                                     .toLatin1()
                                     .left(qsizetype(text.size()));
        std::copy(other.begin(), other.end(), text.begin());
        return {text.data(), other.size()};
    }
    char *to = writeDigits(text.data(), unsigned(int(date.year())), 4);
    *to++ = '-';
    to = writeDigits(to, unsigned(date.month()), 2);
    *to++ = '-';
    to = writeDigits(to, unsigned(date.day()), 2);
    *to++ = 'T';
    to = writeDigits(to, unsigned(clock.hours().count()), 2);
    *to++ = ':';
    to = writeDigits(to, unsigned(clock.minutes().count()), 2);
    *to++ = ':';
    to = writeDigits(to, unsigned(clock.seconds().count()), 2);
    *to++ = '.';
    to = writeDigits(to, unsigned(clock.subseconds().count()), 3);
    *to++ = 'Z';
    return {text.data(), to};
}

} // namespace desk
