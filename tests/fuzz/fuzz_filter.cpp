// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/MessageFilter.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

#include <QStringList>

using namespace desk;
using namespace desk::fuzz;

namespace {

const QStringList Topics{QStringLiteral("everything"),      QStringLiteral("everything-list"),
                         QStringLiteral("everything-text"), QStringLiteral("products_update"),
                         QStringLiteral("order-events"),    QStringLiteral("nobody-knows")};

bool holds(const FilterNode &expression, const QString &topic, QByteArrayView value)
{
    static const auto descriptors = std::make_shared<EntityDescriptors>(entities());
    MessageFilter filter(expression, entities(), descriptors, [&](quint32) { return topic; });
    const HeaderView header{"operation", value.first(std::min<qsizetype>(value.size(), 6))};
    const MessageView message{0,
                              1,
                              42,
                              1'700'000'000'000,
                              true,
                              true,
                              value.last(value.size() / 2),
                              value,
                              std::span<const HeaderView>(&header, 1)};
    const bool isHeld = filter.matches(message);
    require(filter.matches(message) == isHeld, "the same message gets the same answer");
    return isHeld;
}

void checkExpression(const QString &text, const QString &topic, QByteArrayView value)
{
    static const QDateTime now(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
    const auto parsed = parseFilter(text, now);
    if (!parsed) {
        const FilterProblem &problem = parsed.error();
        require(problem.position >= 0 && problem.length >= 0
                    && problem.position + problem.length <= std::max<qsizetype>(text.size(), 1),
                "a problem stands within the text");
        require(!problem.sentence.isEmpty(), "a problem is told");
        return;
    }
    FilterNode negation{.kind = FilterNode::Kind::Not};
    negation.children.push_back(*parsed);
    const bool isHeld = holds(*parsed, topic, value);
    // Of a list one record is enough, so both may hold.
    require(topic.endsWith(QLatin1String("-list")) || value.contains("list")
                || holds(negation, topic, value) != isHeld,
            "an expression holds, or its negation does");
}

} // namespace

// The first byte chooses the topic; up to a zero byte stands the expression, behind it the value.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Input input(data, size);
    const QString topic = Topics[input.choice(int(Topics.size()))];
    const QByteArrayView rest = input.rest();
    const qsizetype end = rest.indexOf('\0');
    const QByteArrayView expression = end < 0 ? rest : rest.first(end);
    checkExpression(QString::fromUtf8(expression), topic, end < 0 ? QByteArrayView() : rest.sliced(end + 1));
    return 0;
}
