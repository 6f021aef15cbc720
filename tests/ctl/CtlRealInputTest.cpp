// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/CsvReader.h"
#include "tests/ctl/StackRunner.h"

#include <QDir>

using namespace desk;

// A shop's real files, from CSV through PostgreSQL and the relay to the broker and back. The files stand
// beside the source tree; without them the sample catalog's are taken.
class CtlRealInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void importsAllRows_data();
    void importsAllRows();
    void findsCategoriesByName();
    void keepsEveryValue();
    void tellsRowsThatAreThere();
    void relaysEveryChangeOnce();
    void readsEventsBack_data();
    void readsEventsBack();

private:
    using Row = QMap<QString, QString>;

    QString file(const QString &name) const { return m_folder.filePath(name + ".csv"); }
    QList<Row> rows(const QString &name) const;

    StackRunner m_ctl;
    QDir m_folder;
    bool m_isSharedData = false;
};

static const QStringList files{"categories", "products", "images", "todos"};
static const QMap<QString, QString> entityOf{
    {"categories", "category"}, {"products", "product"}, {"images", "image"}, {"todos", "todo"}};

void CtlRealInputTest::initTestCase()
{
    const QString missing = m_ctl.begin();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    const QDir source(qEnvironmentVariable("CATALOG_SOURCE"));
    m_folder = QDir(source.filePath("../shared/data"));
    m_isSharedData = m_folder.exists("products.csv");
    if (!m_isSharedData)
        m_folder = QDir(source.filePath("resources/sample"));
    for (const QString &name : files)
        QVERIFY2(!rows(name).isEmpty(), qPrintable(file(name)));
}

QList<CtlRealInputTest::Row> CtlRealInputTest::rows(const QString &name) const
{
    QFile csv(file(name));
    if (!csv.open(QIODevice::ReadOnly))
        return {};
    CsvReader reader(csv);
    QStringList header;
    QList<Row> rows;
    while (const auto item = reader.next()) {
        if (!*item)
            return {};
        Row row;
        for (qsizetype index = 0; index < (*item)->fields.size(); ++index) {
            if (header.size() <= index)
                header.append((*item)->fields[index].text);
            row.insert(header[index], (*item)->fields[index].text);
        }
        rows.append(row);
    }
    return rows.mid(1);
}

void CtlRealInputTest::importsAllRows_data()
{
    QTest::addColumn<int>("expected");
    QTest::newRow("categories") << 24;
    QTest::newRow("products") << 194;
    QTest::newRow("images") << 474;
    QTest::newRow("todos") << 254;
}

void CtlRealInputTest::importsAllRows()
{
    QFETCH(int, expected);
    const QString name = QTest::currentDataTag();
    if (!m_isSharedData)
        expected = int(rows(name).size());
    const CtlResult dry = m_ctl.onDatabase({"import", entityOf[name], file(name), "--dry-run", "--json"});
    CTL_DONE(dry);
    QCOMPARE(dry.json().value(0)["added"], expected);
    QCOMPARE(m_ctl.onDatabase({"list", entityOf[name], "--json"}).json().size(), 0);

    const CtlResult result = m_ctl.onDatabase({"import", entityOf[name], file(name), "--json"});
    CTL_DONE(result);
    QCOMPARE(result.error, "");
    QCOMPARE(result.json().value(0)["added"], expected);
    QCOMPARE(m_ctl.onDatabase({"list", entityOf[name], "--json"}).json().size(), expected);
}

void CtlRealInputTest::findsCategoriesByName()
{
    const QList<QJsonObject> products = m_ctl.onDatabase({"list", "product", "--json"}).json();
    const QList<Row> expected = rows("products");
    QCOMPARE(products.size(), expected.size());
    for (const Row &row : expected) {
        const auto found = std::find_if(products.begin(), products.end(), [&](const QJsonObject &product) {
            return product["id"] == row["id"].toInt();
        });
        QVERIFY2(found != products.end(), qPrintable(row["id"]));
        QCOMPARE((*found)["category"], row["category"]);
    }
}

void CtlRealInputTest::keepsEveryValue()
{
    for (const QString &name : {QString("categories"), QString("products"), QString("todos")}) {
        const QString path = m_ctl.folder.filePath(name + ".csv");
        CTL_DONE(m_ctl.onDatabase({"export", entityOf[name], path}));
        const CtlResult again = m_ctl.onDatabase({"import", entityOf[name], path, "--update", "--json"});
        CTL_DONE(again);
        QCOMPARE(again.json().value(0)["unchanged"], rows(name).size());
    }
}

void CtlRealInputTest::tellsRowsThatAreThere()
{
    const CtlResult result = m_ctl.onDatabase({"import", "product", file("products"), "--json"});
    CTL_DONE(result);
    QCOMPARE(result.json().value(0)["unchanged"], rows("products").size());
}

void CtlRealInputTest::relaysEveryChangeOnce()
{
    qsizetype all = 0;
    for (const QString &name : files)
        all += rows(name).size();
    if (m_isSharedData)
        QCOMPARE(all, 946);
    const CtlResult relayed = m_ctl.onDatabase({"relay", "--once", "--json"});
    CTL_DONE(relayed);
    QCOMPARE(relayed.json().value(0)["published"], all);
    QCOMPARE(relayed.json().value(0)["refused"], 0);
    const CtlResult again = m_ctl.onDatabase({"relay", "--once", "--json"});
    CTL_DONE(again);
    QCOMPARE(again.json().value(0)["published"], 0);
}

void CtlRealInputTest::readsEventsBack_data()
{
    QTest::addColumn<QString>("topic");
    QTest::newRow("categories") << "categories_add";
    QTest::newRow("products") << "products_add";
    QTest::newRow("images") << "images_add";
    QTest::newRow("todos") << "todos2";
}

void CtlRealInputTest::readsEventsBack()
{
    QFETCH(QString, topic);
    const QString name = QTest::currentDataTag();
    const QList<Row> expected = rows(name);
    const CtlResult consumed = m_ctl.consume(topic, expected.size());
    CTL_DONE(consumed);

    QMap<QString, QJsonObject> events;
    const QString origin = m_ctl.databaseId();
    for (const QJsonObject &event : consumed.json()) {
        const QJsonObject headers = event["headers"].toObject();
        QCOMPARE(headers["origin"], origin);
        QCOMPARE(headers["operation"], "add");
        QCOMPARE(headers["version"], "1");
        QCOMPARE(headers["author"], "tester");
        QVERIFY(!headers["id"].toString().isEmpty());
        QCOMPARE(event["key"], event["id"]);
        QCOMPARE(event["operation"], "add");
        QVERIFY2(!events.contains(event["key"].toString()), "The event was published twice.");
        events.insert(event["key"].toString(), event["value"].toObject());
    }
    QCOMPARE(events.size(), expected.size());
    for (qsizetype index = 0; index < expected.size(); ++index) {
        const Row &row = expected[index];
        const QString id = row.contains("id") ? row["id"] : QString::number(index + 1);
        const QJsonObject value = events.value(id);
        QVERIFY2(!value.isEmpty(), qPrintable(id));
        for (auto field = row.begin(); field != row.end(); ++field) {
            if (field.key() == "category")
                continue;
            const QString text = value[field.key()].toVariant().toString();
            QCOMPARE(text, field.value());
        }
    }
}

QTEST_GUILESS_MAIN(CtlRealInputTest)
#include "CtlRealInputTest.moc"
