// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way on real servers: a price typed into the window, PostgreSQL, the relay, and the event read
// back from its topic. Needs DATABASE_URL and BOOTSTRAP_SERVERS (./dev stack env).
#include "kafka/Relay.h"
#include "kafka/StreamSession.h"
#include "models/schema/RecordCodec.h"
#include "tests/ui/records/PageFixture.h"

#include <QUuid>

using namespace desk;

class EditToTopicTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTypedPriceArrivesOnItsTopic()
    {
        BrokerSettings brokers;
        brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(brokers.isConfigured(), "Start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");

        PageFixture desk(DatabaseKind::PostgreSql);
        const QString name = QStringLiteral("Fish Steak ") + QUuid::createUuid().toString(QUuid::Id128);
        const Record product = desk.add("product",
                                        {{"name", name}, {"price", RecordsFixture::decimal("14.99")}});
        QVERIFY(desk.other->advanceRelay(desk.other->journalHead().value(), {}));

        RelayThread relay([&desk] { return openStore(desk.database.settings(), desk.catalog); }, brokers);
        QObject::connect(&relay, &RelayThread::statusChanged, &desk.client, &StoreClient::poke);
        relay.start();
        StreamSession stream(brokers, std::make_shared<MessageLog>());
        stream.start({{QStringLiteral("products_update")}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(stream.state(), StreamSession::State::Reading, 20'000);

        desk.open("product", 1);
        desk.doubleClick(0, "price");
        desk.type(QStringLiteral("21.49"));
        desk.press(Qt::Key_Return);
        QTRY_COMPARE(desk.value("product", product.id, "price"), RecordsFixture::decimal("21.49"));

        StreamMessage event;
        QTRY_VERIFY_WITH_TIMEOUT(find(*stream.log(), name, event), 30'000);
        QCOMPARE(event.key, product.id.toUtf8());
        const Expected<Record> sent = RecordCodec(desk.entity("product")).decode(event.value);
        QVERIFY(sent);
        QCOMPARE(sent->values[desk.column("price")], RecordsFixture::decimal("21.49"));
        QHash<QByteArray, QByteArray> headers;
        for (const MessageHeader &header : event.headers)
            headers.insert(header.name, header.value);
        QCOMPARE(headers.value("operation"), QByteArray("update"));
        QCOMPARE(headers.value("version"), QByteArray("2"));
        QCOMPARE(headers.value("author"), QByteArray("me"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.state(0), QStringLiteral("published"), 20'000);
    }

    void whatAPlainClientWritesShowsInTheOpenWindow()
    {
        PageFixture desk(DatabaseKind::PostgreSql);
        desk.add("product", {{"name", "Milk"}, {"price", RecordsFixture::decimal("1.10")}});
        desk.open("product", 1);
        desk.database.sql({QStringLiteral("UPDATE product SET price = 1.35 WHERE name = 'Milk'")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.text(0, "price"), QStringLiteral("1.35"), 1'000);
        desk.database.sql({QStringLiteral(
            "INSERT INTO productcreate (id, name, description, price, stock_quantity, category_id, "
            "image_id) VALUES (77, 'Honey', '', 8.5, 3, 0, 0)")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.page->model().rowCount(), 2, 1'000);
        QTRY_COMPARE(desk.text(1, "price"), QStringLiteral("8.50"));
    }

private:
    // Other tests' events may be on the topic too.
    static bool find(const MessageLog &log, const QString &name, StreamMessage &found)
    {
        for (qint64 row = log.firstRow(); row < log.endRow(); ++row) {
            found = log.message(row);
            if (found.value.contains(name.toUtf8()))
                return true;
        }
        return false;
    }
};

QTEST_MAIN(EditToTopicTest)
#include "EditToTopicTest.moc"
