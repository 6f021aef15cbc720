// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GeneratedMessages.h"

#include "kafka/MessageDecoder.h"
#include "models/schema/RecordValidator.h"
#include "tests/kafka/MartEntities.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

// Made-up messages against the contract of their entity.
class GeneratedMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        writeMartEntities(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }

    void playersAreAsTheirGeneratorWritesThem()
    {
        const EntityType &player = *m_catalog->findDescribed(u"player");
        const QList<OutgoingMessage> messages = made({m_catalog, &player, {}, {}, 300});
        QCOMPARE(messages.size(), 300);
        RecordCodec codec(player);
        QSet<QByteArray> keys;
        for (const OutgoingMessage &message : messages) {
            QCOMPARE(message.topic, QStringLiteral("players"));
            const auto record = codec.decode(message.value);
            QVERIFY(record && validateRecord(player, *record).isEmpty());
            QCOMPARE(message.key, record->values[2].toString().toLower().toUtf8());
            keys.insert(message.key);
            QVERIFY2(message.value.startsWith("{\"id\": \""), message.value.constData());
        }
        QCOMPARE(keys, (QSet<QByteArray>{"forward", "midfielder", "defender", "goalkeeper"}));
        // The stream reads them as players.
        StreamMessage read;
        read.topic = messages[0].topic;
        read.hasValue = true;
        read.value = messages[0].value;
        const DecodedMessage decoded = MessageDecoder(m_catalog).decode(read);
        QVERIFY2(decoded.problem.isEmpty(), qPrintable(decoded.problem));
        QCOMPARE(decoded.kind, QStringLiteral("Player"));
        QVERIFY(decoded.isStreamOnly);
    }

    void topicSaysWhatTheMessagesAre()
    {
        const EntityType &product = *m_catalog->find(u"product");
        const OutgoingMessage added = made({m_catalog, &product, {}, {}, 1})[0];
        QCOMPARE(added.topic, QStringLiteral("products_add"));
        QCOMPARE(added.key, QByteArray("1000001"));
        const OutgoingMessage deleted = made(
            {m_catalog, &product, {}, QStringLiteral("products_delete"), 1})[0];
        QCOMPARE(deleted.value, RecordCodec(product).encodeDelete(QStringLiteral("1000001")));
        QCOMPARE(deleted.key, added.key);
        const OutgoingMessage elsewhere = made(
            {m_catalog, &product, {}, QStringLiteral("my-products"), 1})[0];
        QCOMPARE(elsewhere.topic, QStringLiteral("my-products"));
        QCOMPARE(elsewhere.value, added.value);
    }

    void previewIsWhatIsSentAndMasked()
    {
        const EntityType &player = *m_catalog->findDescribed(u"player");
        const GenerationRequest request{m_catalog, &player, {}, {}, 2};
        const auto preview = previewOf(request, 3, {});
        QVERIFY(preview);
        QCOMPARE(preview->size(), 2);
        const QList<OutgoingMessage> messages = made(request);
        for (int index = 0; index < 2; ++index) {
            QCOMPARE((*preview)[index].value, messages[index].value);
            QCOMPARE((*preview)[index].key.toUtf8(), messages[index].key);
        }
        const EntityType &order = *m_catalog->find(u"order"); // its e-mail is sensitive
        const QByteArray shown = previewOf({m_catalog, &order, {}, {}, 1}, 1, {})->at(0).value;
        QVERIFY2(shown.contains(QStringLiteral("\"email\": \"%1\"").arg(MaskedValue).toUtf8()),
                 shown.constData());
        // As is what the workspace calls so.
        const QByteArray named = previewOf({m_catalog, &order, {}, {}, 1}, 1,
                                           SensitiveNames({QStringLiteral("username")}))
                                     ->at(0)
                                     .value;
        QVERIFY2(named.contains(QStringLiteral("\"username\": \"%1\"").arg(MaskedValue).toUtf8()),
                 named.constData());
    }

private:
    static QList<OutgoingMessage> made(const GenerationRequest &request)
    {
        const MessageSource source = generatedMessages(request, {});
        QList<OutgoingMessage> messages;
        for (auto next = source(); next && *next; next = source())
            messages.append(**next);
        return messages;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
};

QTEST_GUILESS_MAIN(GeneratedMessagesTest)
#include "GeneratedMessagesTest.moc"
