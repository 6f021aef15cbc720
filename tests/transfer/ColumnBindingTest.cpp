// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/ColumnBinding.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class ColumnBindingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bindsWords_data();
    void bindsWords();
    void refusesUnknownWord();
    void readsReferenceByName();
    void refusesNamesThatAreNotOneRecord();
    void tellsMissingIds();

private:
    RecordId addCategory(const QString &name);

    StoreFixture m_fixture{DatabaseKind::Sqlite};
    std::unique_ptr<Store> m_store;
    const EntityType *m_product = nullptr;
    const EntityType *m_category = nullptr;
};

void ColumnBindingTest::initTestCase()
{
    m_store = m_fixture.open();
    m_product = m_store->catalog().find(u"product");
    m_category = m_store->catalog().find(u"category");
    QVERIFY(m_product && m_category);
}

RecordId ColumnBindingTest::addCategory(const QString &name)
{
    Record record = newRecord(*m_category);
    record.values[m_category->indexOf(u"name")] = name;
    const auto applied = m_store->apply({{addition(*m_category, record)}, "test"});
    return applied ? applied->constFirst().id() : RecordId();
}

void ColumnBindingTest::bindsWords_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("column");
    QTest::addColumn<bool>("byName");
    QTest::newRow("name") << "stock_quantity"
                          << "stock_quantity" << false;
    QTest::newRow("case and blanks") << " Stock_Quantity "
                                     << "stock_quantity" << false;
    QTest::newRow("label") << "stock"
                           << "stock_quantity" << false;
    QTest::newRow("reference's id") << "category_id"
                                    << "category_id" << false;
    QTest::newRow("reference's name") << "Category"
                                      << "category_id" << true;
    QTest::newRow("reference's label") << "Main image"
                                       << "image_id" << true;
    QTest::newRow("named otherwise on the wire") << "price"
                                                 << "price" << false;
}

void ColumnBindingTest::bindsWords()
{
    QFETCH(QString, word);
    QFETCH(QString, column);
    QFETCH(bool, byName);
    const Expected<ColumnBinding> binding = bindColumn(*m_product, word);
    QVERIFY(binding);
    QCOMPARE(m_product->columns[binding->column].name, column);
    QCOMPARE(binding->as == ColumnBinding::As::Name, byName);
}

void ColumnBindingTest::refusesUnknownWord()
{
    for (const char *word : {"colour", "", "exact_price", "_id"}) {
        const Expected<ColumnBinding> binding = bindColumn(*m_product, word);
        QVERIFY2(!binding, word);
        QCOMPARE(binding.error().code, ErrorCode::UnknownColumn);
    }
    QVERIFY(bindColumn(*m_product, "colour").error().sentence.contains("stock_quantity"));
}

void ColumnBindingTest::readsReferenceByName()
{
    const RecordId id = addCategory("Beauty");
    QVERIFY(!id.isEmpty());
    ReferenceLookup references(*m_store);
    const ColumnBinding byName = *bindColumn(*m_product, "category");
    for (int round = 0; round < 2; ++round) { // the second time from memory
        const Expected<QVariant> value = boundValue(*m_product, byName, "Beauty", references);
        QVERIFY(value);
        QCOMPARE(value->toString(), id);
    }
    QCOMPARE(boundValue(*m_product, byName, "", references)->isValid(), false);
    QCOMPARE(boundValue(*m_product, *bindColumn(*m_product, "category_id"), id, references)->toString(), id);
    QVERIFY(!boundValue(*m_product, *bindColumn(*m_product, "category_id"), "Beauty", references));
}

void ColumnBindingTest::refusesNamesThatAreNotOneRecord()
{
    ReferenceLookup references(*m_store);
    const ColumnBinding byName = *bindColumn(*m_product, "category");
    const Expected<QVariant> none = boundValue(*m_product, byName, "Bueaty", references);
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::InvalidValue);
    QCOMPARE(none.error().field, "category_id");
    QCOMPARE(none.error().sentence, "Category: unknown category \"Bueaty\".");

    addCategory("Twice");
    addCategory("Twice");
    const Expected<QVariant> two = boundValue(*m_product, byName, "Twice", references);
    QVERIFY(!two);
    QCOMPARE(two.error().sentence, "Category: there are 2 categories called \"Twice\"; give the id instead.");

    // What was unknown may be there later.
    addCategory("Bueaty");
    QVERIFY(!boundValue(*m_product, byName, "Bueaty", references));
    references.forgetUnknown();
    QVERIFY(boundValue(*m_product, byName, "Bueaty", references));
}

void ColumnBindingTest::tellsMissingIds()
{
    const RecordId id = addCategory("Present");
    ReferenceLookup references(*m_store);
    const Column &column = m_product->columns[m_product->indexOf(u"category_id")];
    QCOMPARE(*references.missing(column, {id, "99999"}), QSet<RecordId>{"99999"});
    QCOMPARE(*references.missing(column, {id}), QSet<RecordId>{});
    QCOMPARE(references.unknownId(column, "99999").sentence, "Category: there is no category 99999.");
}

QTEST_GUILESS_MAIN(ColumnBindingTest)
#include "ColumnBindingTest.moc"
