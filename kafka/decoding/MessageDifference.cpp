// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/MessageDifference.h"

#include "kafka/decoding/PartDifference.h"
#include "models/schema/SensitiveNames.h"

#include <QDateTime>

#include <algorithm>

namespace desk {
namespace {

using Kind = DifferenceRow::Kind;
using Section = DifferenceRow::Section;

constexpr qsizetype Before = 40; // characters of a long text in front of the first that differs

class Collector
{
public:
    void add(DifferenceRow row)
    {
        const bool isDifferent = row.isDifferent();
        if (isDifferent)
            ++difference.differences;
        qsizetype &listed = isDifferent ? m_different : m_same;
        if (listed == MessageDifference::MaximumRows) {
            difference.isCut = difference.isCut || isDifferent;
            return;
        }
        ++listed;
        shorten(row);
        difference.rows.append(std::move(row));
    }

    void add(Section section, const QString &name, const QString &left, const QString &right)
    {
        add({.section = section,
             .kind = left == right ? Kind::Same : Kind::Changed,
             .name = name,
             .left = left,
             .right = right});
    }

    MessageDifference difference;

private:
    static void shorten(DifferenceRow &row)
    {
        constexpr qsizetype Maximum = MessageDifference::MaximumText;
        row.name.truncate(Maximum);
        if (row.left.size() <= Maximum && row.right.size() <= Maximum)
            return;
        const qsizetype shorter = std::min(row.left.size(), row.right.size());
        qsizetype same = std::mismatch(row.left.cbegin(), row.left.cbegin() + shorter, row.right.cbegin())
                             .first
            - row.left.cbegin();
        same = shorter == 0 || row.left == row.right ? 0 : std::max<qsizetype>(same - Before, 0);
        for (QString *text : {&row.left, &row.right}) {
            const qsizetype size = text->size();
            *text = (same > 0 ? QStringLiteral("…") : QString()) + text->mid(same, Maximum)
                + (same + Maximum < size ? QStringLiteral("…") : QString());
        }
    }

    qsizetype m_different = 0;
    qsizetype m_same = 0;
};

QString timeText(qint64 milliseconds)
{
    return milliseconds < 0
        ? QString()
        : QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

void compareMessages(const ComparedMessage &left, const ComparedMessage &right, Collector &collector)
{
    const auto add = [&](const QString &name, const QString &leftText, const QString &rightText) {
        collector.add(Section::Message, name, leftText, rightText);
    };
    const StreamMessage &leftMessage = left.message;
    const StreamMessage &rightMessage = right.message;
    add(QStringLiteral("topic"), leftMessage.topic, rightMessage.topic);
    add(QStringLiteral("partition"), QString::number(leftMessage.partition),
        QString::number(rightMessage.partition));
    add(QStringLiteral("offset"), QString::number(leftMessage.offset), QString::number(rightMessage.offset));
    add(QStringLiteral("time"), timeText(leftMessage.timestamp), timeText(rightMessage.timestamp));
    add(QStringLiteral("kind"), left.decoded.kind, right.decoded.kind);
    add(QStringLiteral("operation"), left.decoded.operation, right.decoded.operation);
    add(QStringLiteral("size of the value"), QString::number(leftMessage.value.size()),
        QString::number(rightMessage.value.size()));
}

// By their names; of those that occur more than once, each with its like.
void compareHeaders(const ComparedMessage &left, const ComparedMessage &right, Collector &collector)
{
    const auto &leftHeaders = left.decoded.headers;
    const auto &rightHeaders = right.decoded.headers;
    const auto bytesOf = [](const ComparedMessage &compared, qsizetype index) {
        return compared.message.headers.value(index).value;
    };
    QHash<QString, QList<qsizetype>> waiting;
    for (qsizetype index = 0; index < rightHeaders.size(); ++index)
        waiting[rightHeaders[index].first].append(index);
    for (qsizetype index = 0; index < leftHeaders.size(); ++index) {
        const auto &[name, text] = leftHeaders[index];
        QList<qsizetype> &likes = waiting[name];
        if (likes.isEmpty()) {
            collector.add({.section = Section::Headers,
                           .kind = Kind::OnlyLeft,
                           .name = name,
                           .left = text,
                           .right = {}});
            continue;
        }
        const qsizetype like = likes.takeFirst();
        const QString &other = rightHeaders[like].second;
        DifferenceRow row{
            .section = Section::Headers, .kind = Kind::Same, .name = name, .left = text, .right = other};
        const bool isSame = bytesOf(left, index) == bytesOf(right, like);
        if (text == MaskedValue || other == MaskedValue)
            row.kind = isSame ? Kind::MaskedSame : Kind::MaskedChanged;
        else if (text != other || !isSame)
            row.kind = Kind::Changed;
        collector.add(std::move(row));
    }
    for (qsizetype index = 0; index < rightHeaders.size(); ++index) {
        const auto &[name, text] = rightHeaders[index];
        if (waiting[name].contains(index))
            collector.add({.section = Section::Headers,
                           .kind = Kind::OnlyRight,
                           .name = name,
                           .left = {},
                           .right = text});
    }
}

} // namespace

MessageDifference differenceOf(const ComparedMessage &left, const ComparedMessage &right)
{
    Collector collector;
    const auto add = [&collector](DifferenceRow row) { collector.add(std::move(row)); };
    const ComparedPart leftKey{left.message.hasKey, left.message.key, left.decoded.key};
    const ComparedPart rightKey{right.message.hasKey, right.message.key, right.decoded.key};
    const ComparedPart leftValue{left.message.hasValue, left.message.value, left.decoded.value};
    const ComparedPart rightValue{right.message.hasValue, right.message.value, right.decoded.value};
    collector.difference.manner = PartDifference(leftValue, rightValue, Section::Value, add).compare();
    PartDifference(leftKey, rightKey, Section::Key, add).compare();
    compareHeaders(left, right, collector);
    compareMessages(left, right, collector);
    return collector.difference;
}

} // namespace desk
