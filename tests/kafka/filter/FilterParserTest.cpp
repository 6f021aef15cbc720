// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterExpression.h"

#include <QTest>

using namespace desk;
using Kind = FilterNode::Kind;

namespace {

QString subjectText(const FilterSubject &subject)
{
    static const QStringList names{"text",      "key",    "value", "header", "headers",   "topic",
                                   "partition", "offset", "time",  "size",   "operation", "field"};
    const QString name = names[int(subject.kind)];
    return subject.path.isEmpty() ? name : name + u':' + subject.path.join(u'/');
}

QString conditionText(const FilterNode &node)
{
    static const QStringList signs{
        "=", "!=", "<", "<=", ">", ">=", "~", "!~", "in", "notin", "exists", "missing"};
    QStringList parts{subjectText(node.subject), signs[int(node.comparison)]};
    for (const FilterValue &value : node.values)
        parts.append(QString::fromUtf8(value.text()));
    if (!node.pattern.text.isEmpty()) {
        const bool isExpression = node.pattern.kind == FilterPattern::Kind::Expression;
        const bool isAnyCase = node.pattern.sensitivity == Qt::CaseInsensitive;
        parts.append(isExpression ? u'/' + node.pattern.text + QLatin1String(isAnyCase ? "/i" : "/")
                                  : node.pattern.text);
    }
    return u'[' + parts.join(u' ') + u']';
}

// The tree with all its parentheses.
QString treeText(const FilterNode &node)
{
    if (node.kind == Kind::Condition)
        return conditionText(node);
    QStringList parts;
    for (const FilterNode &child : node.children)
        parts.append(treeText(child));
    if (node.kind == Kind::Not)
        return QStringLiteral("not(%1)").arg(parts.join(u' '));
    return u'(' + parts.join(node.kind == Kind::And ? u" and " : u" or ") + u')';
}

} // namespace

class FilterParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsMeant_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char *text, const char *tree) { QTest::newRow(text) << text << tree; };
        row("", "()");
        row("   ", "()");
        row("lamp", "[text ~ lamp]");
        row("\"brass lamp\"", "[text ~ brass lamp]");
        row("brass lamp", "([text ~ brass] and [text ~ lamp])");
        row("größe", "[text ~ größe]");
        row("\"say \\\"hi\\\" \\\\\"", "[text ~ say \"hi\" \\]");
        row("a.b@c-d:e!", "[text ~ a.b@c-d:e!]");
        row("/lam[bp]/", "[text ~ /lam[bp]/]");
        row("/LAMP/i", "[text ~ /LAMP/i]");
        row("/a\\/b\\d/", "[text ~ /a/b\\d/]");
        row("price > 100", "[field:price > 100]");
        row("price>100", "[field:price > 100]");
        row("price >= -1.50", "[field:price >= -1.50]");
        row("price == 1", "[field:price = 1]");
        row("price <> 1", "[field:price != 1]");
        row("pricing.amount < 5", "[field:pricing/amount < 5]");
        row("value.key = 3", "[field:key = 3]");
        row("value = \"x\"", "[value = x]");
        row("key = 24", "[key = 24]");
        row("header = a", "[headers = a]");
        row("header.trace-id ~ ab", "[header:trace-id ~ ab]");
        row("header.a.b exists", "[header:a.b exists]");
        row("topic ~ /^products_/", "[topic ~ /^products_/]");
        row("partition in (0, 2)", "[partition in 0 2]");
        row("partition not in (0)", "[partition notin 0]");
        row("offset >= 100 offset < 200", "([offset >= 100] and [offset < 200])");
        row("size > 1000", "[size > 1000]");
        row("operation = delete", "[operation = delete]");
        row("time > -1h", "[time > -1h]");
        row("time = 2024-01-31T10:00:00Z", "[time = 2024-01-31T10:00:00Z]");
        row("name ~ \"lamp\"", "[field:name ~ lamp]");
        row("name !~ lamp", "[field:name !~ lamp]");
        row("name exists", "[field:name exists]");
        row("name = null", "[field:name missing]");
        row("name != null", "[field:name exists]");
        row("name = \"null\"", "[field:name = null]");
        row("\"first name\" = Ann", "[field:first name = Ann]");
        row("not lamp", "not([text ~ lamp])");
        row("not not lamp", "not(not([text ~ lamp]))");
        row("not (a or b)", "not(([text ~ a] or [text ~ b]))");
        row("a or b and c", "([text ~ a] or ([text ~ b] and [text ~ c]))");
        row("(a or b) c", "(([text ~ a] or [text ~ b]) and [text ~ c])");
        row("A OR B", "([text ~ A] or [text ~ B])");
        row("\"and\"", "[text ~ and]");
        row("in", "[text ~ in]");
        row("made in japan", "([text ~ made] and [text ~ in] and [text ~ japan])");
        row("price > 100 and name ~ \"lamp\"", "([field:price > 100] and [field:name ~ lamp])");
    }
    void readsWhatIsMeant()
    {
        QFETCH(QString, text);
        QFETCH(QString, tree);
        const auto parsed = parseFilter(text);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().toText()));
        QCOMPARE(treeText(*parsed), tree);
    }

    // Where it stands, and what is said of it.
    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, int position, int length, const char *words) {
            QTest::newRow(text) << text << position << length << words;
        };
        row("price >", 7, 0, "value is expected behind >, not the end");
        row("price > > 5", 8, 1, "value is expected");
        row("price > (", 8, 1, "value is expected");
        row("> 5", 0, 1, "name of a field is expected");
        row("(lamp", 0, 1, "not closed");
        row("lamp)", 4, 1, "no ( that this closes");
        row("()", 1, 1, "expected here");
        row("\"lamp", 0, 5, "close it with \"");
        row("/lamp", 0, 5, "close it with /");
        row("//", 0, 2, "between the slashes");
        row("/a/x", 3, 1, "Only i");
        row("/a(b/", 4, 1, "cannot be read");
        row("\"\"", 0, 2, "between the quotes");
        row("lamp and", 8, 0, "expected behind “and”");
        row("lamp or", 7, 0, "expected behind “or”");
        row("and lamp", 0, 3, "is expected here, not “and”");
        row("not", 3, 0, "expected behind “not”");
        row("partition = many", 12, 4, "A number is expected");
        row("partition ~ 1", 10, 1, "looks into text");
        row("time > soon", 7, 4, "A time is expected");
        row("time ~ 2024", 5, 1, "looks into text");
        row("name ~ ", 7, 0, "expected behind ~");
        row("name = /x/", 7, 3, "with ~");
        row("price in ()", 10, 1, "value is expected");
        row("price in (1 2)", 12, 1, "comma");
        row("price in (1,", 12, 0, "value is expected");
        row("price in (null)", 10, 4, "= null");
        row("price < null", 8, 4, "= and !=");
        row("a..b = 1", 0, 4, "each point");
        row(".a = 1", 0, 2, "each point");
        row("header. = 1", 0, 7, "header's name");
        row("key.id = 1", 0, 6, "no fields");
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto parsed = parseFilter(text);
        QVERIFY2(!parsed, parsed ? qPrintable(treeText(*parsed)) : "");
        QVERIFY2(parsed.error().sentence.contains(words), qPrintable(parsed.error().sentence));
        QVERIFY(parsed.error().sentence.endsWith(u'.'));
        QTEST(int(parsed.error().position), "position");
        QTEST(int(parsed.error().length), "length");
        QVERIFY(parsed.error().toText().startsWith(
            QStringLiteral("Column %1: ").arg(parsed.error().position + 1)));
    }

    void boundsWhatIsPasted()
    {
        QVERIFY(!parseFilter(QString(MaximumFilterLength + 1, u'x')));
        QVERIFY(!parseFilter(QString(1000, u'(') + u'x' + QString(1000, u')')));
        QVERIFY(!parseFilter(QStringLiteral("not ").repeated(1000) + u'x'));
        QVERIFY(parseFilter(QString(30, u'(') + u'x' + QString(30, u')')));
        QVERIFY(!parseFilter(QStringLiteral("a.").repeated(40) + QStringLiteral("a = 1")));
        QVERIFY(parseFilter(QStringLiteral("x ").repeated(2000)));
    }
};

QTEST_GUILESS_MAIN(FilterParserTest)
#include "FilterParserTest.moc"
