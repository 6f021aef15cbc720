// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/CtlRunner.h"

using namespace desk;

// Records on SQLite: list, get, add, set, delete, history.
class CtlRecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_ctl.reset(); }
    void migrates();
    void addsAndGets();
    void showsRecordAsText();
    void lists_data();
    void lists();
    void listsAsTable();
    void setsFields();
    void keepsMoneyExact();
    void refusesValues_data();
    void refusesValues();
    void tellsAllWrongFields();
    void refusesStaleVersion();
    void refusesChangeOfId();
    void tellsUnknownRecords_data();
    void tellsUnknownRecords();
    void deletes();
    void refusesDeletionInUse();
    void showsHistory();
    void hidesControlCharacters();

private:
    QStringList ids(const QStringList &arguments) const;
    QJsonObject product(const QString &id) const
    {
        return m_ctl->onDatabase({"get", "product", id, "--json"}).json().value(0);
    }

    CtlRunner m_prepared; // its database is what every test begins with
    std::unique_ptr<CtlRunner> m_ctl;
};

void CtlRecordsTest::initTestCase()
{
    m_prepared.write("categories.csv", "id,name\n1,Beauty\n2,Lamps\n3,Empty\n");
    m_prepared.write("products.csv",
                     "id,name,price,currency,stock_quantity,category\n"
                     "1,Lipstick,9.99,USD,5,Beauty\n"
                     "2,Desk lamp,40,EUR,0,Lamps\n"
                     "3,Floor lamp,120.50,EUR,2,Lamps\n");
    CTL_DONE(m_prepared.onDatabase({"import", "category", "categories.csv"}));
    CTL_DONE(m_prepared.onDatabase({"import", "product", "products.csv"}));
}

void CtlRecordsTest::init()
{
    m_ctl = std::make_unique<CtlRunner>();
    QVERIFY(QFile::copy(m_prepared.folder.filePath("shop.db"), m_ctl->folder.filePath("shop.db")));
}

QStringList CtlRecordsTest::ids(const QStringList &arguments) const
{
    const CtlResult result = m_ctl->onDatabase(arguments + QStringList{"--json"});
    if (result.code != 0)
        return {QString::fromUtf8(result.text())};
    QStringList ids;
    for (const QJsonObject &record : result.json())
        ids.append(QString::number(record["id"].toInt()));
    return ids;
}

void CtlRecordsTest::migrates()
{
    for (int round = 0; round < 2; ++round) {
        const CtlResult result = m_ctl->onDatabase({"migrate"});
        CTL_DONE(result);
        QVERIFY(result.out.contains("shop.db"));
    }
}

void CtlRecordsTest::addsAndGets()
{
    const CtlResult added = m_ctl->onDatabase(
        {"add", "product", "name=Größe \U0001f600 = \"x\"", "price=1.5", "category=Beauty", "--json"});
    CTL_DONE(added);
    const QJsonObject record = added.json().value(0);
    QVERIFY(record["id"].toInt() > 3);
    QCOMPARE(record["name"], "Größe \U0001f600 = \"x\"");
    QCOMPARE(record["price"], "1.50");
    QCOMPARE(record["currency"], "EUR");
    QCOMPARE(record["category_id"], 1);
    QCOMPARE(record["category"], "Beauty");
    QCOMPARE(record["image_id"], QJsonValue());
    QCOMPARE(record["version"], 1);
    QCOMPARE(product(QString::number(record["id"].toInt())), record);

    const CtlResult withId = m_ctl->onDatabase(
        {"add", "product", "id=77", "name=X", "price=1", "category_id=2"});
    CTL_DONE(withId);
    QCOMPARE(withId.out, "Added Product 77.\n");
    CTL_FAILED(m_ctl->onDatabase({"add", "product", "id=77", "name=Y", "price=1"}));
    QCOMPARE(product("77")["name"], "X");
}

void CtlRecordsTest::showsRecordAsText()
{
    const CtlResult result = m_ctl->onDatabase({"get", "product", "1"});
    CTL_DONE(result);
    QVERIFY2(result.out.contains("\nname:            Lipstick\n"), result.text().constData());
    QVERIFY2(result.out.contains("\ncategory_id:     1 (Beauty)\n"), result.text().constData());
    QVERIFY2(result.out.contains("\nprice:           9.99\n"), result.text().constData());
}

void CtlRecordsTest::lists_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("all") << QStringList{} << QStringList{"1", "2", "3"};
    QTest::newRow("limit") << QStringList{"--limit", "2"} << QStringList{"1", "2"};
    QTest::newRow("limit 0") << QStringList{"--limit", "0"} << QStringList{};
    QTest::newRow("sort") << QStringList{"--sort", "name"} << QStringList{"2", "3", "1"};
    QTest::newRow("sort downwards") << QStringList{"--sort", "-price"} << QStringList{"3", "2", "1"};
    QTest::newRow("sort downwards, joined") << QStringList{"--sort=-price", "--limit=1"} << QStringList{"3"};
    QTest::newRow("filter") << QStringList{"--filter", "LAMP"} << QStringList{"2", "3"};
    QTest::newRow("filter, words") << QStringList{"--filter", "lamp floor"} << QStringList{"3"};
    QTest::newRow("filter, none") << QStringList{"--filter", "sofa"} << QStringList{};
    QTest::newRow("where") << QStringList{"--where", "price:<= 40"} << QStringList{"1", "2"};
    QTest::newRow("where twice") << QStringList{"--where", "price:<= 40", "--where", "name:lamp"}
                                 << QStringList{"2"};
    QTest::newRow("where, range") << QStringList{"--where", "price:10..50"} << QStringList{"2"};
    QTest::newRow("where, reference") << QStringList{"--where", "category_id:lamps"} << QStringList{"2", "3"};
    QTest::newRow("where, empty") << QStringList{"--where", "image_id:empty"} << QStringList{"1", "2", "3"};
    QTest::newRow("where, nothing") << QStringList{"--where", "name:"} << QStringList{"1", "2", "3"};
}

void CtlRecordsTest::lists()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, expected);
    QCOMPARE(ids(QStringList{"list", "product"} + arguments), expected);
}

void CtlRecordsTest::listsAsTable()
{
    const CtlResult result = m_ctl->onDatabase({"list", "Product"});
    CTL_DONE(result);
    const QStringList lines = result.out.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[0].startsWith("id  name        category   price  currency"), result.text().constData());
    QVERIFY2(lines[1].startsWith(" 1  Lipstick    Beauty      9.99  USD"), result.text().constData());
    QVERIFY2(lines[3].startsWith(" 3  Floor lamp  Lamps     120.50  EUR"), result.text().constData());
    QCOMPARE(m_ctl->onDatabase({"list", "image"}).out.split('\n').size(), 2); // a header all the same
}

void CtlRecordsTest::setsFields()
{
    const CtlResult changed = m_ctl->onDatabase(
        {"set", "product", "1", "price=10", "category=Lamps", "description=two\nlines"});
    CTL_DONE(changed);
    QCOMPARE(changed.out, "Changed Product 1.\n");
    QCOMPARE(product("1")["price"], "10.00");
    QCOMPARE(product("1")["category"], "Lamps");
    QCOMPARE(product("1")["description"], "two\nlines");
    QCOMPARE(product("1")["name"], "Lipstick");
    QCOMPARE(product("1")["version"], 2);
    CTL_DONE(m_ctl->onDatabase({"set", "product", "1", "category="}));
    QCOMPARE(product("1")["category_id"], QJsonValue());

    const CtlResult same = m_ctl->onDatabase({"set", "product", "1", "price=10.00", "--json"});
    CTL_DONE(same);
    QCOMPARE(same.json().value(0)["version"], 3); // nothing to do, no new version
}

void CtlRecordsTest::keepsMoneyExact()
{
    for (const char *price : {"0.10", "0.29", "19.99", "9999999999.99", "4503599627.37"}) {
        CTL_DONE(m_ctl->onDatabase({"set", "product", "1", QStringLiteral("price=%1").arg(price)}));
        QCOMPARE(product("1")["price"], price);
    }
}

void CtlRecordsTest::refusesValues_data()
{
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("words");
    QTest::newRow("over-long") << QStringList{"name=" + QString(201, 'x')} << "Name";
    QTest::newRow("empty name") << QStringList{"name="} << "Name";
    QTest::newRow("no number") << QStringList{"price=cheap"} << "Price";
    QTest::newRow("grouping") << QStringList{"price=1,000"} << "Price";
    QTest::newRow("three decimals") << QStringList{"price=9.999"} << "Price";
    QTest::newRow("negative") << QStringList{"price=-1"} << "Price";
    QTest::newRow("too many digits") << QStringList{"price=99999999999.99"} << "Price";
    QTest::newRow("no price") << QStringList{"price="} << "Price";
    QTest::newRow("currency") << QStringList{"currency=EURO"} << "Currency";
    QTest::newRow("stock") << QStringList{"stock_quantity=1.5"} << "Stock";
    QTest::newRow("stock too large") << QStringList{"stock_quantity=3000000000"} << "Stock";
    QTest::newRow("unknown category") << QStringList{"category=Garden"} << "unknown category \"Garden\"";
    QTest::newRow("unknown category id") << QStringList{"category_id=99"} << "no category 99";
    QTest::newRow("category id no number") << QStringList{"category_id=Lamps"} << "Category";
    QTest::newRow("given twice") << QStringList{"name=a", "name=b"} << "twice";
    QTest::newRow("given twice in two ways") << QStringList{"category=Lamps", "category_id=1"} << "twice";
}

void CtlRecordsTest::refusesValues()
{
    QFETCH(QStringList, values);
    QFETCH(QString, words);
    const QJsonObject before = product("1");
    const CtlResult set = m_ctl->onDatabase(QStringList{"set", "product", "1"} + values);
    CTL_FAILED(set);
    QVERIFY2(set.error.contains(words), set.text().constData());
    QCOMPARE(set.out, "");
    QCOMPARE(product("1"), before);

    QStringList complete = values;
    for (const char *value : {"name=New", "price=1"}) {
        const QString name = QString(value).section('=', 0, 0) + '=';
        if (std::none_of(values.begin(), values.end(),
                         [&](const QString &given) { return given.startsWith(name); }))
            complete.append(value);
    }
    const CtlResult add = m_ctl->onDatabase(QStringList{"add", "product"} + complete);
    CTL_FAILED(add);
    QVERIFY2(add.error.contains(words), add.text().constData());
    QCOMPARE(ids({"list", "product"}), (QStringList{"1", "2", "3"}));
}

void CtlRecordsTest::tellsAllWrongFields()
{
    const CtlResult result = m_ctl->onDatabase({"add", "product", "description=x", "currency=XX"});
    CTL_FAILED(result);
    QCOMPARE(result.error.count("catalogctl: "), 3); // no name, no price, no such currency
}

void CtlRecordsTest::refusesStaleVersion()
{
    CTL_DONE(m_ctl->onDatabase({"set", "product", "1", "price=10", "--version", "1"}));
    const CtlResult stale = m_ctl->onDatabase({"set", "product", "1", "price=11", "--version", "1"});
    CTL_FAILED(stale);
    QVERIFY2(stale.error.contains("version 2"), stale.text().constData());
    QCOMPARE(product("1")["price"], "10.00");
    CTL_FAILED(m_ctl->onDatabase({"set", "product", "1", "price=10", "--version", "1"})); // though equal
    CTL_FAILED(m_ctl->onDatabase({"delete", "product", "1", "--version", "1"}));
    CTL_DONE(m_ctl->onDatabase({"delete", "product", "1", "--version", "2"}));
}

void CtlRecordsTest::refusesChangeOfId()
{
    const CtlResult result = m_ctl->onDatabase({"set", "product", "1", "id=9"});
    CTL_FAILED(result);
    QCOMPARE(product("1")["name"], "Lipstick");
    CTL_DONE(m_ctl->onDatabase({"set", "product", "1", "id=1", "price=3"}));
}

void CtlRecordsTest::tellsUnknownRecords_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *id : {"99", "0", "-1", "abc", "99999999999999999999", "1.5"}) {
        QTest::newRow(qPrintable(QStringLiteral("get %1").arg(id)))
            << QStringList{"get", "product", "--", id};
        QTest::newRow(qPrintable(QStringLiteral("set %1").arg(id)))
            << QStringList{"set", "product", "--", id, "name=x"};
        QTest::newRow(qPrintable(QStringLiteral("delete %1").arg(id)))
            << QStringList{"delete", "product", "--", id};
        QTest::newRow(qPrintable(QStringLiteral("history %1").arg(id)))
            << QStringList{"history", "product", "--", id};
    }
}

void CtlRecordsTest::tellsUnknownRecords()
{
    QFETCH(QStringList, arguments);
    const CtlResult result = m_ctl->onDatabase(arguments);
    CTL_FAILED(result);
    QVERIFY2(result.error.contains(arguments[3]), result.text().constData());
    QCOMPARE(result.out, "");
}

void CtlRecordsTest::deletes()
{
    CTL_DONE(
        m_ctl->onDatabase({"add", "image", "id=5", "image_url=https://shop.example/a.webp", "product_id=1"}));
    const CtlResult result = m_ctl->onDatabase({"delete", "product", "1", "--json"});
    CTL_DONE(result);
    QCOMPARE(result.json().size(), 2); // its image goes with it
    QCOMPARE(result.json()[0]["entity"], "product");
    QCOMPARE(result.json()[1]["entity"], "image");
    QCOMPARE(result.json()[1]["operation"], "delete");
    QCOMPARE(ids({"list", "product"}), (QStringList{"2", "3"}));
    CTL_FAILED(m_ctl->onDatabase({"delete", "product", "1"}));
}

void CtlRecordsTest::refusesDeletionInUse()
{
    const CtlResult result = m_ctl->onDatabase({"delete", "category", "2"});
    CTL_FAILED(result);
    QVERIFY2(result.error.contains("2 products"), result.text().constData());
    QCOMPARE(ids({"list", "category"}), (QStringList{"1", "2", "3"}));
    CTL_DONE(m_ctl->onDatabase({"delete", "category", "3"}));
}

void CtlRecordsTest::showsHistory()
{
    CTL_DONE(m_ctl->onDatabase({"set", "product", "1", "price=10.50"}));
    CTL_DONE(m_ctl->onDatabase({"delete", "product", "1"}));
    const QList<QJsonObject> entries = m_ctl->onDatabase({"history", "product", "1", "--json"}).json();
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries[0]["operation"], "delete");
    QCOMPARE(entries[1]["operation"], "update");
    QCOMPARE(entries[1]["author"], "tester");
    QCOMPARE(entries[1]["origin"], "desk");
    QCOMPARE(entries[1]["version"], 2);
    QCOMPARE(entries[1]["before"].toObject()["price"], "9.99");
    QCOMPARE(entries[1]["after"].toObject()["price"], "10.50");
    QCOMPARE(entries[2]["before"], QJsonValue());
    QVERIFY(entries[0]["position"].toInt() > entries[1]["position"].toInt());
    QVERIFY(m_ctl->onDatabase({"history", "product", "1"}).out.contains("price: 9.99 → 10.50"));
    QCOMPARE(m_ctl->onDatabase({"history", "product", "1", "--limit", "1", "--json"}).json().size(), 1);
}

void CtlRecordsTest::hidesControlCharacters()
{
    const QString evil = QStringLiteral("a\x1b[31mb\nc\u202e");
    CTL_DONE(m_ctl->onDatabase({"set", "product", "1", "name=" + evil}));
    for (const QStringList &arguments : {QStringList{"get", "product", "1"}, QStringList{"list", "product"},
                                         QStringList{"history", "product", "1"}}) {
        const QString out = m_ctl->onDatabase(arguments).out;
        QVERIFY(!out.contains('\x1b'));
        QVERIFY(!out.contains(QChar(0x202e)));
    }
    QCOMPARE(product("1")["name"], evil); // JSON escapes it
}

QTEST_GUILESS_MAIN(CtlRecordsTest)
#include "CtlRecordsTest.moc"
