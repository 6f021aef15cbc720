// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/SchemaDescriptors.h"
#include "kafka/filter/MessageFilter.h"
#include "tests/kafka/FakeRegistry.h"
#include "tests/kafka/MartEntities.h"
#include "tests/kafka/Samples.h"

#include <google/protobuf/descriptor.h>

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class DescriptorSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        writeMartEntities(m_folder.path());
        writePlayerEntity(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
        m_source = std::make_unique<EntityDescriptors>(m_catalog);
    }

    void topicOfAnEntityHasItsMessage()
    {
        QCOMPARE(m_source->valueDescriptor("products_add"), m_catalog->find(u"product")->descriptor);
        QCOMPARE(m_source->payloadOffset("products_add", QByteArray::fromHex("0818")), 0);
    }

    void listsJsonAndUnknownTopicsHaveNone()
    {
        QCOMPARE(m_source->valueDescriptor("products_list"), nullptr);
        QCOMPARE(m_source->valueDescriptor("players"), nullptr);
        QCOMPARE(m_source->valueDescriptor("elsewhere"), nullptr);
        QCOMPARE(m_source->payloadOffset("elsewhere", "x"), 0);
    }

    void framedPayloadBeginsPastTheFrame()
    {
        QCOMPARE(m_source->valueDescriptor("order-events"), m_catalog->find(u"order")->descriptor);
        QCOMPARE(m_source->payloadOffset("order-events", QByteArray::fromHex("00000000070008 05")), 6);
        QCOMPARE(m_source->payloadOffset("order-events", QByteArray::fromHex("000000000702020805")), 7);
        QCOMPARE(m_source->payloadOffset("order-events", QByteArray::fromHex("0805")), -1);
    }

    void namesAreSensitiveAsTheCatalogHasIt()
    {
        QVERIFY(m_source->sensitiveNames().matches(u"password"));
        const EntityDescriptors own(EntityCatalog::load(m_folder.path(), {QStringLiteral("tax_code")}));
        QVERIFY(own.sensitiveNames().matches(u"tax_code"));
        QVERIFY(!own.sensitiveNames().matches(u"password"));
    }

    void knowsRulesAndSubjectsOfARegistry()
    {
        QFile file(m_folder.filePath("note.txt")); // no entity's
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\"; message Note { string text = 1; }");
        file.close();
        FakeRegistry registry;
        registry.setAnswer("/subjects/parcels-value/versions/latest",
                           {{"id", 7},
                            {"schemaType", "PROTOBUF"},
                            {"schema", "syntax = \"proto3\"; message Parcel { int32 id = 1; }"}});
        BrokerSettings settings;
        settings.registryUrl = registry.url();
        DecodingSources sources{m_catalog, {}, std::make_shared<SchemaLibrary>(settings)};
        sources.settings.rules = {
            {"notes", MessagePart::Value, PayloadFormat::ProtoFile, file.fileName(), "Note"}};
        sources.settings.sensitiveNames = {"text"};
        const SchemaDescriptors early(sources);
        QCOMPARE(early.valueDescriptor("notes"), nullptr); // is being read
        QVERIFY(early.isWaiting());
        QCOMPARE(early.valueDescriptor("order-events"), m_catalog->find(u"order")->descriptor);

        const auto known = [&](const QString &topic) {
            return SchemaDescriptors(sources).valueDescriptor(topic) != nullptr;
        };
        QTRY_VERIFY(known("notes"));
        QTRY_VERIFY(known("parcels"));
        const SchemaDescriptors source(sources);
        QCOMPARE(source.valueDescriptor("notes")->full_name(), "Note");
        QCOMPARE(source.valueDescriptor("parcels")->full_name(), "Parcel");
        QVERIFY(!source.isWaiting());
        QVERIFY(source.sensitiveNames().matches(u"text"));
        QCOMPARE(source.payloadOffset("parcels", QByteArray::fromHex("00000000070008 05")), 6);
        QCOMPARE(source.payloadOffset("parcels", QByteArray::fromHex("000000000702020805")), -1);
        QCOMPARE(source.payloadOffset("notes", QByteArray::fromHex("0a0178")), 0);
        QCOMPARE(source.payloadOffset("notes", QByteArray::fromHex("0000000007000a0178")), 6);
        QCOMPARE(early.valueDescriptor("notes"), nullptr); // says the same as before
        QCOMPARE(filterNames("parcels", *m_catalog, source), QStringList("id"));
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<EntityDescriptors> m_source;
};

QTEST_GUILESS_MAIN(DescriptorSourceTest)
#include "DescriptorSourceTest.moc"
