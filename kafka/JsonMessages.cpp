// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonMessages.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"
#include "models/schema/RecordValidator.h"
#include "models/schema/SensitiveNames.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

tl::unexpected<Error> masked()
{
    return failure(
        ErrorCode::InvalidValue,
        QStringLiteral("It holds masked values (%1): what they stood for is not known here, so it cannot "
                       "be sent. Write the values in, or send messages on from the window.")
            .arg(MaskedValue));
}

QByteArray textOrJson(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().toUtf8();
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

Verb verbFrom(const QString &operation, std::optional<Verb> otherwise)
{
    for (const Verb verb : {Verb::Add, Verb::Update, Verb::Delete, Verb::Get, Verb::List}) {
        if (operation == verbText(verb))
            return verb;
    }
    return otherwise.value_or(Verb::Add);
}

} // namespace

JsonMessages::JsonMessages(std::shared_ptr<const EntityCatalog> catalog, const BrokerSettings &brokers,
                           QString topic)
    : m_catalog(std::move(catalog))
    , m_brokers(brokers)
    , m_topic(std::move(topic))
    , m_use(m_catalog->forTopic(m_topic))
{ }

Expected<OutgoingMessage> JsonMessages::message(const QByteArray &line)
{
    if (line.size() > MaximumBytes)
        return failure(ErrorCode::Format,
                       QStringLiteral("It is longer than %1 MiB.").arg(MaximumBytes / 1024 / 1024));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject())
        return failure(
            ErrorCode::Format,
            error.error == QJsonParseError::NoError
                ? QStringLiteral("It is no JSON object.")
                : QStringLiteral("It is no JSON: %1 at byte %2.").arg(error.errorString()).arg(error.offset));
    const QJsonObject object = document.object();
    OutgoingMessage message;
    message.topic = m_topic;
    const QJsonValue key = object.value(QStringLiteral("key"));
    message.hasKey = !key.isUndefined() && !key.isNull();
    if (message.hasKey)
        message.key = textOrJson(key);
    const QJsonObject headers = object.value(QStringLiteral("headers")).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        message.headers.append({header.key().toUtf8(), textOrJson(header.value())});
    if (const Expected<> added = addValue(object, message); !added)
        return tl::make_unexpected(added.error());

    const QByteArray mask = MaskedValue.toUtf8();
    bool isMasked = message.key.contains(mask) || message.value.contains(mask);
    for (const MessageHeader &header : std::as_const(message.headers))
        isMasked = isMasked || header.value.contains(mask);
    if (isMasked)
        return masked();
    return message;
}

Expected<> JsonMessages::addValue(const QJsonObject &object, OutgoingMessage &message)
{
    const QString bytes = QStringLiteral("bytes");
    const QJsonValue value = object.value(QStringLiteral("value"));
    if (object.contains(QStringLiteral("withheld")))
        return masked();
    if (value.isNull()) {
        message.hasValue = false;
        return {};
    }
    if (value.isUndefined() && object.value(QStringLiteral("records")).isArray() && m_use.entity) {
        const Expected<QByteArray> list = listBytes(object.value(QStringLiteral("records")).toArray());
        if (!list)
            return tl::make_unexpected(list.error());
        message.value = *list;
        return {};
    }
    if (value.isUndefined() && object.value(bytes).isString()) {
        const auto decoded = QByteArray::fromBase64Encoding(object.value(bytes).toString().toLatin1(),
                                                            QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return failure(ErrorCode::Format, QStringLiteral("Its \"bytes\" are no base64."));
        message.value = *decoded;
        return {};
    }
    if (value.isUndefined())
        return failure(
            ErrorCode::Format,
            QStringLiteral(
                "It says nothing of the value: give \"value\", \"bytes\" in base64, or, on the topic of an "
                "entity, \"records\"."));
    if (!m_use.entity || !value.isObject()) {
        message.value = textOrJson(value);
        return {};
    }
    const Expected<QByteArray> record = recordBytes(value.toObject(),
                                                    object.value(QStringLiteral("operation")).toString());
    if (!record)
        return tl::make_unexpected(record.error());
    message.value = *record;
    return {};
}

Expected<QByteArray> JsonMessages::recordBytes(const QJsonObject &columns, const QString &operation)
{
    const Verb verb = verbFrom(operation, m_use.verb);
    const Expected<Record> record = recordOf(columns, verb);
    if (!record)
        return tl::make_unexpected(record.error());
    return messagesFor(verb).value(*record);
}

Expected<QByteArray> JsonMessages::listBytes(const QJsonArray &records)
{
    QList<Record> list;
    if (records.size() > RecordCodec::MaximumElements) {
        return failure(ErrorCode::Format,
                       QStringLiteral("A message holds at most %1 records; this list has %2.")
                           .arg(RecordCodec::MaximumElements)
                           .arg(records.size()));
    }
    for (const QJsonValue &value : records) {
        const Expected<Record> record = value.isObject()
            ? recordOf(value.toObject(), Verb::List)
            : Expected<Record>(failure(ErrorCode::Format, QStringLiteral("This is no JSON object.")));
        if (!record) {
            Error error = record.error();
            error.sentence
                = QStringLiteral("Record %1 of the list: %2").arg(list.size() + 1).arg(error.sentence);
            return tl::make_unexpected(error);
        }
        list.append(*record);
    }
    return messagesFor(Verb::List).listValue(list);
}

EntityMessages &JsonMessages::messagesFor(Verb verb)
{
    std::unique_ptr<EntityMessages> &messages = m_messages[int(verb)];
    if (!messages)
        messages = std::make_unique<EntityMessages>(m_catalog, *m_use.entity, m_brokers, verb);
    return *messages;
}

Expected<Record> JsonMessages::recordOf(const QJsonObject &columns, Verb verb) const
{
    const EntityType &entity = *m_use.entity;
    Record record = newRecord(entity);
    record.values[entity.idColumn] = initialValue(entity.id());
    for (auto member = columns.begin(); member != columns.end(); ++member) {
        const Expected<int> column = entity.requireColumn(member.key());
        if (!column)
            return tl::make_unexpected(column.error());
        if (member.value().toString() == MaskedValue)
            return masked();
        const Expected<QVariant> value = valueFromJson(entity.columns[*column], member.value());
        if (!value)
            return tl::make_unexpected(value.error());
        record.values[*column] = *value;
    }
    record.id = textOf(entity.id(), record.values[entity.idColumn]);
    const QList<Error> errors = verb == Verb::Delete ? QList<Error>() : validateRecord(entity, record);
    if (!errors.isEmpty())
        return tl::make_unexpected(errors.constFirst());
    return record;
}

} // namespace desk
