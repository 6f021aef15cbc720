// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of decoded fields: what their cells say, and how little is decoded for them.
#include "kafka/MessageTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

StreamMessage jsonMessage(const QByteArray &json, const QString &topic = QStringLiteral("orders"))
{
    StreamMessage message;
    message.topic = topic;
    message.timestamp = 1'700'000'000'000;
    message.hasValue = true;
    message.value = json;
    return message;
}

} // namespace

class MessageFieldsTest : public QObject
{
    Q_OBJECT

private:
    struct Fixture {
        Fixture()
            : log(std::make_shared<MessageLog>())
            , model(log, EntityCatalog::load())
            , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
            , inserted(&model, &QAbstractItemModel::columnsInserted)
            , removed(&model, &QAbstractItemModel::columnsRemoved)
            , reset(&model, &QAbstractItemModel::modelReset)
        { }
        void append(const StreamMessage &message)
        {
            log->append(QList<StreamMessage>{message});
            model.update();
        }
        QVariant cell(const QString &field, int role = Qt::DisplayRole, int row = 0) const
        {
            return model.index(row, model.columnOf(field)).data(role);
        }

        std::shared_ptr<MessageLog> log;
        MessageTableModel model;
        QAbstractItemModelTester tester;
        QSignalSpy inserted;
        QSignalSpy removed;
        QSignalSpy reset;
    };

private Q_SLOTS:
    void findsWhatAPathNames_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "name"
                               << "Lamp";
        QTest::newRow("nested") << "pricing.amount"
                                << "10.50";
        QTest::newRow("of every element") << "lines.sku"
                                          << "a, b";
        QTest::newRow("of one element") << "lines[1].sku"
                                        << "b";
        QTest::newRow("a list of numbers") << "tags"
                                           << "1, 2, 3";
        QTest::newRow("a dot in the name") << "a.b"
                                           << "dotted";
        QTest::newRow("called as a part is") << "value.key"
                                             << "own";
        QTest::newRow("header") << "header.trace"
                                << "t-1";
        QTest::newRow("masked") << "password" << MaskedValue.toString();
        QTest::newRow("within what is masked") << "card.number" << MaskedValue.toString();
        QTest::newRow("masked header") << "header.api-key" << MaskedValue.toString();
        QTest::newRow("not there") << "nothing"
                                   << "";
        QTest::newRow("not there, nested") << "pricing.nothing"
                                           << "";
        QTest::newRow("begins like one") << "nam"
                                         << "";
        QTest::newRow("past a value") << "name.first"
                                      << "";
    }
    void findsWhatAPathNames()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, text);
        Fixture fixture;
        StreamMessage message = jsonMessage(
            "{\"name\": \"Lamp\", \"pricing\": {\"amount\": 10.50}, \"lines\": [{\"sku\": \"a\"}, {\"sku\": "
            "\"b\"}],"
            "\"tags\": [1, 2, 3], \"a.b\": \"dotted\", \"key\": \"own\", \"password\": \"hunter2\","
            "\"card\": {\"number\": \"4111111111111111\"}}");
        message.headers = {{"trace", "t-1"}, {"api-key", "s3cret"}};
        fixture.append(message);
        fixture.model.setFields({path});
        QCOMPARE(fixture.cell(path).toString(), text);
        QCOMPARE(fixture.cell(path, MessageTableModel::WholeRole).toString(), text);
        QCOMPARE(fixture.cell(path, MessageTableModel::MaskedRole).toBool(), text == MaskedValue);
    }

    void numbersStandOnTheRight()
    {
        Fixture fixture;
        fixture.append(jsonMessage("{\"amount\": 3, \"name\": \"3\"}"));
        fixture.model.setFields({"amount", "name"});
        QVERIFY(fixture.cell("amount", MessageTableModel::NumberRole).toBool());
        QVERIFY(!fixture.cell("name", MessageTableModel::NumberRole).toBool());
        QVERIFY(fixture.cell("amount", Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QSignalSpy headers(&fixture.model, &QAbstractItemModel::headerDataChanged);
        QTRY_COMPARE(headers.size(), 1);
        const int column = fixture.model.columnOf("amount");
        QVERIFY(fixture.model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt()
                & Qt::AlignRight);
        QCOMPARE(fixture.model.headerData(column, Qt::Horizontal).toString(), QString("amount"));
    }

    void columnsComeAndGoByThemselves()
    {
        Fixture fixture;
        fixture.append(jsonMessage("{\"a\": 1, \"b\": 2, \"c\": 3}"));
        fixture.model.setFields({"a", "b", "a", ""});
        QCOMPARE(fixture.model.columnCount(), MessageTableModel::ColumnCount + 2);
        fixture.model.setFields({"b", "c"});
        QCOMPARE(fixture.model.fields(), (QStringList{"b", "c"}));
        QCOMPARE(fixture.removed.size(), 1);
        QCOMPARE(fixture.removed[0][1].toInt(), int(MessageTableModel::ColumnCount));
        QCOMPARE(fixture.inserted.size(), 2);
        QCOMPARE(fixture.cell("b").toString(), QString("2"));
        QCOMPARE(fixture.cell("c").toString(), QString("3"));
        fixture.model.setFields({});
        QCOMPARE(fixture.model.columnCount(), int(MessageTableModel::ColumnCount));
        QCOMPARE(fixture.reset.size(), 0);
    }

    void decodesARowOnceAndOnlyWhenAsked()
    {
        Fixture fixture;
        for (int at = 0; at < 100; ++at)
            fixture.append(jsonMessage("{\"a\": 1, \"b\": 2}"));
        fixture.model.setFields({"a", "b"});
        const qint64 before = fixture.model.fieldDecodes(); // the tester looks at one cell, too
        for (int time = 0; time < 5; ++time) {
            QCOMPARE(fixture.cell("a", Qt::DisplayRole, 50).toString(), QString("1"));
            QCOMPARE(fixture.cell("b", Qt::DisplayRole, 50).toString(), QString("2"));
        }
        QCOMPARE(fixture.model.fieldDecodes() - before, 1);
    }

    void whatIsTooMuchForAFrameComesWithTheNext()
    {
        Fixture fixture;
        const QByteArray filling(100 * 1024, 'x');
        for (int at = 0; at < 4; ++at)
            fixture.append(
                jsonMessage("{\"a\": " + QByteArray::number(at) + ", \"f\": \"" + filling + "\"}"));
        fixture.model.setFields({"a"});
        const auto texts = [&fixture] {
            QStringList all;
            for (int row = 0; row < 4; ++row)
                all.append(fixture.cell("a", Qt::DisplayRole, row).toString());
            return all;
        };
        QVERIFY(texts().contains(QStringLiteral("…")));
        QTRY_COMPARE(texts(), (QStringList{"3", "2", "1", "0"}));
        QCOMPARE(fixture.model.fieldDecodes(), 4);
    }

    void aCopyWaitsForNoFrame()
    {
        Fixture fixture;
        const QByteArray filling(100 * 1024, 'x');
        for (int at = 0; at < 3; ++at)
            fixture.append(jsonMessage("{\"a\": 7, \"f\": \"" + filling + "\"}"));
        fixture.model.setFields({"a"});
        for (int row = 0; row < 3; ++row)
            QCOMPARE(fixture.cell("a", MessageTableModel::WholeRole, row).toString(), QString("7"));
    }

    void aHugeValueIsOpenedToBeRead()
    {
        Fixture fixture;
        fixture.append(jsonMessage("{\"a\": 7, \"f\": \"" + QByteArray(2 * 1024 * 1024, 'x') + "\"}"));
        fixture.model.setFields({"a"});
        QVERIFY(fixture.cell("a").toString().startsWith(QStringLiteral("…")));
        QCOMPARE(fixture.model.fieldDecodes(), 0);
    }

    void namesWhatItHasSeen()
    {
        Fixture fixture;
        StreamMessage message = jsonMessage("{\"name\": \"Lamp\", \"pricing\": {\"amount\": 1}, \"lines\": "
                                            "[{\"sku\": \"a\"}, {\"sku\": \"b\"}],"
                                            "\"key\": 1, \"password\": \"x\"}");
        message.headers = {{"trace", "t-1"}};
        fixture.append(message);
        fixture.append(jsonMessage("{\"other\": 1, \"name\": 2}"));
        QCOMPARE(fixture.model.fieldsSeen(10),
                 (QStringList{"other", "name", "pricing.amount", "lines.sku", "value.key", "password",
                              "header.trace"}));
        QCOMPARE(fixture.model.fieldsSeen(1), (QStringList{"other", "name"}));
    }

    void anEntitysColumnsAreFields()
    {
        Fixture fixture;
        StreamMessage message = jsonMessage({}, QStringLiteral("products_add"));
        message.value = QByteArray("\x08\x18\x12\x04Milk\x30\x1b", 10); // id 24, name, stock 27
        fixture.append(message);
        fixture.model.setFields({"name", "stock_quantity"});
        QCOMPARE(fixture.cell("name").toString(), QString("Milk"));
        QCOMPARE(fixture.cell("stock_quantity").toString(), QString("27"));
        QVERIFY(fixture.model.fieldsSeen(1).contains("stock_quantity"));
    }
};

QTEST_GUILESS_MAIN(MessageFieldsTest)
#include "MessageFieldsTest.moc"
