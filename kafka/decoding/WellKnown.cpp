// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/WellKnown.h"

#include "kafka/PayloadText.h"
#include "kafka/decoding/NumberText.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <QDateTime>

namespace desk {
namespace {

using namespace google::protobuf;

constexpr int Nanoseconds = 1'000'000'000;

template <typename Message>
std::optional<Message> parsed(QByteArrayView bytes)
{
    Message message;
    if (!message.ParseFromArray(bytes.data(), int(bytes.size())))
        return {};
    return message;
}

// ".5" of 500,000,000; as many digits as it takes, in threes.
QString fractionText(int nanoseconds)
{
    if (nanoseconds == 0)
        return {};
    QString digits = QStringLiteral("%1").arg(nanoseconds, 9, 10, QLatin1Char('0'));
    while (digits.endsWith(QLatin1String("000")))
        digits.chop(3);
    return u'.' + digits;
}

QString textOf(const Timestamp &time)
{
    // The years 1 to 9999; beyond them it is no time to speak of.
    constexpr qint64 First = -62'135'596'800;
    constexpr qint64 Last = 253'402'300'799;
    if (time.seconds() < First || time.seconds() > Last || time.nanos() < 0 || time.nanos() >= Nanoseconds)
        return QStringLiteral("%1 s, %2 ns: no time").arg(time.seconds()).arg(time.nanos());
    const QDateTime date = QDateTime::fromSecsSinceEpoch(time.seconds(), Qt::UTC);
    return date.toString(u"yyyy-MM-ddTHH:mm:ss") + fractionText(time.nanos()) + u'Z';
}

QString textOf(const Duration &duration)
{
    const bool isNegative = duration.seconds() < 0 || duration.nanos() < 0;
    const quint64 seconds = duration.seconds() < 0 ? 0 - quint64(duration.seconds())
                                                   : quint64(duration.seconds());
    const qint64 nanoseconds = std::abs(qint64(duration.nanos()));
    if (nanoseconds >= Nanoseconds)
        return QStringLiteral("%1 s, %2 ns: no duration").arg(duration.seconds()).arg(duration.nanos());
    return (isNegative ? QStringLiteral("-") : QString()) + QString::number(seconds)
        + fractionText(int(nanoseconds)) + u's';
}

// Structs nest as deeply as protobuf's parser lets them, which is bearable here.
class StructReader
{
public:
    explicit StructReader(const Masking &masking) : m_masking(masking) { }

    [[nodiscard]] bool holdsSensitive() const { return m_holdsSensitive; }

    void read(const Struct &object, DecodedNode &node)
    {
        node.kind = DecodedNode::Kind::Object;
        // A map has no order of its own; by name it is the same every time.
        std::map<QString, const Value *> members;
        for (const auto &[name, value] : object.fields())
            members.emplace(QString::fromStdString(name), &value);
        for (const auto &[name, value] : members) {
            DecodedNode child;
            child.name = name;
            if (m_masking.isSensitive(name)) {
                m_holdsSensitive = true;
                child.kind = DecodedNode::Kind::Text;
                child.isSensitive = true;
                child.text = MaskedValue.toString();
            } else {
                read(*value, child);
            }
            add(node, std::move(child));
        }
    }

    void read(const ListValue &list, DecodedNode &node)
    {
        node.kind = DecodedNode::Kind::List;
        for (int index = 0; index < list.values_size(); ++index) {
            DecodedNode child;
            child.name = QStringLiteral("[%1]").arg(index);
            read(list.values(index), child);
            add(node, std::move(child));
        }
    }

    void read(const Value &value, DecodedNode &node)
    {
        const auto set = [&](DecodedNode::Kind kind, const QString &text) {
            node.kind = kind;
            node.text = text;
        };
        switch (value.kind_case()) {
        case Value::kNumberValue:
            set(std::isfinite(value.number_value()) ? DecodedNode::Kind::Number : DecodedNode::Kind::Text,
                numberText(value.number_value()));
            break;
        case Value::kStringValue:
            set(DecodedNode::Kind::Text, QString::fromStdString(value.string_value()));
            break;
        case Value::kBoolValue:
            set(DecodedNode::Kind::Boolean,
                value.bool_value() ? QStringLiteral("true") : QStringLiteral("false"));
            break;
        case Value::kStructValue:
            read(value.struct_value(), node);
            break;
        case Value::kListValue:
            read(value.list_value(), node);
            break;
        default:
            set(DecodedNode::Kind::Null, QStringLiteral("null"));
            break;
        }
    }

private:
    void add(DecodedNode &parent, DecodedNode &&child)
    {
        constexpr int Most = 5000;
        if (m_count++ < Most)
            parent.children.push_back(std::move(child));
    }

    const Masking &m_masking;
    bool m_holdsSensitive = false;
    int m_count = 0;
};

template <typename Message>
std::optional<WellKnownValue> structured(QByteArrayView bytes, const Masking &masking)
{
    const auto message = parsed<Message>(bytes);
    if (!message)
        return {};
    WellKnownValue value;
    StructReader reader(masking);
    reader.read(*message, value.node);
    value.holdsSensitive = reader.holdsSensitive();
    return value;
}

WellKnownValue leaf(DecodedNode::Kind kind, const QString &text)
{
    WellKnownValue value;
    value.node.kind = kind;
    value.node.text = text;
    return value;
}

template <typename Message>
std::optional<WellKnownValue> wrapped(QByteArrayView bytes)
{
    const auto message = parsed<Message>(bytes);
    if (!message)
        return {};
    using Kind = DecodedNode::Kind;
    if constexpr (std::is_same_v<Message, StringValue>) {
        return leaf(Kind::Text, QString::fromStdString(message->value()));
    } else if constexpr (std::is_same_v<Message, BytesValue>) {
        constexpr qsizetype Shown = 256;
        return leaf(
            Kind::Text,
            shortHex(QByteArrayView(message->value().data(), qsizetype(message->value().size())), Shown));
    } else if constexpr (std::is_same_v<Message, BoolValue>) {
        return leaf(Kind::Boolean, message->value() ? QStringLiteral("true") : QStringLiteral("false"));
    } else if constexpr (std::is_same_v<Message, FloatValue> || std::is_same_v<Message, DoubleValue>) {
        return leaf(std::isfinite(message->value()) ? Kind::Number : Kind::Text,
                    numberText(message->value()));
    } else {
        return leaf(Kind::Number, QString::number(message->value()));
    }
}

std::optional<WellKnownValue> readFieldMask(QByteArrayView bytes)
{
    const auto mask = parsed<FieldMask>(bytes);
    if (!mask)
        return {};
    QStringList paths;
    for (const std::string &path : mask->paths())
        paths.append(QString::fromStdString(path));
    return leaf(DecodedNode::Kind::Text, paths.join(QLatin1String(", ")));
}

template <typename Message>
std::optional<WellKnownValue> timed(QByteArrayView bytes)
{
    const auto message = parsed<Message>(bytes);
    return message ? std::optional(leaf(DecodedNode::Kind::Text, textOf(*message))) : std::nullopt;
}

using Read = std::optional<WellKnownValue> (*)(QByteArrayView, const Masking &);

template <auto Function>
std::optional<WellKnownValue> unmasked(QByteArrayView bytes, const Masking &)
{
    return Function(bytes);
}

} // namespace

std::optional<WellKnownValue> readWellKnown(const Descriptor &descriptor, QByteArrayView bytes,
                                            const Masking &masking)
{
    static const QHash<QByteArray, Read> readers{
        {"Timestamp", unmasked<timed<Timestamp>>},
        {"Duration", unmasked<timed<Duration>>},
        {"FieldMask", unmasked<readFieldMask>},
        {"Struct", structured<Struct>},
        {"Value", structured<Value>},
        {"ListValue", structured<ListValue>},
        {"DoubleValue", unmasked<wrapped<DoubleValue>>},
        {"FloatValue", unmasked<wrapped<FloatValue>>},
        {"Int64Value", unmasked<wrapped<Int64Value>>},
        {"UInt64Value", unmasked<wrapped<UInt64Value>>},
        {"Int32Value", unmasked<wrapped<Int32Value>>},
        {"UInt32Value", unmasked<wrapped<UInt32Value>>},
        {"BoolValue", unmasked<wrapped<BoolValue>>},
        {"StringValue", unmasked<wrapped<StringValue>>},
        {"BytesValue", unmasked<wrapped<BytesValue>>},
    };
    if (descriptor.file()->package() != "google.protobuf")
        return {};
    const auto reader = readers.constFind(QByteArray::fromStdString(descriptor.name()));
    return reader == readers.constEnd() ? std::nullopt : (*reader)(bytes, masking);
}

} // namespace desk
