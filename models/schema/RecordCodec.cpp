// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/RecordCodec.h"

#include "models/schema/ColumnLimits.h"
#include "models/schema/ColumnText.h"
#include "models/schema/MessageFields.h"
#include "models/schema/RecordJson.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <QDateTime>

#include <cmath>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A number an older service sent as a float may have more digits than the column; it is cut to the
// column's scale by rounding half away from zero.
QVariant toScale(const std::optional<Decimal> &number, int scale)
{
    if (!number)
        return {};
    if (const std::optional<Decimal> exact = number->normalised().rescaled(scale))
        return QVariant::fromValue(*exact);
    const std::optional<Decimal> rounded = Decimal::fromText(QString::number(number->toDouble(), 'f', scale));
    return rounded ? QVariant::fromValue(*rounded) : QVariant();
}

} // namespace

RecordCodec::RecordCodec(const EntityType &entity)
    : m_entity(entity)
    , m_factory(std::make_unique<google::protobuf::DynamicMessageFactory>())
    , m_message(m_factory->GetPrototype(entity.descriptor)->New())
    , m_writer(WireWriter::forEntity(entity))
{ }

RecordCodec::~RecordCodec()
{
    m_message.reset(); // before its factory
}

QByteArray RecordCodec::encode(const Record &record)
{
    if (m_entity.encoding == Encoding::Json)
        return recordToJson(m_entity, record);
    return m_writer ? m_writer->write(record) : encodeByMessage(record);
}

QByteArray RecordCodec::encodeByMessage(const Record &record)
{
    m_message->Clear();
    toMessage(record, *m_message);
    QByteArray payload(static_cast<qsizetype>(m_message->ByteSizeLong()), Qt::Uninitialized);
    m_message->SerializeWithCachedSizesToArray(reinterpret_cast<quint8 *>(payload.data()));
    return payload;
}

QByteArray RecordCodec::encodeDelete(const RecordId &id)
{
    Record record;
    record.values.resize(m_entity.columns.size());
    setRecordId(m_entity, record, id);
    if (m_entity.encoding == Encoding::Json)
        return recordToJson(m_entity, record, JsonContent::IdOnly);
    m_message->Clear();
    setScalar(*m_message, *m_entity.id().field(), record.values[m_entity.idColumn]);
    return QByteArray::fromStdString(m_message->SerializeAsString());
}

QByteArray RecordCodec::encodeList(const QList<QByteArray> &encoded) const
{
    if (m_entity.encoding == Encoding::Json)
        return '[' + encoded.join(',') + ']';
    std::string payload;
    {
        google::protobuf::io::StringOutputStream stream(&payload);
        google::protobuf::io::CodedOutputStream coded(&stream);
        for (const QByteArray &item : encoded) {
            coded.WriteTag(google::protobuf::internal::WireFormatLite::MakeTag(
                1, google::protobuf::internal::WireFormatLite::WIRETYPE_LENGTH_DELIMITED));
            coded.WriteVarint32(static_cast<quint32>(item.size()));
            coded.WriteRaw(item.constData(), static_cast<int>(item.size()));
        }
    }
    return QByteArray::fromStdString(payload);
}

QString RecordCodec::sizeProblem(qsizetype bytes)
{
    if (bytes <= MaximumBytes)
        return {};
    return QStringLiteral("The message has %1 bytes; at most %2 MiB are read.")
        .arg(bytes)
        .arg(MaximumBytes / 1024 / 1024);
}

Expected<Record> RecordCodec::decode(QByteArrayView payload)
{
    Expected<Record> record = read(payload);
    release(payload.size());
    return record;
}

Expected<std::pair<Record, RecordPresence>> RecordCodec::decodeWithPresence(QByteArrayView payload)
{
    Expected<Record> record = read(payload);
    if (!record) {
        release(payload.size());
        return tl::make_unexpected(record.error());
    }
    std::pair both(*std::move(record),
                   m_entity.encoding == Encoding::Json ? presenceIn(m_entity, payload)
                                                       : presenceIn(m_entity, *m_message));
    release(payload.size());
    return both;
}

Expected<Record> RecordCodec::read(QByteArrayView payload)
{
    if (const QString problem = sizeProblem(payload.size()); !problem.isEmpty())
        return failure(ErrorCode::Format, problem);
    return m_entity.encoding == Encoding::Json ? recordFromJson(m_entity, payload) : readProtobuf(payload);
}

// A cleared message keeps what it had allocated, which is good for the next one of its size. What a large
// one took is given back.
void RecordCodec::release(qsizetype bytes)
{
    constexpr qsizetype Ordinary = 64 * 1024;
    if (bytes > Ordinary)
        m_message.reset(m_message->New());
}

Expected<QList<Record>> RecordCodec::decodeList(QByteArrayView payload)
{
    if (const QString problem = sizeProblem(payload.size()); !problem.isEmpty())
        return failure(ErrorCode::Format, problem);
    if (m_entity.encoding == Encoding::Json)
        return recordsFromJson(m_entity, payload, MaximumElements);
    QList<Record> records;
    google::protobuf::io::CodedInputStream coded(reinterpret_cast<const quint8 *>(payload.data()),
                                                 static_cast<int>(payload.size()));
    while (const quint32 tag = coded.ReadTag()) {
        quint32 length = 0;
        const void *data = nullptr;
        int available = 0;
        if (tag != 10 || !coded.ReadVarint32(&length))
            return failure(ErrorCode::Format,
                           QStringLiteral("These bytes are no list of %1.").arg(m_entity.plural));
        if (length > 0
            && (!coded.GetDirectBufferPointer(&data, &available) || static_cast<quint32>(available) < length))
            return failure(
                ErrorCode::Format,
                QStringLiteral("The list of %1 ends in the middle of a record.").arg(m_entity.plural));
        if (records.size() == MaximumElements) {
            return failure(ErrorCode::Format,
                           QStringLiteral("The list has more than %1 %2; no more are read.")
                               .arg(MaximumElements)
                               .arg(m_entity.plural));
        }
        Expected<Record> record = decode({static_cast<const char *>(data), static_cast<qsizetype>(length)});
        if (!record)
            return tl::make_unexpected(record.error());
        records.append(*std::move(record));
        coded.Skip(static_cast<int>(length));
    }
    if (!coded.ConsumedEntireMessage())
        return failure(ErrorCode::Format,
                       QStringLiteral("These bytes are no list of %1.").arg(m_entity.plural));
    return records;
}

Expected<Record> RecordCodec::readProtobuf(QByteArrayView payload)
{
    m_message->Clear();
    if (!m_message->ParseFromArray(payload.data(), static_cast<int>(payload.size())))
        return failure(ErrorCode::Format,
                       QStringLiteral("These bytes are no %1 message.").arg(m_entity.singular));
    return fromMessage(*m_message);
}

void RecordCodec::toMessage(const Record &record, Message &message) const
{
    for (int index = 0; index < m_entity.columns.size(); ++index) {
        const Column &column = m_entity.columns[index];
        const QVariant &value = record.values[index];
        if (!value.isValid())
            continue;
        Message *holder = &message;
        for (int level = 0; level + 1 < column.path.size(); ++level)
            holder = holder->GetReflection()->MutableMessage(holder, column.path[level]);
        const FieldDescriptor &field = *column.field();
        if (column.type == ColumnType::List) {
            setList(*holder, field, value.toList());
        } else if (column.type == ColumnType::Decimal) {
            const Decimal number = value.value<Decimal>();
            if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING)
                holder->GetReflection()->SetString(holder, &field, number.toText().toStdString());
            else
                setFloating(*holder, field, number.toDouble());
            if (column.approximation)
                setFloating(message, *column.approximation, number.toDouble());
        } else {
            setScalar(*holder, field, value);
        }
    }
}

Expected<Record> RecordCodec::fromMessage(const Message &message) const
{
    const auto unreadable = [](const Column &column) {
        return failure(ErrorCode::Format,
                       QStringLiteral("%1: the message holds a value that cannot be kept.").arg(column.label),
                       {}, column.name);
    };
    Record record;
    record.values.reserve(m_entity.columns.size());
    for (const Column &column : m_entity.columns) {
        const Message *holder = &message;
        bool present = true;
        for (int level = 0; level + 1 < column.path.size(); ++level) {
            present = present && holder->GetReflection()->HasField(*holder, column.path[level]);
            holder = &holder->GetReflection()->GetMessage(*holder, column.path[level]);
        }
        const FieldDescriptor &field = *column.field();
        if (!present || (field.has_presence() && !holder->GetReflection()->HasField(*holder, &field))) {
            record.values.append(initialValue(column));
            continue;
        }
        if (column.type == ColumnType::List) {
            const int size = holder->GetReflection()->FieldSize(*holder, &field);
            if (size > MaximumElements) {
                return failure(ErrorCode::Format,
                               QStringLiteral("%1: the list has %2 elements; at most %3 are read.")
                                   .arg(column.label)
                                   .arg(size)
                                   .arg(MaximumElements),
                               {}, column.name);
            }
            const QVariantList list = getList(*holder, field);
            if (!canBeKept(field, list))
                return unreadable(column);
            record.values.append(QVariant(list)); // as one value, not element by element
        } else if (column.type == ColumnType::Decimal) {
            std::optional<Decimal> number;
            const bool isText = field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
            const QString text = isText
                ? QString::fromStdString(holder->GetReflection()->GetString(*holder, &field))
                : QString();
            const bool isThere = !isText || !text.isEmpty();
            if (isThere)
                number = isText ? Decimal::fromText(text) : getFloating(*holder, field);
            else if (column.approximation)
                number = getFloating(message, *column.approximation);
            const QVariant value = toScale(number, column.scale);
            if (!value.isValid() && (isThere || column.approximation))
                return unreadable(column);
            record.values.append(value.isValid() ? value : initialValue(column));
        } else {
            const QVariant value = getScalar(*holder, field);
            const bool isNegative = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64
                && value.toLongLong() < 0; // past what the column can hold
            if (!value.isValid() || isNegative
                || (column.type == ColumnType::Double && !std::isfinite(value.toDouble()))
                || (column.type == ColumnType::Timestamp && !timestampProblem(value.toDateTime()).isEmpty()))
                return unreadable(column);
            const bool none = column.isReference()
                && (value.toString().isEmpty() || value.toString() == QLatin1String("0"));
            record.values.append(none ? QVariant() : value);
        }
    }
    record.id = textOf(m_entity.id(), record.values[m_entity.idColumn]);
    return record;
}

} // namespace desk
