// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/DescriptorSource.h"
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

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<EntityDescriptors> m_source;
};

QTEST_GUILESS_MAIN(DescriptorSourceTest)
#include "DescriptorSourceTest.moc"
