// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadInput.h"

#include <QJsonDocument>

namespace desk {
namespace {

tl::unexpected<InputProblem> problemAt(const QString &text, qsizetype position, const QString &what)
{
    const QStringView before = QStringView(text).first(std::clamp<qsizetype>(position, 0, text.size()));
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = before.size() - (before.lastIndexOf(u'\n') + 1) + 1;
    return tl::make_unexpected(
        InputProblem{position, QStringLiteral("Line %1, column %2: %3").arg(line).arg(column).arg(what)});
}

tl::expected<QByteArray, InputProblem> bytesFromJson(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    // A document needs a list or an object around it; a message may be any value.
    QJsonDocument::fromJson('[' + bytes + "\n]", &error);
    if (error.error == QJsonParseError::NoError && !text.trimmed().isEmpty())
        return bytes;
    const qsizetype at = std::clamp<qsizetype>(error.offset - 1, 0, bytes.size());
    return problemAt(text, QString::fromUtf8(bytes.first(at)).size(),
                     text.trimmed().isEmpty()
                         ? QStringLiteral("there is no JSON yet.")
                         : QStringLiteral("this is no JSON (%1).").arg(error.errorString()));
}

tl::expected<QByteArray, InputProblem> bytesFromHex(const QString &text)
{
    QByteArray digits;
    for (qsizetype index = 0; index < text.size(); ++index) {
        const QChar letter = text[index];
        if (letter.isSpace())
            continue;
        const bool isPrefix = letter == u'0' && index + 1 < text.size() && text[index + 1].toLower() == u'x';
        if (isPrefix && digits.size() % 2 == 0) {
            ++index;
            continue;
        }
        const char digit = letter.toLatin1();
        if (!std::isxdigit(static_cast<unsigned char>(digit)))
            return problemAt(text, index, QStringLiteral("“%1” is no hexadecimal digit.").arg(letter));
        digits += digit;
    }
    if (digits.size() % 2 != 0)
        return problemAt(text, text.size(), QStringLiteral("the last byte has only one of its two digits."));
    return QByteArray::fromHex(digits);
}

} // namespace

tl::expected<QByteArray, InputProblem> bytesFromInput(InputFormat format, const QString &text)
{
    switch (format) {
    case InputFormat::Json:
        return bytesFromJson(text);
    case InputFormat::Hex:
        return bytesFromHex(text);
    case InputFormat::Text:
        break;
    }
    return text.toUtf8();
}

} // namespace desk
