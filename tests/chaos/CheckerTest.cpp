// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Checker.h"

#include <QTest>
#include <QUuid>

using namespace desk::chaos;
using Kind = Finding::Kind;

namespace {

// Three articles on one topic and three parcels on a topic per verb, each added, changed three times, deleted
// and added again, all of it published; and an input topic of goods, taken in.
class SoundHistory
{
public:
    SoundHistory()
    {
        history.databaseId = QStringLiteral("{0b0b6a3e-4a52-4e12-9d57-0a3f5c1d2e4f}");
        for (const QString operation : {"add", "update", "delete"}) {
            history.contracts["article"].topics[operation] = "articles";
            history.contracts["parcel"].topics[operation] = "parcels_" + operation;
            history.contracts["goods"].topics[operation] = "goods";
        }
        for (const QString operation : {"add", "update", "update", "update", "delete", "add"}) {
            for (const QString entity : {"article", "parcel"}) {
                for (int id = 1; id <= 3; ++id)
                    change(entity, QString::number(id), operation);
            }
        }
        for (const int round : {1, 2, 3}) {
            for (int id = 1; id <= 3; ++id) {
                input(QString::number(id), false);
                if (round == 2)
                    input(QString::number(id), true);
            }
        }
        Message broken = inputAt("9");
        broken.value = "no payload";
        history.spoiledInputs.insert({broken.topic, broken.partition, broken.offset});
        history.poison = history.spoiledInputs;
        history.inputs.append(broken);
        for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
            history.rows.append({row.key().first, row.key().second, row->first, row->second});
    }

    // The index of the event of a record's change, counted from 0.
    [[nodiscard]] int event(const QString &topic, const QByteArray &key, int which) const
    {
        for (int index = 0; index < history.published.size(); ++index) {
            const Message &message = history.published[index];
            if (message.topic == topic && message.key == key && which-- == 0)
                return index;
        }
        return -1;
    }
    // Appends a copy of an event, as it stands on its topic then.
    Message &repeat(int index)
    {
        Message copy = history.published[index];
        copy.offset = 1000 + history.published.size();
        copy.appendedAt = 1'000'000;
        history.published.append(copy);
        return history.published.last();
    }

    History history;

private:
    Change &write(const QString &entity, const QString &id, const QString &operation, const QString &origin)
    {
        Change change;
        change.sequence = change.position = history.journal.size() + 1;
        change.entity = entity;
        change.id = id;
        change.operation = operation;
        change.origin = origin;
        auto row = m_rows.find({entity, id});
        change.version = 1;
        if (row != m_rows.end()) {
            change.version = row->first + 1;
            change.before = row->second;
            m_rows.erase(row);
        }
        if (operation != QLatin1String("delete")) {
            const QString mark = QStringLiteral("mark %1").arg(change.sequence);
            change.after = Fields{{"id", id}, {"name", mark}, {"stock", "7"}, {"note", {}}};
            m_rows.insert({entity, id}, {change.version, *change.after});
        }
        history.journal.append(change);
        return history.journal.last();
    }

    void change(const QString &entity, const QString &id, const QString &operation)
    {
        const Change &change = write(entity, id, operation, "other");
        if (change.after)
            history.edits.append({change.after->value("name"), Edit::Outcome::Committed});
        Message message;
        message.topic = history.contracts[entity].topics[operation];
        message.partition = id.toInt() % 2;
        message.offset = change.position;
        message.appendedAt = change.position;
        message.key = id.toUtf8();
        message.value = change.after ? payloadOf(*change.after)
                                     : payloadOf({{"id", id}, {"name", {}}, {"stock", "0"}});
        const QUuid database(history.databaseId);
        message.headers = {{"id",
                            QUuid::createUuidV5(database, QString::number(change.position))
                                .toByteArray(QUuid::WithoutBraces)},
                           {"origin", database.toByteArray(QUuid::WithoutBraces)},
                           {"operation", operation.toUtf8()},
                           {"version", QByteArray::number(change.version)}};
        history.published.append(message);
    }

    Message inputAt(const QString &id)
    {
        Message message;
        message.topic = "goods";
        message.offset = history.inputs.size();
        message.key = id.toUtf8();
        return message;
    }

    void input(const QString &id, bool isDeletion)
    {
        const bool isThere = m_rows.contains({"goods", id});
        const Change &change = write("goods", id,
                                     isDeletion    ? "delete"
                                         : isThere ? "update"
                                                   : "add",
                                     "ingest");
        Message message = inputAt(id);
        if (change.after)
            message.value = payloadOf(*change.after);
        history.inputs.append(message);
    }

    QMap<std::pair<QString, QString>, std::pair<qint64, Fields>> m_rows;
};

// That there is exactly this finding, and that it says where.
#define FINDS(history, expectedKind, where)                                                                  \
    do {                                                                                                     \
        const QList<Finding> findings = check(history);                                                      \
        QVERIFY2(findings.size() == 1, qPrintable(toText(findings)));                                        \
        QVERIFY2(findings[0].kind == (expectedKind), qPrintable(toText(findings)));                          \
        QVERIFY2(findings[0].sentence.contains(QString::fromUtf8(where)), qPrintable(toText(findings)));     \
    } while (false)

} // namespace

// The checker finds each fault that is planted, says where it is, and finds nothing else.
class CheckerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingInASoundHistory() { QCOMPARE(toText(check(SoundHistory().history)), QString()); }

    void readsPayloads()
    {
        const Fields fields{{"id", "300"}, {"name", "Käse"}, {"stock", "7"}, {"note", {}}};
        QCOMPARE(fieldsOfPayload(payloadOf(fields)), fields);
        QVERIFY(!fieldsOfPayload("no payload"));
        QVERIFY(!fieldsOfPayload(payloadOf(fields).chopped(1)));
    }

    void allowsRepeatsThatLeadUpToTheLastEvent()
    {
        SoundHistory sound;
        for (int which = 2; which < 6; ++which)
            sound.repeat(sound.event("articles", "2", which));
        QCOMPARE(toText(check(sound.history)), QString());
    }

    void findsALostEvent()
    {
        SoundHistory sound;
        sound.history.published.removeAt(sound.event("articles", "2", 3));
        FINDS(sound.history, Kind::Lost, "position 20, update article 2 to version 4 is not on articles");
    }

    void takesARefusedEventForAccountedFor()
    {
        SoundHistory sound;
        sound.history.published.removeAt(sound.event("articles", "2", 3));
        sound.history.refused.insert(20);
        QCOMPARE(toText(check(sound.history)), QString());
    }

    void findsEventsInAnotherOrder()
    {
        SoundHistory sound;
        const int first = sound.event("articles", "2", 2);
        const int second = sound.event("articles", "2", 3);
        sound.history.published.swapItemsAt(first, second);
        std::swap(sound.history.published[first].offset, sound.history.published[second].offset);
        std::swap(sound.history.published[first].appendedAt, sound.history.published[second].appendedAt);
        for (Message &message : sound.history.published)
            message.appendedAt = -1;
        FINDS(sound.history, Kind::Reordered, "articles/0/20 carries position 14, update article 2");
    }

    void findsEventsInAnotherOrderOverTopics()
    {
        SoundHistory sound;
        sound.history.published[sound.event("parcels_delete", "1", 0)].appendedAt = 3;
        FINDS(sound.history, Kind::Reordered,
              "parcels_delete/1/28 was written 19 ms before parcels_update/1/22");
    }

    void findsATopicThatEndsWithAnOldEvent()
    {
        SoundHistory sound;
        sound.repeat(sound.event("articles", "3", 2));
        FINDS(sound.history, Kind::Reordered, "articles ends with a repeat of position 15, update article 3");
    }

    void findsARecordInTwoPartitions()
    {
        SoundHistory sound;
        sound.history.published[sound.event("articles", "3", 5)].partition = 0;
        FINDS(sound.history, Kind::Reordered, "earlier events are in partition 1");
    }

    void findsAChangeUnderASecondId()
    {
        SoundHistory sound;
        sound.repeat(sound.event("articles", "3", 5)).headers["id"] = "another";
        FINDS(sound.history, Kind::Duplicated,
              "carries position 33, add article 3 to version 1 under a second id, another");
    }

    void findsARepeatWithOtherBytes()
    {
        SoundHistory sound;
        sound.repeat(sound.event("articles", "3", 5)).value->append(payloadOf({{"stock", "8"}}));
        FINDS(sound.history, Kind::Altered,
              "repeats position 33, add article 3 to version 1 with other bytes");
    }

    void findsAnEventThatSaysAnotherThing()
    {
        SoundHistory sound;
        *sound.history.published[sound.event("articles", "3", 5)].value += payloadOf({{"stock", "8"}});
        FINDS(sound.history, Kind::Altered, "articles/1/33 does not say what position 33");
    }

    void findsAnInventedEvent()
    {
        SoundHistory sound;
        Message &message = sound.repeat(sound.event("articles", "3", 5));
        message.headers["id"] = "another";
        message.value = payloadOf({{"id", "3"}, {"name", "from nowhere"}, {"stock", "0"}});
        FINDS(sound.history, Kind::Invented, "carries an event that nobody committed, id another");
    }

    void findsALostChange()
    {
        SoundHistory sound;
        sound.history.edits.append({"said to be saved", Edit::Outcome::Committed});
        FINDS(sound.history, Kind::Lost, "“said to be saved” was committed, and the journal lacks it");
    }

    void findsAChangeThatWasTakenBack()
    {
        SoundHistory sound;
        sound.history.edits[4].outcome = Edit::Outcome::NotCommitted;
        FINDS(sound.history, Kind::Invented, "was not committed, and the journal has it");
    }

    void asksNothingOfAnEditWhoseOutcomeIsUnknown()
    {
        SoundHistory sound;
        sound.history.edits[4].outcome = Edit::Outcome::Unknown;
        sound.history.edits.append({"never heard of", Edit::Outcome::Unknown});
        QCOMPARE(toText(check(sound.history)), QString());
    }

    void findsAGapInTheJournal()
    {
        SoundHistory sound;
        const Change gone = sound.history.journal.takeAt(13); // an update of an article
        sound.history.edits.removeIf(
            [&](const Edit &edit) { return edit.mark == gone.after->value("name"); });
        sound.history.published.removeAt(sound.event("articles", gone.id.toUtf8(), 2));
        FINDS(sound.history, Kind::Lost, "article 2 (update to version 4, sequence 20) does not begin where");
    }

    void findsAChangeWithoutAPosition()
    {
        SoundHistory sound;
        sound.history.journal[32].position = 0;
        sound.history.published.removeAt(sound.event("articles", "3", 5));
        FINDS(sound.history, Kind::Lost, "article 3 (add to version 1, sequence 33) has no position");
    }

    void findsARowThatIsNotItsLastChange()
    {
        SoundHistory sound;
        sound.history.rows[0].fields["stock"] = "8";
        FINDS(sound.history, Kind::WrongRow,
              "The row article 1 at version 1 is not what its last change left");
        sound.history.rows[0].fields["stock"] = "7";
        sound.history.rows.removeAt(1);
        FINDS(sound.history, Kind::WrongRow, "There is no row for article 2");
    }

    void findsALostInput()
    {
        SoundHistory sound;
        Message message = sound.history.inputs.constLast();
        message.offset += 1;
        message.value = payloadOf({{"id", "9"}, {"name", "unheard"}, {"stock", "0"}});
        sound.history.inputs.append(message);
        FINDS(sound.history, Kind::NotTakenIn,
              "goods/0/13 (“unheard” for goods 9) is neither applied nor poison");
    }

    void findsALostDeletion()
    {
        SoundHistory sound;
        Message message = sound.history.inputs[10]; // the last of goods 2
        message.value.reset();
        message.offset = 13;
        sound.history.inputs.append(message);
        FINDS(sound.history, Kind::NotTakenIn, "goods 2 was to be deleted 2 times, and was 1 times");
    }

    void findsAnInputThatWasAppliedTwice()
    {
        SoundHistory sound;
        Change again = sound.history.journal.constLast(); // of goods 3
        again.before = again.after;
        again.operation = "update";
        ++again.version;
        again.sequence = again.position = again.sequence + 1;
        sound.history.journal.append(again);
        for (Row &row : sound.history.rows)
            row.version += row.entity == QLatin1String("goods") && row.id == QLatin1String("3");
        FINDS(sound.history, Kind::TakenInTwice, "goods/0/11 (“mark 48” for goods 3) was applied 2 times");
    }

    void findsInputsAppliedOutOfOrder()
    {
        SoundHistory sound;
        std::swap(sound.history.inputs[1].value, sound.history.inputs[5].value); // both of goods 2
        FINDS(sound.history, Kind::Reordered, "goods/0/1 of goods 2 was applied out of order");
    }

    void findsPoisonThatIsNotListedOrIsNone()
    {
        SoundHistory sound;
        sound.history.poison.clear();
        FINDS(sound.history, Kind::NotTakenIn, "goods/0/12 cannot be applied, and is not among the poison");
        sound.history.poison = sound.history.spoiledInputs;
        sound.history.poison.insert({"goods", 0, 77});
        FINDS(sound.history, Kind::Invented, "There is poison from goods/0/77");
    }
};

QTEST_GUILESS_MAIN(CheckerTest)
#include "CheckerTest.moc"
