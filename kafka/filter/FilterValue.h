// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/NumberText.h"

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace desk {

// A moment or the stretch that a time names: 2024-01-31 is the whole day. Milliseconds since 1970 UTC.
struct TimeSpan {
    qint64 begin = 0;
    qint64 end = 0; // past the last
};

// ISO 8601: a date, or a date and a time to the minute, second or fraction, with Z or +02:00 or nothing
// (`zone`). Empty if it is anything else. No allocation where the zone is UTC or written.
[[nodiscard]] std::optional<TimeSpan> readIsoTime(QByteArrayView text, Qt::TimeSpec zone);

// What an operator wrote to compare with, read once in every way it can be understood; what it is compared
// with decides. A value, immutable; any thread.
class FilterValue
{
public:
    enum class Spelling { Bare, Quoted }; // quoted: a text is compared as a text

    FilterValue(const QString &text, Spelling spelling, const QDateTime &now);

    [[nodiscard]] bool isNull() const { return m_isNull; }
    [[nodiscard]] const QByteArray &text() const { return m_text; } // UTF-8
    [[nodiscard]] const std::optional<NumberText> &number() const { return m_number; }
    [[nodiscard]] const std::optional<TimeSpan> &time() const { return m_time; }

    // How a message's value stands to this one; unordered if the two cannot be compared. A float is what it
    // is shown as: 9.99f equals 9.99.
    [[nodiscard]] std::partial_ordering compareText(QByteArrayView value) const;
    [[nodiscard]] std::partial_ordering compareNumber(QByteArrayView value) const; // digits as text
    [[nodiscard]] std::partial_ordering compareInteger(qint64 value) const;
    [[nodiscard]] std::partial_ordering compareUnsigned(quint64 value) const;
    [[nodiscard]] std::partial_ordering compareFloat(float value) const;
    [[nodiscard]] std::partial_ordering compareDouble(double value) const;
    [[nodiscard]] std::partial_ordering compareBoolean(bool value) const;
    [[nodiscard]] std::partial_ordering compareTime(qint64 milliseconds) const;

private:
    template <typename Float>
    [[nodiscard]] std::partial_ordering compareFloating(Float value, Float nearest) const;
    void readTime(const QString &text, const QDateTime &now);

    QByteArray m_text;
    Spelling m_spelling;
    bool m_isNull = false;
    std::optional<bool> m_boolean;
    std::optional<NumberText> m_number; // looks into m_text, which never changes
    std::optional<qint64> m_integer;
    float m_float = 0; // the nearest to the number
    double m_double = 0;
    std::optional<TimeSpan> m_time;
};

} // namespace desk
