// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamChoice.h"

#include "ui/parts/TabularText.h"
#include "ui/streams/TopicChooser.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace desk {
namespace {

constexpr int MostPartitions = 10'000;

const QStringList startWords{QStringLiteral("beginning"), QStringLiteral("end"),
                             QStringLiteral("last-messages"), QStringLiteral("offset"),
                             QStringLiteral("time")};
const QStringList endWords{QStringLiteral("never"), QStringLiteral("at-end"), QStringLiteral("time"),
                           QStringLiteral("offset")};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StreamChoice)
};

QString timeText(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    return local.toString(local.time().second() == 0 ? QStringLiteral("yyyy-MM-dd HH:mm")
                                                     : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString textOf(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QStringList texts(const QJsonValue &value)
{
    QStringList texts;
    for (const QJsonValue &entry : value.toArray()) {
        if (entry.isString())
            texts.append(entry.toString());
    }
    return texts;
}

QString shortPattern(const QString &pattern)
{
    constexpr qsizetype Longest = 40;
    return pattern.size() > Longest ? pattern.left(Longest) + u'…' : pattern;
}

} // namespace

StreamRequest StreamChoice::request() const
{
    StreamRequest request;
    request.topics = topics;
    request.start = start;
    request.end = end;
    request.pattern = patternFromText(pattern).value_or(QString());
    request.partitions = partitions;
    return request;
}

QStringList topicsAmong(const StreamChoice &choice, const QStringList &clusterTopics)
{
    const StreamRequest request = choice.request();
    QStringList topics = request.topics;
    if (!request.pattern.isEmpty())
        topics += clusterTopics.filter(
            QRegularExpression(QRegularExpression::anchoredPattern(request.pattern)));
    topics.removeDuplicates();
    return topics;
}

Expected<QString> patternFromText(const QString &text)
{
    const QString typed = text.trimmed();
    if (typed.isEmpty())
        return QString();
    if (typed.startsWith(u'/')) {
        if (typed.size() < 3 || !typed.endsWith(u'/'))
            return failure(ErrorCode::InvalidValue,
                           Words::tr("A regular expression stands between two slashes: /orders-[0-9]+/."));
        const QString inner = typed.mid(1, typed.size() - 2);
        const QRegularExpression expression(inner);
        if (!expression.isValid()) {
            return failure(ErrorCode::InvalidValue,
                           Words::tr("The regular expression cannot be read at character %1: %2.")
                               .arg(expression.patternErrorOffset() + 1)
                               .arg(expression.errorString()));
        }
        return inner;
    }
    QStringList parts;
    for (const QString &part : typed.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.trimmed();
        if (name.isEmpty())
            continue;
        // What a topic's name can hold, and the two signs.
        static const QRegularExpression form(QStringLiteral("\\A[A-Za-z0-9._*?-]+\\z"));
        if (!form.match(name).hasMatch()) {
            return failure(ErrorCode::InvalidValue,
                           Words::tr("“%1” fits no topic: names have letters, digits, dots, underscores and "
                                     "hyphens; * stands for any of them, ? for one.")
                               .arg(shortPattern(name)));
        }
        QString pattern = QRegularExpression::escape(name);
        pattern.replace(QLatin1String("\\*"), QLatin1String(".*"));
        pattern.replace(QLatin1String("\\?"), QLatin1String("."));
        parts.append(pattern);
    }
    // What is internal is read only where a pattern begins as such topics do.
    return parts.join(u'|');
}

Expected<QList<int>> partitionsFromText(const QString &text)
{
    const QString typed = text.trimmed();
    QList<int> partitions;
    if (typed.isEmpty() || typed.compare(Words::tr("all"), Qt::CaseInsensitive) == 0)
        return partitions;
    static const QRegularExpression form(QStringLiteral("\\A(\\d{1,6})(?:\\s*[-–]\\s*(\\d{1,6}))?\\z"));
    for (const QString &part : typed.split(QRegularExpression(QStringLiteral("[,;]")))) {
        const auto match = form.match(part.trimmed());
        if (!match.hasMatch()) {
            return failure(
                ErrorCode::InvalidValue,
                Words::tr(
                    "“%1” is no partition. Write numbers and ranges, such as 0, 2, 5-7, or leave it empty "
                    "for all.")
                    .arg(shortPattern(part.trimmed())));
        }
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        if (last < first)
            return failure(ErrorCode::InvalidValue,
                           Words::tr("The range %1 ends before it begins.").arg(part.trimmed()));
        if (last >= MostPartitions)
            return failure(ErrorCode::InvalidValue,
                           Words::tr("Partitions have numbers from 0 to %1.").arg(MostPartitions - 1));
        for (int partition = first; partition <= last; ++partition)
            partitions.append(partition);
    }
    std::sort(partitions.begin(), partitions.end());
    partitions.erase(std::unique(partitions.begin(), partitions.end()), partitions.end());
    return partitions;
}

QString partitionsText(const QList<int> &partitions)
{
    QStringList parts;
    for (qsizetype first = 0; first < partitions.size();) {
        qsizetype last = first;
        while (last + 1 < partitions.size() && partitions[last + 1] == partitions[last] + 1)
            ++last;
        parts.append(last == first ? QString::number(partitions[first])
                                   : QStringLiteral("%1-%2").arg(partitions[first]).arg(partitions[last]));
        first = last + 1;
    }
    return parts.join(QStringLiteral(", "));
}

Expected<qint64> countFromText(const QString &text, qint64 least)
{
    QString digits = text.trimmed();
    digits.remove(QRegularExpression(QStringLiteral("[\\s\\x{a0}\\x{202f},'_]")));
    bool isNumber = false;
    const qint64 count = digits.toLongLong(&isNumber);
    if (!isNumber || count < least) {
        return failure(ErrorCode::InvalidValue,
                       least == 0 ? Words::tr("Write a whole number, 0 or more.")
                                  : Words::tr("Write a whole number, %1 or more.").arg(least));
    }
    return count;
}

QString topicsText(const StreamChoice &choice, const EntityCatalog &catalog)
{
    if (choice.pattern.isEmpty())
        return TopicChooser::summaryOf(choice.topics, catalog);
    const QString pattern = Words::tr("all like %1").arg(shortPattern(choice.pattern));
    if (choice.topics.isEmpty())
        return pattern;
    return Words::tr("%1, %2").arg(TopicChooser::summaryOf(choice.topics, catalog), pattern);
}

QString startText(const StreamStart &start)
{
    switch (start.kind) {
    case StreamStart::Kind::Beginning:
        return Words::tr("beginning");
    case StreamStart::Kind::LastMessages:
        return Words::tr("last %1").arg(groupedNumber(start.count));
    case StreamStart::Kind::Offset:
        return Words::tr("offset %1").arg(groupedNumber(start.offset));
    case StreamStart::Kind::Time:
        return timeText(start.time);
    case StreamStart::Kind::End:
        break;
    }
    return Words::tr("now");
}

QString rangeText(const StreamChoice &choice)
{
    QString text = startText(choice.start);
    if (choice.end.kind == StreamEnd::Kind::AtEnd)
        text = Words::tr("%1 to the end").arg(text);
    else if (choice.end.kind == StreamEnd::Kind::Time)
        text = Words::tr("%1 to %2").arg(text, timeText(choice.end.time));
    else if (choice.end.kind == StreamEnd::Kind::Offset)
        text = Words::tr("%1 to before offset %2").arg(text, groupedNumber(choice.end.offset));
    if (choice.partitions.size() == 1)
        return Words::tr("%1 · partition %2").arg(text).arg(choice.partitions.constFirst());
    if (!choice.partitions.isEmpty())
        return Words::tr("%1 · partitions %2").arg(text, shortPattern(partitionsText(choice.partitions)));
    return text;
}

QJsonObject choiceToJson(const StreamChoice &choice)
{
    QJsonObject json{
        {QStringLiteral("topics"), QJsonArray::fromStringList(choice.topics)},
        {QStringLiteral("pattern"), choice.pattern},
        {QStringLiteral("from"), startWords.at(int(choice.start.kind))},
        {QStringLiteral("until"), endWords.at(int(choice.end.kind))},
        {QStringLiteral("partitions"), partitionsText(choice.partitions)},
    };
    if (choice.start.kind == StreamStart::Kind::LastMessages)
        json.insert(QStringLiteral("count"), choice.start.count);
    if (choice.start.kind == StreamStart::Kind::Offset)
        json.insert(QStringLiteral("offset"), choice.start.offset);
    if (choice.start.kind == StreamStart::Kind::Time)
        json.insert(QStringLiteral("fromTime"), textOf(choice.start.time));
    if (choice.end.kind == StreamEnd::Kind::Time)
        json.insert(QStringLiteral("untilTime"), textOf(choice.end.time));
    if (choice.end.kind == StreamEnd::Kind::Offset)
        json.insert(QStringLiteral("untilOffset"), choice.end.offset);
    return json;
}

StreamChoice choiceFromJson(const QJsonObject &json, const StreamChoice &otherwise)
{
    StreamChoice choice = otherwise;
    if (json.value(QStringLiteral("topics")).isArray())
        choice.topics = texts(json.value(QStringLiteral("topics")));
    choice.pattern = json.value(QStringLiteral("pattern")).toString();
    if (!patternFromText(choice.pattern))
        choice.pattern.clear();
    choice.partitions = partitionsFromText(json.value(QStringLiteral("partitions")).toString())
                            .value_or(QList<int>());

    const auto from = startWords.indexOf(json.value(QStringLiteral("from")).toString());
    StreamStart start;
    start.kind = StreamStart::Kind(std::max<qsizetype>(0, from));
    start.count = json.value(QStringLiteral("count")).toInteger();
    start.offset = json.value(QStringLiteral("offset")).toInteger();
    start.time = QDateTime::fromString(json.value(QStringLiteral("fromTime")).toString(), Qt::ISODateWithMs);
    const bool isComplete = from >= 0 && start.offset >= 0
        && (start.kind != StreamStart::Kind::LastMessages || start.count > 0)
        && (start.kind != StreamStart::Kind::Time || start.time.isValid());
    if (isComplete)
        choice.start = start;

    const auto until = endWords.indexOf(json.value(QStringLiteral("until")).toString());
    StreamEnd end;
    end.kind = StreamEnd::Kind(std::max<qsizetype>(0, until));
    end.time = QDateTime::fromString(json.value(QStringLiteral("untilTime")).toString(), Qt::ISODateWithMs);
    end.offset = json.value(QStringLiteral("untilOffset")).toInteger();
    if (until >= 0 && end.offset >= 0 && (end.kind != StreamEnd::Kind::Time || end.time.isValid()))
        choice.end = end;
    return choice;
}

} // namespace desk
