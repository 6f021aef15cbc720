// SPDX-License-Identifier: GPL-3.0-or-later
// Text and expressions in key, value and headers; and that what is masked is only its mask.
#include "kafka/JsonLine.h"
#include "kafka/SchemaFrame.h"
#include "models/schema/RecordCodec.h"
#include "tests/kafka/MartEntities.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/filter/FilterProbe.h"

#include "kafka/filter/TextMatcher.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessageFilterTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        writePlayerEntity(m_folder.path());
        writeMartEntities(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY(m_catalog->problems().isEmpty());
        m_probe = std::make_unique<FilterProbe>(m_catalog);
    }

    void findsTextAsOperatorsWriteIt_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *wanted, const char *text, bool isFound) {
            QTest::addRow("%s in %s", wanted, text) << wanted << text << isFound;
        };
        row("lamp", "Brass LAMP", true);
        row("LAMP", "a lamp", true);
        row("lamp", "clamping", true);
        row("lamp", "la mp", false);
        row("lamp", "lam", false);
        row("a", "a", true);
        row("aab", "aaaab", true);
        row("abab", "abacabab", true);
        row("möwe", "MÖWE", true);
        row("MÖWE", "möwe", true);
        row("straße", "Straße 5", true);
        row("привет", "ПРИВЕТ мир", true);
        row("lamp", "größe lamp", true);
        row("é", "e", false);
        row("x[", "x[0]", true);
    }
    void findsTextAsOperatorsWriteIt()
    {
        QFETCH(QString, wanted);
        QFETCH(QString, text);
        TextMatcher matcher({FilterPattern::Kind::Text, wanted, Qt::CaseInsensitive});
        QTEST(matcher.isIn(text.toUtf8()), "isFound");
    }

    void aLongTextIsFoundWhereverItStands()
    {
        const QByteArray wanted = QByteArray(300, 'w') + 'e';
        for (const QByteArray &pattern : {wanted.right(40), wanted}) {
            TextMatcher matcher(
                {FilterPattern::Kind::Text, QString::fromLatin1(pattern), Qt::CaseInsensitive});
            for (const int before : {0, 1, 39, 40, 41, 1000})
                QVERIFY(matcher.isIn(QByteArray(before, '-') + pattern.toUpper() + '-'));
            QVERIFY(!matcher.isIn(pattern.chopped(1)));
            QVERIFY(!matcher.isIn({}));
        }
    }

    void expressionsReachTheEndOfALongText_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QByteArray>("text");
        const QByteArray words = QByteArray("lamp chair ").repeated(40'000); // 440 KB
        QTest::newRow("a word at the end") << "needle\\d+" << words + "needle42";
        QTest::newRow("runs of letters") << "[a-z ]+#\\d" << QByteArray(5'000, 'x') + "#7";
        QTest::newRow("begins anew at each word")
            << "lamp [a-z ]*?=\\d" << words.first(11'000) + "! lamp x=7";
        QTest::newRow("looks ahead at each letter") << "\\w+@shop" << QByteArray(6'000, 'x') + " ann@shop";
        QTest::newRow("repeated groups") << "(?:lamp |chair )*needle" << words.first(11'000) + "needle";
        QTest::newRow("more than a small stack holds")
            << "^(?:lamp |chair )*needle" << words.first(55'000) + "needle";
        QTest::newRow("two things far apart") << "chair.*needle" << words + "needle";
    }
    void expressionsReachTheEndOfALongText()
    {
        QFETCH(const QString, expression);
        QFETCH(const QByteArray, text);
        TextMatcher matcher({FilterPattern::Kind::Expression, expression, Qt::CaseSensitive});
        QVERIFY(matcher.isIn(text));
        QCOMPARE(matcher.partlySeen(), 0);
        QVERIFY(!matcher.isIn("nothing of it"));
        QCOMPARE(matcher.partlySeen(), 0);
    }

    void anExpressionSaysWhatItDidNotReach()
    {
        TextMatcher matcher({FilterPattern::Kind::Expression, "needle", Qt::CaseSensitive});
        const QByteArray large(TextMatcher::MaximumExpressionBytes, 'x');
        QVERIFY(matcher.isIn("needle" + large));
        QCOMPARE(matcher.partlySeen(), 0);
        QVERIFY(!matcher.isIn(large + "needle"));
        QCOMPARE(matcher.partlySeen(), 1);
    }

    void messagesThatAreSeenInPartAreCounted()
    {
        StreamMessage easy = plainMessage("easy");
        StreamMessage hard = plainMessage(QByteArray(60, 'a') + 'b');
        QCOMPARE(m_probe->partlySeen("value ~ /(?:a|aa|a?)+$/", {easy, hard, easy, hard}), 2);
        QVERIFY(MessageFilter::partlySeenSentence(0).isEmpty());
        QVERIFY(MessageFilter::partlySeenSentence(2).startsWith("2 messages"));
    }

    void expressionsThatTakeTooLongAreGivenUp()
    {
        TextMatcher matcher({FilterPattern::Kind::Expression, "(?:a|aa|a?)+$", Qt::CaseSensitive});
        const QByteArray hard = QByteArray(60, 'a') + 'b';
        for (int time = 0; time < 100 && matcher.problem().isEmpty(); ++time)
            QVERIFY(!matcher.isIn(hard));
        QVERIFY(matcher.problem().contains("takes too long"));
        QVERIFY(!matcher.isIn("a"));
    }

    void looksIntoKeyValueAndHeaders()
    {
        StreamMessage message = plainMessage("the value");
        message.key = "the key";
        message.headers = {{"origin", "warehouse"}};
        for (const char *found : {"KEY", "value", "\"the value\"", "warehouse", "origin", "/^the v/",
                                  "/HOUSE/i", "key value", "key and not nothing"})
            QVERIFY2(m_probe->matches(QString::fromUtf8(found), message), found);
        for (const char *missed : {"letters", "/HOUSE/", "key nothing", "/^value/"})
            QVERIFY2(!m_probe->matches(QString::fromUtf8(missed), message), missed);
    }

    // Not into the bytes between the texts: a length of 0x6c is no l.
    void looksIntoTheTextsOfAMessage()
    {
        const EntityType &product = *m_catalog->find(u"product");
        RecordCodec codec(product);
        const Record record = sampleRecord(
            product, "1",
            {{"name", "Lamp"}, {"price", "14.99"}, {"description", "amp" + QString(105, u'x')}});
        const StreamMessage message = plainMessage(codec.encode(record), "products_add");
        QVERIFY(message.value.contains("lampx")); // 0x6c is the length of the description
        QVERIFY(m_probe->matches("lamp", message));
        QVERIFY(m_probe->matches("/^Lamp$/", message));
        QVERIFY(m_probe->matches("14.99", message));
        QVERIFY(!m_probe->matches("lampx", message));
    }

    void aMaskedFieldIsItsMask()
    {
        // Order.email is sensitive.
        const QByteArray value = SchemaFrame{.schemaId = 7}.toBytes()
            + QByteArray("\x08\x01\x22\x03"
                         "ann\x2a\x0d"
                         "ann@mail.shop\x32\x04Lamp");
        const StreamMessage message = plainMessage(value, "order-events");
        QVERIFY(m_probe->matches("username = ann", message));
        QVERIFY(m_probe->matches("product_name = Lamp", message));
        for (const char *missed : {"mail.shop", "/mail/", "email ~ shop", "email = ann@mail.shop",
                                   "email ~ /^ann/", "value ~ mail.shop", "email < z"})
            QVERIFY2(!m_probe->matches(QString::fromUtf8(missed), message), missed);
        const QString mask = MaskedValue.toString();
        QVERIFY(m_probe->matches("email exists", message));
        QVERIFY(m_probe->matches(QStringLiteral("email = \"%1\"").arg(mask), message));
        QVERIFY(m_probe->matches(mask, message));
        // What a filter says of two values that differ is the same.
        QByteArray other = value;
        other.replace("ann@mail", "bob@mail");
        for (const char *probe : {"email != bob@mail.shop", "email !~ bob", "not email ~ ann", "email > b"}) {
            QCOMPARE(m_probe->matches(QString::fromUtf8(probe), message),
                     m_probe->matches(QString::fromUtf8(probe), plainMessage(other, "order-events")));
        }
    }

    void whatShouldHoldSecretsAndCannotBeReadIsWithheld()
    {
        const StreamMessage broken = plainMessage(SchemaFrame{.schemaId = 7}.toBytes()
                                                      + "\x2a\x7f"
                                                        "ann@mail",
                                                  "order-events");
        QVERIFY(!m_probe->matches("ann@mail", broken));
        QVERIFY(!m_probe->matches("/ann/", broken));
        QVERIFY(!m_probe->matches("value ~ ann", broken));
        const StreamMessage unframed = plainMessage("ann@mail.shop", "order-events");
        QVERIFY(!m_probe->matches("ann@mail", unframed));
        QVERIFY(!m_probe->matches("value = \"ann@mail.shop\"", unframed));
        // A product holds none, so its bytes may be looked into.
        QVERIFY(m_probe->matches("ann", plainMessage(QByteArray("\x12\x7f") + "ann", "products_add")));
    }

    void secretsInJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("member") << QByteArray(R"({"user": "ann", "password": "hunter2"})");
        QTest::newRow("deep") << QByteArray(
            R"({"user": "ann", "login": {"api_key": ["x", {"y": "hunter2"}]}})");
        QTest::newRow("name with escapes") << QByteArray(R"({"user": "ann", "pass\u0077ord": "hunter2"})");
        QTest::newRow("value with escapes") << QByteArray(R"({"user": "ann", "password": "h\u0075nter2"})");
        QTest::newRow("quote in value") << QByteArray(R"({"user": "ann", "password": "\"hunter2"})");
        QTest::newRow("cut off") << QByteArray(R"({"user": "ann", "password": "hunter2)");
        QTest::newRow("brackets in value") << QByteArray(R"({"user": "ann", "password": ["}", "hunter2"]})");
    }
    void secretsInJson()
    {
        QFETCH(QByteArray, json);
        for (const QString &topic : {QStringLiteral("logins"), QStringLiteral("players")}) {
            StreamMessage message = plainMessage(json, topic);
            QVERIFY(m_probe->matches("user ann", message));
            QVERIFY(m_probe->matches(MaskedValue.toString(), message));
            for (const char *missed : {"hunter2", "/hunter/", "/h.nter/i", "unter", "password = hunter2",
                                       "password ~ hunt", "value ~ hunter2"})
                QVERIFY2(!m_probe->matches(QString::fromUtf8(missed), message), missed);
            message.key = json;
            message.hasValue = false;
            QVERIFY(!m_probe->matches("hunter2", message));
            QVERIFY(!m_probe->matches("key ~ hunter2", message));
        }
    }

    void aColumnsOptionMasksJson()
    {
        const StreamMessage message = plainMessage(R"({"id": "1", "card": "4111"})", "players");
        QVERIFY(!m_probe->matches("card = 4111", message));
        QVERIFY(!m_probe->matches("4111", message));
        QVERIFY(m_probe->matches("card exists", message));
    }

    void secretsInHeaders()
    {
        StreamMessage message = plainMessage("x");
        message.headers = {{"auth_token", "hunter2"}};
        for (const char *missed : {"hunter2", "header.auth_token = hunter2", "header ~ hunter", "/hunter/"})
            QVERIFY2(!m_probe->matches(QString::fromUtf8(missed), message), missed);
        QVERIFY(m_probe->matches("header.auth_token exists", message));
        QVERIFY(m_probe->matches("auth_token", message));
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<FilterProbe> m_probe;
};

QTEST_GUILESS_MAIN(MessageFilterTextTest)
#include "MessageFilterTextTest.moc"
