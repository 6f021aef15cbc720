// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityCatalog.h"
#include "tests/schema/Bounded.h"

#include <QTest>

using namespace desk;

// .proto files that nest deeply, repeat themselves or are huge: reported in a sentence, in bounded time and memory.
class HostileProtoTest : public QObject
{
    Q_OBJECT

    static QByteArray head()
    {
        return QByteArrayLiteral("syntax = \"proto3\";\nimport \"catalog/options.proto\";\n");
    }
    // "NAME: text NUMBER;" for each number, the two texts around it.
    static QByteArray numbered(const char *before, const char *between, const char *after, int count)
    {
        QByteArray text;
        for (int number = 1; number <= count; ++number)
            text += before + QByteArray::number(number) + between + QByteArray::number(number) + after;
        return text;
    }

private Q_SLOTS:
    void isReported_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        constexpr int deep = 10'000;
        const QByteArray closing(deep, '}');
        const QString nesting = QStringLiteral("nest too deeply");
        QTest::newRow("messages in messages")
            << head() + QByteArray("message M { ").repeated(deep) + closing << nesting;
        QTest::newRow("groups in groups")
            << QByteArray("syntax = \"proto2\";\nmessage M { "
                          + QByteArray("optional group G = 1 { ").repeated(deep) + closing + '}')
            << nesting;
        QTest::newRow("braces in an option") << QByteArray(
            "syntax = \"proto3\";\noption x = " + QByteArray("{ a: ").repeated(deep) + '1' + closing + ';')
                                             << nesting;
        // Only an option whose message holds itself is read as deep as it nests.
        QTest::newRow("an option that holds itself")
            << QByteArray("syntax = \"proto3\";\nimport \"google/protobuf/descriptor.proto\";\n"
                          "message Deep { Deep deep = 1; }\n"
                          "extend google.protobuf.FileOptions { Deep deep = 50000; }\n"
                          "option (deep) = "
                          + QByteArray("{ deep ").repeated(deep) + "{}" + closing + ';')
            << nesting;
        QTest::newRow("parentheses") << QByteArray("syntax = \"proto3\";\noption " + QByteArray(deep, '(')
                                                   + ';')
                                     << nesting;
        QTest::newRow("brackets") << QByteArray("syntax = \"proto3\";\nmessage M { int32 a = 1 "
                                                + QByteArray(deep, '[') + "; }")
                                  << nesting;
        QTest::newRow("angles") << QByteArray("syntax = \"proto3\";\nmessage M { "
                                              + QByteArray("map<").repeated(deep) + "; }")
                                << nesting;
        QTest::newRow("parts of a package")
            << QByteArray("syntax = \"proto3\";\npackage " + QByteArray("a.").repeated(deep) + "a;")
            << "package";
        QTest::newRow("a long word") << QByteArray("syntax = \"proto3\";\nmessage " + QByteArray(100'000, 'M')
                                                   + " {}")
                                     << "longer than 128";
        QTest::newRow("a huge file") << QByteArray(head() + QByteArray("// x\n").repeated(1'000'000))
                                     << "larger than 512 KiB";
        // Every two of these overlap, and each would be told.
        QTest::newRow("reserved numbers") << QByteArray("syntax = \"proto3\";\nmessage M { reserved "
                                                        + QByteArray("1 to max, ").repeated(40'000) + "1; }")
                                          << "ranges of numbers";
        QTest::newRow("reserved numbers of an enumeration")
            << QByteArray("syntax = \"proto3\";\nmessage N { enum E { A = 0; reserved "
                          + QByteArray("1, ").repeated(100'000) + "1; } }")
            << "ranges of numbers";
        QTest::newRow("reserved numbers and fields") << QByteArray(
            "syntax = \"proto3\";\nmessage M { reserved " + QByteArray("1 to max, ").repeated(63)
            + "1 to max; " + numbered("int32 f", " = ", ";", 25'000) + " }")
                                                     << "more problems";
        QTest::newRow("one name again and again")
            << QByteArray("syntax = \"proto3\";\n" + QByteArray("message M {}\n").repeated(35'000))
            << "more problems";
        QTest::newRow("nested messages that multiply") << QByteArray(
            head() + "message D { " + numbered("int32 d", " = ", ";", 100) + " }\nmessage C { "
            + numbered("D c", " = ", ";", 100) + " }\nmessage B { " + numbered("C b", " = ", ";", 100)
            + " }\nmessage A { option (catalog.entity) = {}; int32 id = 999; "
            + numbered("B a", " = ", ";", 100) + " }") << "at most 1000 fields";
        QTest::newRow("nested messages without a field that multiply")
            << QByteArray(head() + "message D {}\nmessage C { " + numbered("D c", " = ", ";", 900)
                          + " }\nmessage B { " + numbered("C b", " = ", ";", 900)
                          + " }\nmessage A { option (catalog.entity) = {}; int32 id = 999; "
                          + numbered("B a", " = ", ";", 900) + " }")
            << "at most 1000 fields";
        QTest::newRow("too many entities") << QByteArray(
            head()
            + numbered("message E", " { option (catalog.entity) = {}; int32 id = 1; } // ", "\n", 1100))
                                           << "1000 entities";
        QTest::newRow("a long pattern") << QByteArray(head()
                                                      + "message E { option (catalog.entity) = {}; int32 id "
                                                        "= 1; string a = 2 [(catalog.column).pattern = \""
                                                      + QByteArray("(a+)+").repeated(1000) + "\"]; }")
                                        << "pattern is longer";
        QTest::newRow("imports itself")
            << QByteArray("syntax = \"proto3\";\nimport \"own.proto\";") << "imports itself";
        QTest::newRow("a name that is taken")
            << QByteArray("syntax = \"proto3\";\npackage catalog;\nmessage EntityOptions {}\n")
            << "already defined in catalog/options.proto";
    }
    void isReported()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const Bounded cost;
        const auto catalog = EntityCatalog::ofTexts({{QStringLiteral("own.proto"), text}});
        QStringList sentences;
        for (const SchemaProblem &problem : catalog->problems())
            sentences.append(problem.sentence);
        QVERIFY2(sentences.join(u'\n').contains(words), qPrintable(sentences.join(u'\n').left(2000)));
        QVERIFY(sentences.size() <= 150);
        QVERIFY(cost.holds(60, 500));
    }

    // Each is left out because the next one is.
    void referencesInARowAreLeftOut()
    {
        QByteArray text = head();
        constexpr int entities = 900;
        for (int number = 0; number < entities; ++number) {
            text += QStringLiteral("message E%1 { option (catalog.entity) = {}; int32 id = 1; int32 next = 2 "
                                   "[(catalog.column).reference = \"e%2\"]; }\n")
                        .arg(number)
                        .arg(number + 1)
                        .toUtf8();
        }
        const Bounded cost;
        const auto catalog = EntityCatalog::ofTexts({{QStringLiteral("own.proto"), text}});
        QVERIFY(catalog->entities().empty());
        QCOMPARE(catalog->problems().size(), entities);
        QVERIFY(cost.holds(60, 500));
    }

    void importsInARowAreBounded()
    {
        QHash<QString, QByteArray> files;
        constexpr int count = 5'000;
        for (int number = 0; number < count; ++number) {
            files.insert(QStringLiteral("f%1.proto").arg(number, 5, 10, QLatin1Char('0')),
                         QStringLiteral("syntax = \"proto3\";\nimport \"f%1.proto\";\n")
                             .arg(number + 1, 5, 10, QLatin1Char('0'))
                             .toUtf8());
        }
        const Bounded cost;
        const auto catalog = EntityCatalog::ofTexts(files);
        QVERIFY(!catalog->problems().isEmpty());
        QVERIFY(catalog->problems().constFirst().sentence.contains("import each other in a row"));
        QVERIFY(cost.holds(60, 500));
    }

    void lengthsPastTheLargestAreTheLargest()
    {
        const auto catalog = EntityCatalog::ofTexts(
            {{QStringLiteral("own.proto"),
              head()
                  + "message E { option (catalog.entity) = {}; int32 id = 1; string a = 2 "
                    "[(catalog.column) = { max_len: 4294967295 }]; }"}});
        const EntityType *entity = catalog->find(u"e");
        QVERIFY(entity);
        QCOMPARE(entity->columns[1].maximumLength, std::numeric_limits<int>::max());
    }
};

QTEST_GUILESS_MAIN(HostileProtoTest)
#include "HostileProtoTest.moc"
