// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Checker.h"

#include <algorithm>

namespace desk::chaos {

using Kind = Finding::Kind;
using Record = std::pair<QString, QString>; // entity, id

namespace {

QString nameOf(const Change &change)
{
    return QStringLiteral("%1 %2 (%3 to version %4, sequence %5)")
        .arg(change.entity, change.id, change.operation)
        .arg(change.version)
        .arg(change.sequence);
}

QMap<Record, QList<const Change *>> byRecord(const QList<Change> &journal)
{
    QMap<Record, QList<const Change *>> records;
    for (const Change &change : journal)
        records[{change.entity, change.id}].append(&change);
    return records;
}

// Each change begins where the one before it ended.
void checkChain(const QList<const Change *> &changes, QList<Finding> &findings)
{
    const Change *last = nullptr;
    for (const Change *change : changes) {
        const bool isAddition = change->operation == QLatin1String("add");
        const std::optional<Fields> state = last ? last->after : std::nullopt;
        const bool fits = isAddition
            ? !state && !change->before
            : state && change->before == state && change->version == last->version + 1;
        if (!fits) {
            findings.append(
                {Kind::Lost,
                 QStringLiteral("%1 does not begin where the change before it ended: one is missing "
                                "from the journal between them.")
                     .arg(nameOf(*change))});
        }
        if (last && last->position > 0 && change->position > 0 && change->position < last->position) {
            findings.append({Kind::Reordered,
                             QStringLiteral("%1 stands at position %2, before %3 at %4.")
                                 .arg(nameOf(*change))
                                 .arg(change->position)
                                 .arg(nameOf(*last))
                                 .arg(last->position)});
        }
        last = change;
    }
}

void checkRows(const History &history, const QMap<Record, QList<const Change *>> &records,
               QList<Finding> &findings)
{
    QSet<Record> seen;
    for (const Row &row : history.rows) {
        const Record record{row.entity, row.id};
        seen.insert(record);
        const Change *last = records.contains(record) ? records[record].constLast() : nullptr;
        if (!last || !last->after) {
            findings.append(
                {Kind::Invented,
                 QStringLiteral("There is a row %1 %2 that the journal %3.")
                     .arg(row.entity, row.id,
                          last ? QStringLiteral("says was deleted") : QStringLiteral("does not know"))});
        } else if (*last->after != row.fields || last->version != row.version) {
            findings.append(
                {Kind::WrongRow,
                 QStringLiteral("The row %1 %2 at version %3 is not what its last change left: %4.")
                     .arg(row.entity, row.id)
                     .arg(row.version)
                     .arg(nameOf(*last))});
        }
    }
    for (auto record = records.cbegin(); record != records.cend(); ++record) {
        if (record.value().constLast()->after && !seen.contains(record.key())) {
            findings.append(
                {Kind::WrongRow,
                 QStringLiteral("There is no row for %1.").arg(nameOf(*record.value().constLast()))});
        }
    }
}

void checkEdits(const History &history, QList<Finding> &findings)
{
    QHash<QString, int> written;
    for (const Change &change : history.journal) {
        if (change.after && (!change.before || change.before->value("name") != change.after->value("name")))
            ++written[change.after->value("name")];
    }
    for (const Edit &edit : history.edits) {
        const int times = written.value(edit.mark);
        if (times == 0 && edit.outcome == Edit::Outcome::Committed)
            findings.append(
                {Kind::Lost, QStringLiteral("“%1” was committed, and the journal lacks it.").arg(edit.mark)});
        if (times > 0 && edit.outcome == Edit::Outcome::NotCommitted)
            findings.append(
                {Kind::Invented,
                 QStringLiteral("“%1” was not committed, and the journal has it.").arg(edit.mark)});
        if (times > 1) {
            findings.append({Kind::Duplicated,
                             QStringLiteral("“%1” was written once, and the journal has it %2 times.")
                                 .arg(edit.mark)
                                 .arg(times)});
        }
    }
}

} // namespace

QList<Finding> checkJournal(const History &history)
{
    QList<Finding> findings;
    const auto records = byRecord(history.journal);
    for (const auto &changes : records)
        checkChain(changes, findings);
    QSet<qint64> positions;
    for (const Change &change : history.journal) {
        if (change.position == 0)
            findings.append(
                {Kind::Lost, QStringLiteral("%1 has no position: no reader sees it.").arg(nameOf(change))});
        else if (positions.contains(change.position))
            findings.append(
                {Kind::Duplicated, QStringLiteral("Position %1 is there twice.").arg(change.position)});
        positions.insert(change.position);
    }
    checkRows(history, records, findings);
    checkEdits(history, findings);
    return findings;
}

QList<Finding> check(const History &history)
{
    return checkJournal(history) + checkPublished(history) + checkTakenIn(history);
}

QString toText(const QList<Finding> &findings)
{
    constexpr int MostShown = 6; // of each kind
    static const QMap<Kind, QString> names{{Kind::Lost, "lost"},
                                           {Kind::Reordered, "reordered"},
                                           {Kind::Duplicated, "duplicated"},
                                           {Kind::Altered, "altered"},
                                           {Kind::Invented, "invented"},
                                           {Kind::WrongRow, "wrong row"},
                                           {Kind::NotTakenIn, "not taken in"},
                                           {Kind::TakenInTwice, "taken in twice"},
                                           {Kind::FalsePoison, "false poison"}};
    if (findings.isEmpty())
        return {};
    QString text = QStringLiteral("%1 findings:").arg(findings.size());
    QMap<Kind, int> counts;
    for (const Finding &finding : findings) {
        if (++counts[finding.kind] <= MostShown)
            text += QStringLiteral("\n  %1: %2").arg(names[finding.kind], finding.sentence);
    }
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        if (*count > MostShown)
            text += QStringLiteral("\n  %1: %2 in all").arg(names[count.key()]).arg(*count);
    }
    return text;
}

} // namespace desk::chaos
