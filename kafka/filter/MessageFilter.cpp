// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/MessageFilter.h"

#include "kafka/filter/FilterCondition.h"
#include "kafka/filter/FilterTopic.h"
#include "kafka/filter/VisibleTexts.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using Shape = FilterTopic::Shape;

constexpr size_t MaximumRecords = 100'000; // of a list message, as RecordCodec has it

// The expression, made ready: the cheap parts of each "and" and "or" first.
struct Step {
    FilterNode::Kind kind = FilterNode::Kind::And;
    std::vector<Step> children;
    int condition = -1;
    int cost = 0;
};

// What is known of the message that is looked at, or of one record of it.
struct Looked {
    const MessageView *message = nullptr;
    FilterTopic *topic = nullptr;
    QByteArrayView operation;
    FilterTopic::Payload payload;
    enum class Reading { NotYet, Done, Failed };
    Reading reading = Reading::NotYet;
};

} // namespace

class MessageFilter::Evaluation
{
public:
    Evaluation(const FilterNode &expression, std::shared_ptr<const EntityCatalog> catalog,
               std::shared_ptr<const DescriptorSource> descriptors, TopicNames topicNames)
        : m_catalog(std::move(catalog))
        , m_descriptors(std::move(descriptors))
        , m_topicNames(std::move(topicNames))
        , m_masking(m_descriptors->sensitiveNames())
        , m_texts(m_masking)
        , m_root(stepOf(expression))
    { }

    bool matches(const MessageView &message)
    {
        const qint64 before = partlySeenTexts();
        const bool isMatch = isMatching(message);
        if (partlySeenTexts() > before)
            ++m_partlySeen;
        return isMatch;
    }

    qint64 partlySeen() const { return m_partlySeen; }

    QString problem() const
    {
        for (const FilterCondition &condition : m_conditions) {
            if (condition.matcher() && !condition.matcher()->problem().isEmpty())
                return condition.matcher()->problem();
        }
        return {};
    }

private:
    bool isMatching(const MessageView &message)
    {
        m_looked = {.message = &message, .topic = &topicFor(message.topic)};
        if (m_asksForOperation || (m_asksForValue && m_looked.topic->isDescribed()))
            m_looked.operation = m_looked.topic->operationOf(message);
        if (!m_asksForValue)
            return holds(m_root);
        m_looked.payload = m_looked.topic->payloadOf(message);
        const bool isList = m_looked.payload.shape == Shape::Protobuf && m_looked.operation == "list";
        return isList ? holdsForAnyRecord() : holds(m_root);
    }

    qint64 partlySeenTexts() const
    {
        qint64 texts = 0;
        for (const FilterCondition &condition : m_conditions) {
            if (condition.matcher())
                texts += condition.matcher()->partlySeen();
        }
        return texts;
    }

    Step stepOf(const FilterNode &node)
    {
        Step step{.kind = node.kind};
        if (node.kind == FilterNode::Kind::Condition) {
            step.condition = int(m_conditions.size());
            m_conditions.emplace_back(node);
            step.cost = m_conditions.back().cost();
            const FilterSubject::Kind subject = node.subject.kind;
            m_asksForOperation = m_asksForOperation || subject == FilterSubject::Kind::Operation;
            m_asksForValue = m_asksForValue || subject == FilterSubject::Kind::Field
                || subject == FilterSubject::Kind::Value || subject == FilterSubject::Kind::AnyText;
            return step;
        }
        for (const FilterNode &child : node.children) {
            step.children.push_back(stepOf(child));
            step.cost = std::max(step.cost, step.children.back().cost);
        }
        std::stable_sort(step.children.begin(), step.children.end(),
                         [](const Step &left, const Step &right) { return left.cost < right.cost; });
        return step;
    }

    FilterTopic &topicFor(quint32 number)
    {
        if (number >= m_topics.size())
            m_topics.resize(number + 1);
        if (!m_topics[number])
            m_topics[number] = makeTopic(m_topicNames(number));
        return *m_topics[number];
    }

    std::unique_ptr<FilterTopic> makeTopic(const QString &name) const
    {
        auto topic = std::make_unique<FilterTopic>(name, m_catalog.get(), m_descriptors.get(), m_masking);
        for (const FilterCondition &condition : m_conditions) {
            const FilterSubject &subject = condition.subject();
            topic->holdsForName.push_back(subject.kind == FilterSubject::Kind::Topic
                                          && (condition.isAboutPresence()
                                                  ? condition.holdsForPresence(true)
                                                  : condition.holdsForText(topic->name())));
            topic->uses.push_back(subject.kind == FilterSubject::Kind::Field
                                      ? topic->fields().use(subject.path)
                                      : FilterFields::Use());
        }
        return topic;
    }

    bool holdsForAnyRecord()
    {
        std::vector<QByteArrayView> &records = m_records;
        records.clear();
        WireBytes wire(m_looked.payload.bytes);
        WireBytes::Field field;
        while (!wire.atEnd()) {
            if (!wire.take(field)) {
                m_looked.payload.shape = Shape::Bytes;
                return holds(m_root);
            }
            if (field.number == 1 && field.type == WireBytes::Type::Length && records.size() < MaximumRecords)
                records.push_back(field.bytes);
        }
        if (records.empty()) {
            m_looked.payload.shape = Shape::None;
            return holds(m_root);
        }
        return std::any_of(records.begin(), records.end(), [this](QByteArrayView record) {
            m_looked.payload.bytes = record;
            m_looked.reading = Looked::Reading::NotYet;
            return holds(m_root);
        });
    }

    bool holds(const Step &step)
    {
        switch (step.kind) {
        case FilterNode::Kind::And:
            return std::all_of(step.children.begin(), step.children.end(),
                               [this](const Step &child) { return holds(child); });
        case FilterNode::Kind::Or:
            return std::any_of(step.children.begin(), step.children.end(),
                               [this](const Step &child) { return holds(child); });
        case FilterNode::Kind::Not:
            return !holds(step.children.front());
        case FilterNode::Kind::Condition:
            return holdsCondition(step.condition);
        }
        return false;
    }

    bool holdsCondition(int index)
    {
        FilterCondition &condition = m_conditions[size_t(index)];
        const MessageView &message = *m_looked.message;
        switch (condition.subject().kind) {
        case FilterSubject::Kind::Topic:
            return m_looked.topic->holdsForName[size_t(index)];
        case FilterSubject::Kind::Partition:
            return holdsForNumber(condition, message.partition);
        case FilterSubject::Kind::Offset:
            return holdsForNumber(condition, message.offset);
        case FilterSubject::Kind::Size:
            return holdsForNumber(condition, message.key.size() + message.value.size());
        case FilterSubject::Kind::Time:
            if (condition.isAboutPresence())
                return condition.holdsForPresence(message.timestamp >= 0);
            return message.timestamp >= 0 && condition.holdsForTime(message.timestamp);
        case FilterSubject::Kind::Operation:
            return holdsForTextIfThere(condition, !m_looked.operation.isEmpty(), m_looked.operation);
        case FilterSubject::Kind::Key:
            return holdsForTextIfThere(condition, message.hasKey, visibleKey());
        case FilterSubject::Kind::Header:
        case FilterSubject::Kind::AnyHeader:
            return holdsForHeaders(condition);
        case FilterSubject::Kind::Field:
            return holdsForField(condition, m_looked.topic->uses[size_t(index)]);
        case FilterSubject::Kind::Value:
            return holdsForValue(condition);
        case FilterSubject::Kind::AnyText:
            return isInKeyOrHeaders(*condition.matcher()) || isInValue(*condition.matcher());
        }
        return false;
    }

    static bool holdsForNumber(const FilterCondition &condition, qint64 number)
    {
        return condition.isAboutPresence() ? condition.holdsForPresence(true)
                                           : condition.holdsForInteger(number);
    }

    static bool holdsForTextIfThere(const FilterCondition &condition, bool isThere, QByteArrayView text)
    {
        if (condition.isAboutPresence())
            return condition.holdsForPresence(isThere);
        return isThere && condition.holdsForText(text);
    }

    QByteArrayView visibleKey()
    {
        if (m_looked.topic->isKeyMasked())
            return FilterMasking::mask();
        const QByteArrayView key = m_looked.message->key;
        if (isInFrame(key) || m_masking.looksSensitive(key))
            return FilterMasking::mask();
        return VisibleTexts::looksLikeJson(key) ? m_texts.ofJson(key, m_looked.topic->sensitiveNames()) : key;
    }

    QByteArrayView visibleHeader(const HeaderView &header) const
    {
        return m_masking.isSensitive(header.name) ? QByteArrayView(FilterMasking::mask()) : header.value;
    }

    bool holdsForHeaders(const FilterCondition &condition) const
    {
        const bool isAny = condition.subject().kind == FilterSubject::Kind::AnyHeader;
        const auto &headers = m_looked.message->headers;
        const auto isWanted = [&](const HeaderView &header) {
            return isAny || header.name == QByteArrayView(condition.headerName());
        };
        if (condition.isAboutPresence())
            return condition.holdsForPresence(std::any_of(headers.begin(), headers.end(), isWanted));
        return std::any_of(headers.begin(), headers.end(), [&](const HeaderView &header) {
            return isWanted(header) && condition.holdsForText(visibleHeader(header));
        });
    }

    bool isInKeyOrHeaders(TextMatcher &matcher)
    {
        const MessageView &message = *m_looked.message;
        if (message.hasKey && matcher.isIn(visibleKey()))
            return true;
        return std::any_of(message.headers.begin(), message.headers.end(), [&](const HeaderView &header) {
            return matcher.isIn(header.name) || matcher.isIn(visibleHeader(header));
        });
    }

    bool isInValue(TextMatcher &matcher)
    {
        switch (m_looked.payload.shape) {
        case Shape::None:
            return false;
        case Shape::Protobuf:
            return m_texts.isInProtobuf(matcher, *m_looked.topic->message(), m_looked.payload.bytes);
        case Shape::Json:
            return m_texts.isInJson(matcher, m_looked.payload.bytes, m_looked.topic->sensitiveNames());
        case Shape::Bytes:
            return !isWithheld() && matcher.isIn(visibleBytes());
        }
        return false;
    }

    // It should be a message with sensitive fields, and nobody can say where in these bytes they stand; or it stands
    // in the frame of a schema that nobody has described here.
    bool isWithheld() const
    {
        const Descriptor *const message = m_looked.topic->message();
        return message ? m_masking.canBeSensitive(*message) : isInFrame(m_looked.payload.bytes);
    }

    static bool isInFrame(QByteArrayView bytes)
    {
        constexpr qsizetype FrameBytes = 5;
        return bytes.size() > FrameBytes && bytes.front() == '\0';
    }

    QByteArrayView visibleBytes() const
    {
        return m_masking.looksSensitive(m_looked.payload.bytes) ? QByteArrayView(FilterMasking::mask())
                                                                : m_looked.payload.bytes;
    }

    bool holdsForValue(FilterCondition &condition)
    {
        if (condition.isAboutPresence())
            return condition.holdsForPresence(m_looked.message->hasValue);
        if (!m_looked.message->hasValue)
            return false;
        if (condition.matcher())
            return condition.holdsForMatch(isInValue(*condition.matcher()));
        // A message of fields is no text to be compared with.
        if (m_looked.payload.shape == Shape::Json)
            return condition.holdsForText(
                m_texts.ofJson(m_looked.payload.bytes, m_looked.topic->sensitiveNames()));
        return m_looked.payload.shape == Shape::Bytes && !isWithheld()
            && condition.holdsForText(visibleBytes());
    }

    bool readFields()
    {
        if (m_looked.reading == Looked::Reading::NotYet) {
            bool isRead = false;
            if (m_looked.payload.shape == Shape::Protobuf) {
                const bool isDeletion = m_looked.operation == "delete";
                isRead = m_looked.topic->fields().wire().read(m_looked.payload.bytes,
                                                              isDeletion ? WireFields::Absent::HasNone
                                                                         : WireFields::Absent::HasStartValue);
            } else if (m_looked.payload.shape == Shape::Json) {
                isRead = m_looked.topic->fields().json().read(m_looked.payload.bytes);
            }
            m_looked.reading = isRead ? Looked::Reading::Done : Looked::Reading::Failed;
        }
        return m_looked.reading == Looked::Reading::Done;
    }

    bool holdsForField(const FilterCondition &condition, const FilterFields::Use &use)
    {
        if (!readFields())
            return condition.isAboutPresence() && condition.holdsForPresence(false);
        return m_looked.payload.shape == Shape::Protobuf ? holdsForWire(condition, use)
                                                         : holdsForJson(condition, use);
    }

    bool holdsForWire(const FilterCondition &condition, const FilterFields::Use &use)
    {
        if (!use.field)
            return condition.isAboutPresence() && condition.holdsForPresence(false);
        const WireFields &wire = m_looked.topic->fields().wire();
        const google::protobuf::FieldDescriptor *field = use.field;
        const std::vector<WireValue> *values = &wire.values(use.wireSlot);
        const bool isNearer = use.nearField
            && (values->empty() || !values->front().isOnWire || values->front().bytes.isEmpty())
            && !wire.values(use.nearWireSlot).empty();
        if (isNearer) {
            values = &wire.values(use.nearWireSlot);
            field = use.nearField;
        }
        if (condition.isAboutPresence())
            return condition.holdsForPresence(std::any_of(
                values->begin(), values->end(), [](const WireValue &value) { return value.isOnWire; }));
        if (use.isMasked)
            return !values->empty() && condition.holdsForText(FilterMasking::mask());
        return std::any_of(values->begin(), values->end(), [&](const WireValue &value) {
            return condition.holdsForWire(value, *field, use.isDecimal && field == use.field);
        });
    }

    bool holdsForJson(const FilterCondition &condition, const FilterFields::Use &use)
    {
        JsonFields &json = m_looked.topic->fields().json();
        const auto isThere = [](const JsonValue &value) { return value.kind != JsonValue::Kind::Null; };
        const std::vector<JsonValue> *values = &json.values(use.jsonSlot);
        if (use.nearJsonSlot >= 0 && std::none_of(values->begin(), values->end(), isThere))
            values = &json.values(use.nearJsonSlot);
        if (condition.isAboutPresence())
            return condition.holdsForPresence(std::any_of(values->begin(), values->end(), isThere));
        if (use.isMasked)
            return std::any_of(values->begin(), values->end(), isThere)
                && condition.holdsForText(FilterMasking::mask());
        return std::any_of(values->begin(), values->end(), [&](const JsonValue &value) {
            return condition.holdsForJson(value, use.isDecimal);
        });
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    TopicNames m_topicNames;
    FilterMasking m_masking;
    VisibleTexts m_texts;
    std::vector<FilterCondition> m_conditions;
    qint64 m_partlySeen = 0;
    bool m_asksForOperation = false;
    bool m_asksForValue = false;
    Step m_root;
    std::vector<std::unique_ptr<FilterTopic>> m_topics; // by their number
    std::vector<QByteArrayView> m_records;
    Looked m_looked;
};

MessageFilter::MessageFilter(const FilterNode &expression, std::shared_ptr<const EntityCatalog> catalog,
                             std::shared_ptr<const DescriptorSource> descriptors, TopicNames topicNames)
    : m_evaluation(std::make_unique<Evaluation>(expression, std::move(catalog), std::move(descriptors),
                                                std::move(topicNames)))
{ }

MessageFilter::~MessageFilter() = default;

bool MessageFilter::matches(const MessageView &message)
{
    return m_evaluation->matches(message);
}

QString MessageFilter::problem() const
{
    return m_evaluation->problem();
}

qint64 MessageFilter::partlySeen() const
{
    return m_evaluation->partlySeen();
}

QString MessageFilter::partlySeenSentence(qint64 messages)
{
    return messages == 0
        ? QString()
        : QStringLiteral("%1 messages were only looked at in part: the expression takes too long on them.")
              .arg(messages);
}

QStringList filterNames(const QString &topic, const EntityCatalog &catalog,
                        const DescriptorSource &descriptors)
{
    QStringList names;
    if (const EntityType *entity = catalog.forTopic(topic).entity) {
        for (const Column &column : entity->columns)
            names.append(column.name);
        return names;
    }
    const Descriptor *const message = descriptors.valueDescriptor(topic);
    for (int index = 0; message && index < message->field_count(); ++index)
        names.append(QString::fromStdString(message->field(index)->name()));
    return names;
}

} // namespace desk
