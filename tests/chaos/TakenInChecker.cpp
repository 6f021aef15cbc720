// SPDX-License-Identifier: GPL-3.0-or-later
// The inputs against the journal: every message took effect once, in order, or is poison.
#include "tests/chaos/Checker.h"

#include <algorithm>

namespace desk::chaos {

using Kind = Finding::Kind;

namespace {

Place placeOf(const Message &message)
{
    return {message.topic, message.partition, message.offset};
}

QString textOf(const Place &place)
{
    return QStringLiteral("%1/%2/%3").arg(std::get<0>(place)).arg(std::get<1>(place)).arg(std::get<2>(place));
}

// What a message or a change did to its record.
struct Effect {
    bool isDeletion = false;
    QString mark;
    QString where;

    bool operator==(const Effect &other) const
    {
        return isDeletion == other.isDeletion && mark == other.mark;
    }
};

using Record = std::pair<QString, QString>; // entity, id

QString entityOf(const History &history, const QString &topic)
{
    for (auto contract = history.contracts.cbegin(); contract != history.contracts.cend(); ++contract) {
        if (std::find(contract->topics.cbegin(), contract->topics.cend(), topic) != contract->topics.cend())
            return contract.key();
    }
    return {};
}

// What the inputs must have done, in their order. A deletion of what is not there does nothing.
QMap<Record, QList<Effect>> effectsAsked(const History &history, QList<Finding> &findings)
{
    QMap<Record, QList<Effect>> asked;
    for (const Message &message : history.inputs) {
        const Place place = placeOf(message);
        const bool isPoison = history.poison.contains(place);
        if (history.spoiledInputs.contains(place)) {
            if (!isPoison)
                findings.append({Kind::NotTakenIn,
                                 QStringLiteral("%1 cannot be applied, and is not among the poison.")
                                     .arg(textOf(place))});
            continue;
        }
        if (isPoison) {
            findings.append({Kind::FalsePoison,
                             QStringLiteral("%1 is sound, and stands among the poison.").arg(textOf(place))});
            continue;
        }
        const QString entity = entityOf(history, message.topic);
        QList<Effect> &effects = asked[{entity, QString::fromUtf8(message.key.value_or(QByteArray()))}];
        if (message.value) {
            const auto fields = fieldsOfPayload(*message.value);
            effects.append({false, fields ? fields->value("name") : QString(), textOf(place)});
        } else if (!effects.isEmpty() && !effects.constLast().isDeletion) {
            effects.append({true, {}, textOf(place)});
        }
    }
    return asked;
}

QMap<Record, QList<Effect>> effectsSeen(const History &history)
{
    QMap<Record, QList<Effect>> seen;
    for (const Change &change : history.journal) {
        if (change.origin == QLatin1String("ingest"))
            seen[{change.entity, change.id}].append({!change.after,
                                                     change.after ? change.after->value("name") : QString(),
                                                     QStringLiteral("sequence %1").arg(change.sequence)});
    }
    return seen;
}

void compare(const Record &record, const QList<Effect> &asked, const QList<Effect> &seen,
             QList<Finding> &findings)
{
    const qsizetype before = findings.size();
    const QString name = record.first + u' ' + record.second;
    QMap<QString, QStringList> places;
    QStringList deletions;
    for (const Effect &effect : seen)
        (effect.isDeletion ? deletions : places[effect.mark]).append(effect.where);
    qsizetype deletionsAsked = 0;
    for (const Effect &effect : asked) {
        if (effect.isDeletion) {
            ++deletionsAsked;
            continue;
        }
        const QStringList where = places.take(effect.mark);
        if (where.isEmpty())
            findings.append({Kind::NotTakenIn,
                             QStringLiteral("%1 (“%2” for %3) is neither applied nor poison.")
                                 .arg(effect.where, effect.mark, name)});
        else if (where.size() > 1)
            findings.append({Kind::TakenInTwice,
                             QStringLiteral("%1 (“%2” for %3) was applied %4 times, at %5.")
                                 .arg(effect.where, effect.mark, name)
                                 .arg(where.size())
                                 .arg(where.join(QLatin1String(", ")))});
    }
    for (auto place = places.cbegin(); place != places.cend(); ++place)
        findings.append({Kind::Invented,
                         QStringLiteral("“%1” came into %2 at %3, and no message says it.")
                             .arg(place.key(), name, place->join(QLatin1String(", ")))});
    if (findings.size() > before)
        return; // deletions follow from the rest
    if (deletions.size() != deletionsAsked) {
        findings.append({deletions.size() < deletionsAsked ? Kind::NotTakenIn : Kind::TakenInTwice,
                         QStringLiteral("%1 was to be deleted %2 times, and was %3 times (%4).")
                             .arg(name)
                             .arg(deletionsAsked)
                             .arg(deletions.size())
                             .arg(deletions.join(QLatin1String(", ")))});
        return;
    }
    for (qsizetype index = 0; index < asked.size(); ++index) {
        if (asked[index] == seen[index])
            continue;
        findings.append({Kind::Reordered,
                         QStringLiteral("%1 of %2 was applied out of order: %3 stands in its place.")
                             .arg(asked[index].where, name, seen[index].where)});
        return;
    }
}

} // namespace

QList<Finding> checkTakenIn(const History &history)
{
    QList<Finding> findings;
    const auto asked = effectsAsked(history, findings);
    const auto seen = effectsSeen(history);
    for (auto record = asked.cbegin(); record != asked.cend(); ++record)
        compare(record.key(), *record, seen.value(record.key()), findings);
    for (auto record = seen.cbegin(); record != seen.cend(); ++record) {
        if (!asked.contains(record.key()))
            compare(record.key(), {}, *record, findings);
    }
    std::set<Place> inputs;
    for (const Message &message : history.inputs)
        inputs.insert(placeOf(message));
    for (const Place &place : history.poison) {
        if (!inputs.contains(place))
            findings.append(
                {Kind::Invented,
                 QStringLiteral("There is poison from %1, where nothing is.").arg(textOf(place))});
    }
    return findings;
}

} // namespace desk::chaos
