// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceJson.h"

#include <QJsonArray>
#include <QTest>

using namespace desk;

class DecodingSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreKeptInTheWorkspace()
    {
        Workspace workspace;
        workspace.name = "shop";
        workspace.database.path = "/tmp/shop.db";
        workspace.decoding.rules = {
            {"order-*", MessagePart::Value, PayloadFormat::ProtoFile, "/protos/order.proto", "shop.Order"},
            {"*", MessagePart::Key, PayloadFormat::Integer, {}, {}}};
        workspace.decoding.sensitiveNames = {"salary"};
        const auto json = workspaceToJson(workspace);
        QVERIFY(json);
        const auto read = workspaceFromJson(*json);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
        QCOMPARE(read->decoding.rules, workspace.decoding.rules);
        QCOMPARE(read->decoding.sensitiveNames, workspace.decoding.sensitiveNames);
    }

    void workspaceWithoutThemTakesTheDefaults()
    {
        const auto read = decodingFromJson({});
        QVERIFY(read);
        QCOMPARE(read->sensitiveNames, SensitiveNames::defaultPatterns());
        QVERIFY(read->rules.isEmpty());
        // An empty list is an answer, too.
        QVERIFY(decodingFromJson({{"sensitiveNames", QJsonArray()}})->sensitiveNames.isEmpty());
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QJsonObject>("json");
        const auto rule = [](const QJsonObject &rule) { return QJsonObject{{"rules", QJsonArray{rule}}}; };
        QTest::newRow("no array") << QJsonObject{{"rules", 1}};
        QTest::newRow("no object") << QJsonObject{{"rules", QJsonArray{1}}};
        QTest::newRow("no topics") << rule({{"part", "key"}, {"format", "json"}});
        QTest::newRow("no format") << rule({{"topics", "a"}, {"part", "key"}});
        QTest::newRow("other format") << rule({{"topics", "a"}, {"part", "key"}, {"format", "avro"}});
        QTest::newRow("other part") << rule({{"topics", "a"}, {"part", "header"}, {"format", "json"}});
        QTest::newRow("no file") << rule({{"topics", "a"}, {"part", "key"}, {"format", "proto-file"}});
        QTest::newRow("names") << QJsonObject{{"sensitiveNames", "password"}};
        QTest::newRow("empty name") << QJsonObject{{"sensitiveNames", QJsonArray{" "}}};
    }

    void nonsenseIsRefused()
    {
        QFETCH(QJsonObject, json);
        const auto read = decodingFromJson(json);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Format);
        QVERIFY(read.error().field.startsWith("decoding."));
    }

    void newRuleTakesThePlaceOfTheOldOne()
    {
        DecodingSettings settings;
        const DecodingRule json{"orders", MessagePart::Value, PayloadFormat::Json, {}, {}};
        settings = settings.with({"orders", MessagePart::Value, PayloadFormat::Hex, {}, {}}).with(json);
        QCOMPARE(settings.rules, QList<DecodingRule>({json}));
        QVERIFY(
            settings.with({"orders", MessagePart::Value, PayloadFormat::Automatic, {}, {}}).rules.isEmpty());
        // One that a wider rule would take hold of has to be said.
        const DecodingRule wide{"*", MessagePart::Value, PayloadFormat::Text, {}, {}};
        settings.rules = {wide};
        const DecodingRule automatic{"orders", MessagePart::Value, PayloadFormat::Automatic, {}, {}};
        QCOMPARE(settings.with(automatic).rules, QList<DecodingRule>({automatic, wide}));
        QCOMPARE(settings.with(automatic).ruleFor(u"orders", MessagePart::Value)->format,
                 PayloadFormat::Automatic);
    }

    void firstRuleThatMatchesCounts()
    {
        DecodingSettings settings;
        settings.rules = {{"orders", MessagePart::Value, PayloadFormat::Json, {}, {}},
                          {"order*", MessagePart::Value, PayloadFormat::Text, {}, {}},
                          {"*-v?", MessagePart::Key, PayloadFormat::Hex, {}, {}}};
        const auto formatFor = [&](QStringView topic, MessagePart part) {
            const DecodingRule *rule = settings.ruleFor(topic, part);
            return rule ? rule->format : PayloadFormat::Automatic;
        };
        QCOMPARE(formatFor(u"orders", MessagePart::Value), PayloadFormat::Json);
        QCOMPARE(formatFor(u"order-events", MessagePart::Value), PayloadFormat::Text);
        QCOMPARE(formatFor(u"order-events", MessagePart::Key), PayloadFormat::Automatic);
        QCOMPARE(formatFor(u"a.b-v2", MessagePart::Key), PayloadFormat::Hex);
        QCOMPARE(formatFor(u"a.b-v22", MessagePart::Key), PayloadFormat::Automatic);
        QCOMPARE(formatFor(u"anorder", MessagePart::Value), PayloadFormat::Automatic);
    }
};

QTEST_GUILESS_MAIN(DecodingSettingsTest)
#include "DecodingSettingsTest.moc"
