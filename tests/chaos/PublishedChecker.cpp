// SPDX-License-Identifier: GPL-3.0-or-later
// The journal against the topics: every committed change, in order, under one id, and nothing else.
#include "tests/chaos/Checker.h"

#include <QUuid>

namespace desk::chaos {

using Kind = Finding::Kind;

namespace {

QString placeOf(const Message &message)
{
    return QStringLiteral("%1/%2/%3").arg(message.topic).arg(message.partition).arg(message.offset);
}

QString nameOf(const Change &change)
{
    return QStringLiteral("position %1, %2 %3 %4 to version %5")
        .arg(change.position)
        .arg(change.operation, change.entity, change.id)
        .arg(change.version);
}

// The payload without a registry's frame: zero byte, schema id, and one byte for the first message.
std::optional<Fields> fieldsOf(const Message &message, bool isFramed)
{
    constexpr qsizetype FrameBytes = 6;
    if (!message.value)
        return {};
    if (!isFramed)
        return fieldsOfPayload(*message.value);
    if (message.value->size() < FrameBytes || message.value->at(0) != 0 || message.value->at(5) != 0)
        return {};
    return fieldsOfPayload(message.value->mid(FrameBytes));
}

Fields saidBy(const Change &change)
{
    return change.after ? *change.after
                        : Fields{{"id", change.id}, {"name", {}}, {"stock", "0"}, {"note", {}}};
}

class Comparison
{
public:
    explicit Comparison(const History &history) : m_history(history) { }

    QList<Finding> run()
    {
        const QUuid database(m_history.databaseId);
        for (const Change &change : m_history.journal) {
            if (change.origin == QLatin1String("ingest") || !m_history.contracts.contains(change.entity)
                || change.position == 0 || m_history.refused.contains(change.position))
                continue;
            const QUuid id = QUuid::createUuidV5(database, QString::number(change.position));
            m_changes.insert(id.toByteArray(QUuid::WithoutBraces), &change);
        }
        for (const Message &message : m_history.published) {
            if (message.headers.value("origin") == database.toByteArray(QUuid::WithoutBraces))
                take(message);
        }
        for (auto change = m_changes.cbegin(); change != m_changes.cend(); ++change) {
            if (!m_first.contains(*change)) {
                add(Kind::Lost,
                    QStringLiteral("The event of %1 is not on %2.")
                        .arg(nameOf(**change),
                             m_history.contracts[(*change)->entity].topics[(*change)->operation]));
            }
        }
        checkEnds();
        checkAcrossTopics();
        return m_findings;
    }

private:
    using Lane = std::pair<QString, QString>; // topic, record

    void add(Kind kind, const QString &sentence) { m_findings.append({kind, sentence}); }

    void take(const Message &message)
    {
        const QByteArray id = message.headers.value("id");
        const Change *change = m_changes.value(id);
        if (!change) {
            const Change *twin = sameAs(message);
            add(twin ? Kind::Duplicated : Kind::Invented,
                twin ? QStringLiteral("%1 carries %2 under a second id, %3.")
                           .arg(placeOf(message), nameOf(*twin), QString::fromLatin1(id))
                     : QStringLiteral("%1 carries an event that nobody committed, id %2.")
                           .arg(placeOf(message), QString::fromLatin1(id)));
            return;
        }
        if (const Message *first = m_first.value(change)) {
            if (first->value != message.value || first->key != message.key
                || first->headers != message.headers || first->topic != message.topic)
                add(Kind::Altered,
                    QStringLiteral("%1 repeats %2 with other bytes than %3.")
                        .arg(placeOf(message), nameOf(*change), placeOf(*first)));
        } else {
            m_first.insert(change, &message);
            checkContents(message, *change);
            checkOrder(message, *change);
        }
        m_last[{message.topic, change->id}] = change;
    }

    void checkContents(const Message &message, const Change &change)
    {
        const Contract &contract = m_history.contracts[change.entity];
        if (message.topic != contract.topics.value(change.operation) || message.key != change.id.toUtf8()
            || message.headers.value("version") != QByteArray::number(change.version)
            || message.headers.value("operation") != change.operation.toUtf8()
            || fieldsOf(message, contract.isFramed) != saidBy(change))
            add(Kind::Altered,
                QStringLiteral("%1 does not say what %2 did.").arg(placeOf(message), nameOf(change)));
    }

    // The first time of each event, along its partition.
    void checkOrder(const Message &message, const Change &change)
    {
        auto &[latest, partition] = m_latest[{message.topic, change.id}];
        if (latest && latest->position > change.position)
            add(Kind::Reordered,
                QStringLiteral("%1 carries %2 after %3.")
                    .arg(placeOf(message), nameOf(change), nameOf(*latest)));
        if (latest && partition != message.partition)
            add(Kind::Reordered,
                QStringLiteral("%1 carries %2, and its earlier events are in partition %3.")
                    .arg(placeOf(message), nameOf(change))
                    .arg(partition));
        if (!latest || latest->position < change.position)
            latest = &change;
        partition = message.partition;
    }

    // A reader that knows of no ids must end with the last state.
    void checkEnds()
    {
        for (auto lane = m_latest.cbegin(); lane != m_latest.cend(); ++lane) {
            const Change *last = m_last.value(lane.key());
            if (last != lane.value().first)
                add(Kind::Reordered,
                    QStringLiteral("%1 ends with a repeat of %2, after %3.")
                        .arg(lane.key().first, nameOf(*last), nameOf(*lane.value().first)));
        }
    }

    // Where the broker noted its time: a record's events over all of its topics.
    void checkAcrossTopics()
    {
        QMap<std::pair<QString, QString>, QMap<qint64, const Message *>> records;
        for (auto first = m_first.cbegin(); first != m_first.cend(); ++first) {
            if ((*first)->appendedAt >= 0)
                records[{first.key()->entity, first.key()->id}].insert(first.key()->position, *first);
        }
        for (const auto &events : records) {
            const Message *last = nullptr;
            for (const Message *event : events) {
                if (last && event->appendedAt < last->appendedAt)
                    add(Kind::Reordered,
                        QStringLiteral(
                            "%1 was written %2 ms before %3, which is an earlier event of the record.")
                            .arg(placeOf(*event))
                            .arg(last->appendedAt - event->appendedAt)
                            .arg(placeOf(*last)));
                last = event;
            }
        }
    }

    const Change *sameAs(const Message &message) const
    {
        for (const Change *change : m_changes) {
            const Contract &contract = m_history.contracts[change->entity];
            if (message.key == change->id.toUtf8()
                && message.topic == contract.topics.value(change->operation)
                && message.headers.value("version") == QByteArray::number(change->version)
                && fieldsOf(message, contract.isFramed) == saidBy(*change))
                return change;
        }
        return nullptr;
    }

    const History &m_history;
    QList<Finding> m_findings;
    QHash<QByteArray, const Change *> m_changes; // by event id
    QHash<const Change *, const Message *> m_first;
    QMap<Lane, std::pair<const Change *, int>> m_latest; // of the first times, with its partition
    QMap<Lane, const Change *> m_last;
};

} // namespace

QList<Finding> checkPublished(const History &history)
{
    return Comparison(history).run();
}

} // namespace desk::chaos
