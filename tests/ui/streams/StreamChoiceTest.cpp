// SPDX-License-Identifier: GPL-3.0-or-later
// What is read, as it is typed, told and kept.
#include "ui/streams/StreamChoice.h"

#include "models/schema/EntityCatalog.h"

#include <QRegularExpression>
#include <QTest>

using namespace desk;

class StreamChoiceTest : public QObject
{
    Q_OBJECT

    static bool matches(const QString &pattern, const QString &topic)
    {
        return QRegularExpression(QRegularExpression::anchoredPattern(*patternFromText(pattern)))
            .match(topic)
            .hasMatch();
    }

private Q_SLOTS:
    void readsPatterns()
    {
        QVERIFY(matches("products_*", "products_add"));
        QVERIFY(!matches("products_*", "old_products_add"));
        QVERIFY(!matches("a.b", "axb"));
        QVERIFY(matches("todos?, images_*", "todos2"));
        QVERIFY(matches("todos?, images_*", "images_get"));
        QVERIFY(matches("/ev.*[0-9]/", "events7"));
        QVERIFY(!matches("/ev.*[0-9]/", "events"));
        QCOMPARE(*patternFromText("  "), QString());
    }

    void saysWhatIsWrongWithAPattern()
    {
        const auto space = patternFromText("my topic");
        QVERIFY(!space);
        QVERIFY2(space.error().sentence.contains("“my topic” fits no topic"),
                 qPrintable(space.error().sentence));
        const auto open = patternFromText("/orders");
        QVERIFY(!open);
        QVERIFY(open.error().sentence.contains("two slashes"));
        const auto broken = patternFromText("/orders(/");
        QVERIFY(!broken);
        QVERIFY2(broken.error().sentence.contains("character"), qPrintable(broken.error().sentence));
    }

    void readsPartitions()
    {
        QCOMPARE(*partitionsFromText("5-7, 0,2, 6"), (QList<int>{0, 2, 5, 6, 7}));
        QCOMPARE(*partitionsFromText(""), QList<int>());
        QCOMPARE(*partitionsFromText(" ALL "), QList<int>());
        QCOMPARE(partitionsText({0, 2, 5, 6, 7}), QStringLiteral("0, 2, 5-7"));
        for (const char *wrong : {"x", "1-", "-1", "7-5", "1,,2", "99999", "1 2"}) {
            const auto read = partitionsFromText(QString::fromLatin1(wrong));
            QVERIFY2(!read, wrong);
            QVERIFY(read.error().sentence.endsWith(u'.'));
        }
    }

    void readsCounts()
    {
        QCOMPARE(*countFromText(QStringLiteral("12\u00a0403"), 1), 12'403);
        QCOMPARE(*countFromText("12,403", 1), 12'403);
        QCOMPARE(*countFromText("0", 0), 0);
        for (const char *wrong : {"", "0", "-3", "1.5", "many", "99999999999999999999"})
            QVERIFY2(!countFromText(QString::fromLatin1(wrong), 1), wrong);
    }

    void tellsTheChoiceInWords()
    {
        const auto catalog = EntityCatalog::load();
        StreamChoice choice;
        QCOMPARE(rangeText(choice), QStringLiteral("now"));
        choice.start = {.kind = StreamStart::Kind::LastMessages, .count = 10'000};
        choice.end.kind = StreamEnd::Kind::AtEnd;
        choice.partitions = {0, 2};
        QCOMPARE(rangeText(choice), QStringLiteral("last 10\u00a0000 to the end · partitions 0, 2"));
        choice.start = {.kind = StreamStart::Kind::Time, .time = QDateTime(QDate(2024, 5, 1), QTime(8, 30))};
        choice.end = {StreamEnd::Kind::Time, QDateTime(QDate(2024, 5, 1), QTime(9, 0, 5))};
        choice.partitions = {3};
        QCOMPARE(rangeText(choice), QStringLiteral("2024-05-01 08:30 to 2024-05-01 09:00:05 · partition 3"));
        choice.start = {.kind = StreamStart::Kind::Offset, .offset = 5};
        choice.end = {.kind = StreamEnd::Kind::Offset, .offset = 1500};
        choice.partitions.clear();
        QCOMPARE(rangeText(choice), QStringLiteral("offset 5 to before offset 1\u00a0500"));
        choice.topics = {"letters"};
        choice.pattern = "ev_*";
        QCOMPARE(topicsText(choice, *catalog), QStringLiteral("letters, all like ev_*"));
        choice.topics.clear();
        QCOMPARE(topicsText(choice, *catalog), QStringLiteral("all like ev_*"));
        QVERIFY(!choice.isEmpty());
        QCOMPARE(choice.request().pattern, QStringLiteral("ev_.*"));
    }

    void isKeptAsItIs_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        for (int start = 0; start < 5; ++start) {
            for (int end = 0; end < 4; ++end)
                QTest::addRow("%d to %d", start, end) << start << end;
        }
    }
    void isKeptAsItIs()
    {
        QFETCH(int, start);
        QFETCH(int, end);
        StreamChoice choice;
        choice.topics = {"a", "b"};
        choice.pattern = "c_*";
        choice.partitions = {1, 4};
        choice.start.kind = StreamStart::Kind(start);
        if (choice.start.kind == StreamStart::Kind::LastMessages)
            choice.start.count = 7;
        if (choice.start.kind == StreamStart::Kind::Offset)
            choice.start.offset = 123'456'789'012;
        if (choice.start.kind == StreamStart::Kind::Time)
            choice.start.time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        choice.end.kind = StreamEnd::Kind(end);
        if (choice.end.kind == StreamEnd::Kind::Time)
            choice.end.time = QDateTime::fromMSecsSinceEpoch(1'700'000'100'456, Qt::UTC);
        if (choice.end.kind == StreamEnd::Kind::Offset)
            choice.end.offset = 234'567'890'123;
        QCOMPARE(choiceFromJson(choiceToJson(choice), {}), choice);
    }

    void whatMakesNoSenseTakesTheDefault()
    {
        StreamChoice standard;
        standard.topics = {"a"};
        standard.start.kind = StreamStart::Kind::Beginning;
        QCOMPARE(choiceFromJson({}, standard), standard);
        const QJsonObject wrong{{"topics", 7},         {"pattern", "/(/"}, {"from", "last-messages"},
                                {"until", "tomorrow"}, {"count", -3},      {"partitions", "one"}};
        QCOMPARE(choiceFromJson(wrong, standard), standard);
    }
};

QTEST_GUILESS_MAIN(StreamChoiceTest)
#include "StreamChoiceTest.moc"
