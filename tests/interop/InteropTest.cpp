// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/StackRunner.h"

using namespace desk;

// The older services against this program: a Python client with the services' own message classes reads the
// events, and a plain SQL client works through the tables' names that those services know. Nothing of it
// shares code with Catalog Desk.
class InteropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void servicesReadEvents_data();
    void servicesReadEvents();
    void servicesReadExactFields();
    void servicesReadDeletions();
    void servicesReadLists();
    void servicesJoinTables();
    void servicesInsert();
    void servicesUpdate();
    void servicesDelete();
    void servicesSeeNoneAsZero();
    void servicesChangesArePublished();

private:
    // What a helper script printed, one object per line; fails the test with its own words otherwise.
    QList<QJsonObject> python(const QString &script, const QStringList &arguments);
    // This database's events on a topic, read with that class.
    QList<QJsonObject> read(const QString &topic, const QString &message);
    QJsonObject service(const QStringList &arguments)
    {
        return python("service_database.py", arguments).value(0);
    }
    QJsonObject history(const QString &entity, const QString &id) const
    {
        return m_ctl.onDatabase({"history", entity, id, "--json"}).json().value(0);
    }

    StackRunner m_ctl;
    QString m_python;
    QString m_folder;
};

void InteropTest::initTestCase()
{
    const QString missing = m_ctl.begin();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    m_folder = qEnvironmentVariable("CATALOG_SOURCE") + "/tests/interop/";
    QProcess venv;
    venv.start(m_folder + "venv", {});
    QVERIFY(venv.waitForFinished(240'000));
    QVERIFY2(venv.exitCode() == 0, venv.readAllStandardError().constData());
    m_python = QString::fromUtf8(venv.readAllStandardOutput()).trimmed();

    CTL_DONE(m_ctl.onDatabase({"add", "category", "id=3", "name=Größe & Co", "description=two\nlines"}));
    CTL_DONE(m_ctl.onDatabase({"add", "product", "id=5", "name=Lamp", "price=14.99", "category=Größe & Co",
                               "currency=USD", "stock_quantity=7", "description=bright"}));
    CTL_DONE(m_ctl.onDatabase(
        {"add", "image", "id=9", "image_url=https://shop.example/lamp.webp", "product_id=5"}));
    CTL_DONE(m_ctl.onDatabase({"set", "product", "5", "image_id=9", "price=0.29"}));
    CTL_DONE(m_ctl.onDatabase({"add", "product", "id=6", "name=Bare", "price=0"}));
    CTL_DONE(m_ctl.onDatabase({"set", "category", "3", "description="}));
    CTL_DONE(m_ctl.onDatabase({"add", "todo", "id=5", "title=Call", "completed=true"}));
    CTL_DONE(m_ctl.onDatabase({"publish", "list", "category"}));
    CTL_DONE(m_ctl.onDatabase({"publish", "list", "product"}));
    CTL_DONE(m_ctl.onDatabase({"publish", "get", "product", "5"}));
    CTL_DONE(m_ctl.onDatabase({"relay", "--once"}));
}

QList<QJsonObject> InteropTest::python(const QString &script, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = m_ctl.environment;
    environment.insert("DATABASE_URL", m_ctl.databaseWithPassword());
    process.setProcessEnvironment(environment);
    process.start(m_python, QStringList{m_folder + script} + arguments);
    if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
        QTest::qFail(process.readAllStandardError().constData(), __FILE__, __LINE__);
        return {};
    }
    QList<QJsonObject> objects;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            objects.append(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QList<QJsonObject> InteropTest::read(const QString &topic, const QString &message)
{
    const QString origin = m_ctl.databaseId();
    QList<QJsonObject> ours;
    for (const QJsonObject &event : python("read_topic.py", {topic, message, "--timeout", "60"})) {
        if (event["headers"].toObject()["origin"] == origin)
            ours.append(event);
    }
    return ours;
}

void InteropTest::servicesReadEvents_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("events");
    QTest::newRow("product added") << "products_add"
                                   << "ProductCreate" << 2;
    QTest::newRow("product changed") << "products_update"
                                     << "ProductUpdate" << 1;
    QTest::newRow("product asked for") << "products_get"
                                       << "ProductCreate" << 1;
    QTest::newRow("category added") << "categories_add"
                                    << "CategoryCreate" << 1;
    QTest::newRow("category changed") << "categories_update"
                                      << "CategoryUpdate" << 1;
    QTest::newRow("image added") << "images_add"
                                 << "ImageCreate" << 1;
    QTest::newRow("image read back") << "images_add"
                                     << "Image" << 1;
    QTest::newRow("todo added") << "todos2"
                                << "TodoCreate" << 1;
}

void InteropTest::servicesReadEvents()
{
    QFETCH(QString, topic);
    QFETCH(QString, message);
    QFETCH(int, events);
    const QList<QJsonObject> read = this->read(topic, message);
    QCOMPARE(read.size(), events);
    for (const QJsonObject &event : read) {
        // Byte for byte what the service's own class writes for these values; ours come behind them.
        QVERIFY2(event["own_is_prefix"].toBool(), QJsonDocument(event).toJson().constData());
        if (topic.startsWith("products"))
            QVERIFY(event["unknown_bytes"].toInt() > 0); // the exact price and the currency
        else
            QCOMPARE(event["value"], event["own"]);
        QCOMPARE(event["key"], QString::number(event["fields"].toObject()["id"].toInt()));
    }
}

void InteropTest::servicesReadExactFields()
{
    const QJsonObject fields = read("products_update", "ProductUpdate").value(0)["fields"].toObject();
    const QJsonObject expected{{"id", 5},          {"name", "Lamp"},      {"description", "bright"},
                               {"category_id", 3}, {"stock_quantity", 7}, {"image_id", 9}};
    for (auto field = expected.begin(); field != expected.end(); ++field)
        QCOMPARE(fields[field.key()], field.value());
    QCOMPARE(float(fields["price"].toDouble()), 0.29f);
    // An update carries the whole record: the service would set what is left out to 0.
    QCOMPARE(read("categories_update", "CategoryUpdate").value(0)["fields"].toObject()["name"], "Größe & Co");
    for (const QJsonObject &event : read("products_add", "ProductCreate")) {
        const QJsonObject added = event["fields"].toObject();
        if (added["id"] == 6)
            QCOMPARE(added["category_id"], 0); // none
    }
}

void InteropTest::servicesReadDeletions()
{
    CTL_DONE(m_ctl.onDatabase({"add", "category", "id=50", "name=Gone"}));
    CTL_DONE(m_ctl.onDatabase({"delete", "category", "50"}));
    CTL_DONE(m_ctl.onDatabase({"relay", "--once"}));
    const QList<QJsonObject> deleted = read("categories_delete", "CategoryDelete");
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted[0]["value"], deleted[0]["own"]);
    QCOMPARE(deleted[0]["fields"].toObject()["id"], 50);
}

void InteropTest::servicesReadLists()
{
    const QList<QJsonObject> categories = read("categories_list", "CategoryList");
    QCOMPARE(categories.size(), 1);
    QCOMPARE(categories[0]["fields"].toObject()["categories"].toArray().size(), 1);
    QCOMPARE(categories[0]["value"], categories[0]["own"]);
    const QJsonArray products
        = read("products_list", "ProductList").value(0)["fields"].toObject()["products"].toArray();
    QCOMPARE(products.size(), 2);
    QCOMPARE(float(products[0].toObject()["price"].toDouble()), 0.29f);
}

void InteropTest::servicesJoinTables()
{
    const QJsonObject joined = service({"join", "5", "https://shop.example/none.webp"});
    // Names, not places: the service reads rows by name.
    QStringList names;
    for (const QJsonValue &name : joined["columns"].toArray())
        names.append(name.toString());
    QCOMPARE(joined["rows"].toArray().size(), 1);
    const QJsonArray row = joined["rows"].toArray()[0].toArray();
    QStringList values;
    for (qsizetype index = 0; index < names.size(); ++index)
        values.append(names[index] + '=' + row[index].toVariant().toString());
    values.sort();
    QStringList expected{"id=5",
                         "name=Lamp",
                         "description=bright",
                         "price=0.29",
                         "stock_quantity=7",
                         "category_id=3",
                         "image_id=9",
                         "category_id=3",
                         "category_name=Größe & Co",
                         "category_description=",
                         "image_id=9",
                         "image_url=https://shop.example/lamp.webp",
                         "image_product_id=5"};
    expected.sort();
    QCOMPARE(values, expected);
    QCOMPARE(service({"join", "0", "https://shop.example/lamp.webp"})["rows"].toArray().size(), 1);
}

void InteropTest::servicesInsert()
{
    QVERIFY(!service({"insert", "categorycreate", "id=70", "name=Theirs", "description=x"}).isEmpty());
    const QJsonObject product = service({"insert", "productcreate", "id=71", "name=Their lamp",
                                         "description=y", "price=19.99", "stock_quantity=3", "category_id=70",
                                         "image_id=0"});
    QCOMPARE(product["price"], 19.99);
    const QJsonObject ours = m_ctl.onDatabase({"get", "product", "71", "--json"}).json().value(0);
    QCOMPARE(ours["name"], "Their lamp");
    QCOMPARE(ours["price"], "19.99"); // exact, though it came as a float
    QCOMPARE(ours["category"], "Theirs");
    QCOMPARE(ours["image_id"], QJsonValue());
    QCOMPARE(ours["version"], 1);
    QCOMPARE(history("product", "71")["operation"], "add");
    QCOMPARE(history("product", "71")["origin"], "other");

    // The service's tables give ids themselves where it leaves them out; ours never meet those.
    QVERIFY(service({"insert", "todocreate", "title=Their todo"})["id"].toInt() > 0);
    CTL_DONE(m_ctl.onDatabase({"add", "todo", "title=Ours"}));
    QVERIFY(service({"insert", "todocreate", "title=Their second"})["id"].toInt() > 0);
}

void InteropTest::servicesUpdate()
{
    QVERIFY(!service({"update", "productcreate", "71", "name=Their big lamp", "price=20.5", "category_id=0"})
                 .isEmpty());
    const QJsonObject ours = m_ctl.onDatabase({"get", "product", "71", "--json"}).json().value(0);
    QCOMPARE(ours["name"], "Their big lamp");
    QCOMPARE(ours["price"], "20.50");
    QCOMPARE(ours["category_id"], QJsonValue());
    QCOMPARE(ours["version"], 2);
    const QJsonObject entry = history("product", "71");
    QCOMPARE(entry["operation"], "update");
    QCOMPARE(entry["origin"], "other");
    QCOMPARE(entry["before"].toObject()["price"], "19.99");
    QCOMPARE(entry["after"].toObject()["price"], "20.50");
    // Who saw the record before the service changed it is told.
    CTL_FAILED(m_ctl.onDatabase({"set", "product", "71", "price=1", "--version", "1"}));
}

void InteropTest::servicesDelete()
{
    QVERIFY(!service({"insert", "todocreate", "id=900", "title=Short-lived", "completed=true"}).isEmpty());
    QVERIFY(!service({"delete", "todocreate", "900"}).isEmpty());
    CTL_FAILED(m_ctl.onDatabase({"get", "todo", "900"}));
    const QJsonObject entry = history("todo", "900");
    QCOMPARE(entry["operation"], "delete");
    QCOMPARE(entry["origin"], "other");
    QCOMPARE(entry["before"].toObject()["completed"], true);
}

void InteropTest::servicesSeeNoneAsZero()
{
    const QJsonObject bare = service({"get", "productcreate", "6"});
    QCOMPARE(bare["category_id"], 0);
    QCOMPARE(bare["image_id"], 0);
    QCOMPARE(bare["price"], 0.0);
}

void InteropTest::servicesChangesArePublished()
{
    CTL_DONE(m_ctl.onDatabase({"relay", "--once"}));
    bool found = false;
    for (const QJsonObject &event : read("products_update", "ProductUpdate")) {
        const QJsonObject fields = event["fields"].toObject();
        if (fields["id"] != 71)
            continue;
        found = true;
        QCOMPARE(fields["name"], "Their big lamp");
        QCOMPARE(float(fields["price"].toDouble()), 20.5f);
    }
    QVERIFY(found);
}

QTEST_GUILESS_MAIN(InteropTest)
#include "InteropTest.moc"
