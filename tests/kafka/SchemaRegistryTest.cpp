// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaRegistry.h"

#include "tests/kafka/FakeRegistry.h"

#include <QElapsedTimer>
#include <QTest>

using namespace desk;
using Fault = FakeRegistry::Fault;

class SchemaRegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_registry = std::make_unique<FakeRegistry>(); }
    void cleanup() { m_registry.reset(); }

    void registersOnceAndRemembers()
    {
        SchemaRegistry registry(settings());
        const auto id = registry.idOf(schema());
        QVERIFY2(id, id ? "" : qPrintable(id.error().sentence));
        QCOMPARE(*id, 100);
        QCOMPARE(m_registry->requests(), 2); // looked for, then registered
        QCOMPARE(*registry.idOf(schema()), 100);
        QCOMPARE(m_registry->requests(), 2);
        QCOMPARE(m_registry->schemas().firstKey(), std::pair(schema().subject, schema().text));
    }

    void takesTheIdThatIsThere()
    {
        QVERIFY(SchemaRegistry(settings()).idOf(schema()));
        const int before = m_registry->requests();
        QCOMPARE(*SchemaRegistry(settings()).idOf(schema()), 100);
        QCOMPARE(m_registry->requests(), before + 1);
    }

    void schemasAreKeptById()
    {
        SchemaRegistry registry(settings());
        QVERIFY(registry.idOf(schema()));
        const auto found = registry.schemaById(100);
        QVERIFY2(found, found ? "" : qPrintable(found.error().sentence));
        QCOMPARE(found->type, QString("PROTOBUF"));
        QCOMPARE(found->text, schema().text);
        m_registry->set(Fault::Away);
        QCOMPARE(registry.schemaById(100)->text, schema().text);
        m_registry->set(Fault::None);
        QCOMPARE(registry.schemaById(7).error().code, ErrorCode::NotFound);
    }

    void sendsUserAndPasswordAndHidesThem()
    {
        BrokerSettings settings = this->settings();
        settings.registryUrl.replace("http://", "http://ada:p%40ss@");
        SchemaRegistry registry(settings);
        QVERIFY(registry.idOf(schema()));
        QVERIFY2(m_registry->lastRequest().contains("Basic " + QByteArray("ada:p@ss").toBase64()),
                 m_registry->lastRequest().constData());
        m_registry->set(Fault::WrongPassword);
        const auto refused = SchemaRegistry(settings).idOf(schema());
        QVERIFY(!refused.error().sentence.contains("p@ss") && !refused.error().sentence.contains("p%40ss"));
        QVERIFY(!refused.error().sentence.contains("ada"));
    }

    void addressMayHaveAPath()
    {
        BrokerSettings settings = this->settings();
        settings.registryUrl += "/apis/ccompat/v7/";
        static_cast<void>(SchemaRegistry(settings).schemaById(1));
        QVERIFY2(m_registry->lastRequest().startsWith("GET /apis/ccompat/v7/schemas/ids/1 "),
                 m_registry->lastRequest().constData());
    }

    void faultsAreSentences_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("away") << Fault::Away << ErrorCode::Unreachable
                              << "cannot be reached: connection refused";
        QTest::newRow("silent") << Fault::Silent << ErrorCode::Unreachable << "does not answer";
        QTest::newRow("breaks off") << Fault::BreaksOff << ErrorCode::Unreachable << "cannot be reached";
        QTest::newRow("incompatible")
            << Fault::Incompatible << ErrorCode::Conflict
            << "orders-value, which is not compatible with the one before: The type "
               "of field 1 has changed. Undo";
        QTest::newRow("bad schema") << Fault::BadSchema << ErrorCode::BadSchema << "Line 3 is wrong.";
        QTest::newRow("failing") << Fault::Failing << ErrorCode::Unreachable << "(HTTP 500): The log";
        QTest::newRow("password") << Fault::WrongPassword << ErrorCode::Unauthorised
                                  << "SCHEMA_REGISTRY_URL=";
        QTest::newRow("forbidden") << Fault::Forbidden << ErrorCode::Unauthorised
                                   << "schemas of orders-value";
        QTest::newRow("other page") << Fault::OtherPage << ErrorCode::Format << "is no schema registry";
        QTest::newRow("garbage") << Fault::Garbage << ErrorCode::Unreachable << "cannot be reached: ";
        QTest::newRow("endless") << Fault::Endless << ErrorCode::Format << "is no schema registry";
        QTest::newRow("redirects") << Fault::Redirects << ErrorCode::Format << "is no schema registry";
    }

    void faultsAreSentences()
    {
        QFETCH(Fault, fault);
        QFETCH(ErrorCode, code);
        QFETCH(QString, part);
        m_registry->set(fault);
        QElapsedTimer timer;
        timer.start();
        SchemaRegistry registry(settings(), 1'000);
        const auto id = registry.idOf(schema());
        QVERIFY(timer.elapsed() < 3'000);
        QVERIFY(!id);
        QVERIFY2(id.error().sentence.contains(part), qPrintable(id.error().sentence));
        QCOMPARE(id.error().code, code);
        // It is asked anew once the fault is gone.
        m_registry->set(Fault::None);
        QVERIFY(registry.idOf(schema()));
    }

    void noRegistryIsASentence()
    {
        const auto id = SchemaRegistry(BrokerSettings()).idOf(schema());
        QCOMPARE(id.error().code, ErrorCode::NotSupported);
        QVERIFY2(id.error().sentence.contains("SCHEMA_REGISTRY_URL"), qPrintable(id.error().sentence));
    }

    void worksOnAPlainThreadAndIsCancelled()
    {
        Expected<qint32> id;
        std::thread([&] { id = SchemaRegistry(settings()).idOf(schema()); }).join();
        QVERIFY2(id, id ? "" : qPrintable(id.error().sentence));

        m_registry->set(Fault::Silent);
        SchemaRegistry silent(settings(), 60'000);
        QElapsedTimer timer;
        const int before = m_registry->requests();
        std::thread caller([&] {
            SchemaRegistry *registry = &silent;
            id = registry->idOf({.subject = "other", .text = "other", .messageIndexes = {0}});
        });
        while (m_registry->requests() == before)
            std::this_thread::yield();
        timer.start();
        silent.cancel();
        caller.join();
        QVERIFY(timer.elapsed() < 1'000);
        QCOMPARE(id.error().code, ErrorCode::Cancelled);
    }

private:
    BrokerSettings settings() const
    {
        BrokerSettings settings;
        settings.registryUrl = m_registry->url();
        return settings;
    }
    static WireSchema schema()
    {
        return {.plural = "Orders",
                .subject = "orders-value",
                .text = "syntax = \"proto3\";\nmessage Order { int32 id = 1; }\n",
                .messageIndexes = {0}};
    }

    std::unique_ptr<FakeRegistry> m_registry;
};

QTEST_GUILESS_MAIN(SchemaRegistryTest)
#include "SchemaRegistryTest.moc"
