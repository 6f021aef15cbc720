// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityCatalog.h"
#include "models/schema/SensitiveNames.h"

#include <QTest>

using namespace desk;

class SensitiveNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheNamesSecretsTravelUnder_data()
    {
        QTest::addColumn<bool>("isSensitive");
        for (const char *name :
             {"password",     "userPassword", "PASSWORD_HASH", "passwd",       "client-secret",
              "access_token", "Token",        "card",          "card_num",     "cardNum",
              "cardnumber",   "giftCard",     "credit card",   "creditcardno", "cvv",
              "CVV2",         "cvc",          "iban",          "customerIban", "Authorization",
              "X-Api-Key",    "apiKey",       "api key",       "apikey",       "privateKey",
              "pwd"})
            QTest::newRow(name) << true;
        for (const char *name : {"", "name", "price", "discard", "wildcards", "taliban", "author", "key",
                                 "pass", "valid_thru_month", "email", "postcard"})
            QTest::newRow(name) << false;
    }

    void knowsTheNamesSecretsTravelUnder()
    {
        QFETCH(bool, isSensitive);
        QCOMPARE(SensitiveNames::defaults().matches(QString::fromLatin1(QTest::currentDataTag())),
                 isSensitive);
    }

    void listIsTheOperators()
    {
        const SensitiveNames names(QStringList{"salary", "pin", "--"});
        QVERIFY(names.matches(u"base_salary"));
        QVERIFY(names.matches(u"card_pin"));
        QVERIFY(!names.matches(u"spinning"));
        QVERIFY(!names.matches(u"password"));
        QVERIFY(!SensitiveNames(QStringList()).matches(u"password"));
    }

    void furtherNamesCountExactly()
    {
        const SensitiveNames names = SensitiveNames::defaults().with({"email"});
        QVERIFY(names.matches(u"email"));
        QVERIFY(!names.matches(u"email_count"));
        QVERIFY(names.matches(u"password"));
    }

    void columnIsSensitiveByItsNameUnlessItSaysOtherwise()
    {
        const auto catalog = EntityCatalog::ofTexts({{"user.proto", R"(syntax = "proto3";
import "catalog/options.proto";
message User {
  option (catalog.entity) = { table: "shop_user" topics: { all: "users" } };
  int32 id = 1;
  string password = 2;
  int32 token_count = 3 [(catalog.column) = { sensitive: false }];
  string email = 4 [(catalog.column) = { sensitive: true }];
  string city = 5;
})"}});
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType &user = *catalog->find(u"user");
        const auto isSensitive = [&](QStringView name) { return user.columns[user.indexOf(name)].sensitive; };
        QVERIFY(isSensitive(u"password"));
        QVERIFY(!isSensitive(u"token_count"));
        QVERIFY(isSensitive(u"email"));
        QVERIFY(!isSensitive(u"city"));
    }
};

QTEST_GUILESS_MAIN(SensitiveNamesTest)
#include "SensitiveNamesTest.moc"
