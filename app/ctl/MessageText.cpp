// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/MessageText.h"

#include "app/ctl/RecordText.h"
#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"

#include <QDateTime>

namespace desk::ctl {
namespace {

QString timeText(const StreamMessage &message)
{
    if (message.timestamp < 0)
        return QStringLiteral("-");
    return QDateTime::fromMSecsSinceEpoch(message.timestamp, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject headersOf(const StreamMessage &message)
{
    QJsonObject headers;
    for (const MessageHeader &header : message.headers)
        headers.insert(QString::fromUtf8(header.name), QString::fromUtf8(header.value));
    return headers;
}

// The decoder names fields by their labels, in the order of the columns; programs want names and types.
QJsonObject recordOf(const EntityType &entity, const DecodedMessage &decoded)
{
    QJsonObject record;
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        const QString &text = decoded.fields[index].second;
        const Expected<QVariant> value = column.sensitive ? Expected<QVariant>(QVariant(text))
                                                          : valueFromText(column, text);
        record.insert(column.name,
                      value && !column.sensitive ? valueToJson(column, *value) : QJsonValue(text));
    }
    return record;
}

QJsonObject fieldsOf(const DecodedMessage &decoded)
{
    QJsonObject fields;
    for (const auto &[label, text] : decoded.fields)
        fields.insert(label, text);
    return fields;
}

} // namespace

MessageText::MessageText(std::shared_ptr<const EntityCatalog> catalog)
    : m_catalog(std::move(catalog))
    , m_decoder(m_catalog)
{ }

QString MessageText::line(const StreamMessage &message)
{
    const DecodedMessage decoded = m_decoder.decode(message);
    QStringList parts{
        timeText(message),
        QStringLiteral("%1/%2@%3").arg(message.topic).arg(message.partition).arg(message.offset),
        message.hasKey ? visible(QString::fromUtf8(message.key)) : QStringLiteral("-"),
        decoded.operation.isEmpty() ? QStringLiteral("-") : decoded.operation, visible(decoded.summary)};
    if (!decoded.problem.isEmpty())
        parts.append(QStringLiteral("(%1)").arg(visible(decoded.problem)));
    return parts.join(QLatin1String("  "));
}

QJsonObject MessageText::json(const StreamMessage &message)
{
    const DecodedMessage decoded = m_decoder.decode(message);
    const EntityType *entity = m_catalog->find(decoded.entity);
    QJsonObject json{
        {QStringLiteral("topic"), message.topic},
        {QStringLiteral("partition"), message.partition},
        {QStringLiteral("offset"), message.offset},
        {QStringLiteral("timestamp"), timeText(message)},
        {QStringLiteral("key"), message.hasKey ? QJsonValue(QString::fromUtf8(message.key)) : QJsonValue()},
        {QStringLiteral("headers"), headersOf(message)},
        {QStringLiteral("kind"), decoded.kind},
        {QStringLiteral("operation"), decoded.operation},
        {QStringLiteral("entity"), decoded.entity},
        {QStringLiteral("id"), decoded.recordId},
        {QStringLiteral("summary"), decoded.summary},
    };
    if (!decoded.problem.isEmpty())
        json.insert(QStringLiteral("problem"), decoded.problem);
    const bool isDecoded = entity && decoded.problem.isEmpty() && message.hasValue;
    if (isDecoded && decoded.operation == verbText(Verb::List))
        json.insert(QStringLiteral("records"), records(message, *entity));
    else if (isDecoded && decoded.fields.size() == entity->columns.size())
        json.insert(QStringLiteral("value"), recordOf(*entity, decoded));
    else if (!decoded.fields.isEmpty())
        json.insert(QStringLiteral("fields"), fieldsOf(decoded));
    if (decoded.kind == QLatin1String("bytes") || !decoded.problem.isEmpty())
        json.insert(QStringLiteral("bytes"), QString::fromLatin1(message.value.toBase64()));
    return json;
}

QJsonArray MessageText::records(const StreamMessage &message, const EntityType &entity)
{
    QJsonArray array;
    QByteArrayView payload = message.value;
    if (entity.framing == Framing::Confluent) {
        const Expected<FramedPayload> framed = readFrame(payload);
        if (!framed)
            return array;
        payload = framed->payload;
    }
    const Expected<QList<Record>> records = RecordCodec(entity).decodeList(payload);
    if (!records)
        return array;
    for (const Record &record : *records) {
        QJsonObject object = recordToJson(entity, {record, {}});
        object.remove(QStringLiteral("version")); // the wire carries none
        array.append(object);
    }
    return array;
}

} // namespace desk::ctl
