// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/History.h"

namespace desk::chaos {
namespace {

// A base-128 number at `at`, which moves behind it.
std::optional<quint64> readNumber(const QByteArray &bytes, qsizetype &at)
{
    quint64 number = 0;
    for (int shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
        const auto byte = quint8(bytes[at++]);
        number |= quint64(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return number;
    }
    return {};
}

QByteArray numberBytes(quint64 value)
{
    QByteArray bytes;
    for (; value >= 0x80; value >>= 7)
        bytes.append(char(value | 0x80));
    return bytes.append(char(value));
}

constexpr int Number = 0;
constexpr int Text = 2;

} // namespace

QByteArray payloadOf(const Fields &fields)
{
    QByteArray payload;
    int field = 0;
    for (const QString name : {"id", "name", "stock", "note"}) {
        ++field;
        const QString value = fields.value(name);
        if (field % 2 == 0 && !value.isEmpty())
            payload += numberBytes(quint64(field << 3 | Text)) + numberBytes(quint64(value.toUtf8().size()))
                + value.toUtf8();
        else if (field % 2 == 1 && value.toULongLong() != 0)
            payload += numberBytes(quint64(field << 3 | Number)) + numberBytes(value.toULongLong());
    }
    return payload;
}

std::optional<Fields> fieldsOfPayload(const QByteArray &payload)
{
    Fields fields{{"id", "0"}, {"name", {}}, {"stock", "0"}, {"note", {}}};
    static const QMap<quint64, QString> names{{1 << 3 | Number, "id"},
                                              {2 << 3 | Text, "name"},
                                              {3 << 3 | Number, "stock"},
                                              {4 << 3 | Text, "note"}};
    for (qsizetype at = 0; at < payload.size();) {
        const auto tag = readNumber(payload, at);
        const auto number = tag ? readNumber(payload, at) : std::nullopt;
        if (!number || !names.contains(*tag))
            return {};
        if ((*tag & 7) == Number) {
            fields[names[*tag]] = QString::number(qint64(*number));
            continue;
        }
        if (*number > quint64(payload.size() - at))
            return {};
        fields[names[*tag]] = QString::fromUtf8(payload.mid(at, qsizetype(*number)));
        at += qsizetype(*number);
    }
    return fields;
}

} // namespace desk::chaos
