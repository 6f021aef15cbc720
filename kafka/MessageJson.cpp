// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageJson.h"

#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"

#include <QDateTime>
#include <QJsonDocument>

namespace desk {
namespace {

constexpr QLatin1String RecordsName("records");
constexpr QLatin1String BytesName("bytes");

bool isUnread(const DecodedMessage &decoded)
{
    return decoded.kind == QLatin1String("bytes") || !decoded.problem.isEmpty();
}

QJsonObject headersOf(const DecodedMessage &decoded)
{
    QJsonObject headers;
    for (const auto &[name, text] : decoded.headers)
        headers.insert(name, text);
    return headers;
}

// Those of a message that could not be read as it should be; what is sensitive in them is blanked.
QString bytesOf(const StreamMessage &message, const DecodedPart &value)
{
    return QString::fromLatin1(maskedBytes(message.value, value.sensitive).toBase64());
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

// The whole of what is no entity's: a line on the screen is cut, this is not.
void addValue(QJsonObject &object, const StreamMessage &message, const DecodedMessage &decoded)
{
    const QString name = QStringLiteral("value");
    if (!message.hasValue)
        object.insert(name, QJsonValue());
    const bool isTold = object.contains(name) || object.contains(RecordsName) || object.contains(BytesName)
        || !decoded.value.withheld.isEmpty();
    if (isTold)
        return;
    if (decoded.value.format == PayloadFormat::Guess) {
        object.insert(BytesName, bytesOf(message, decoded.value));
        return;
    }
    const QJsonDocument tree = QJsonDocument::fromJson(compactJson(decoded.value.root).toUtf8());
    if (tree.isObject())
        object.insert(name, tree.object());
    else if (tree.isArray())
        object.insert(name, tree.array());
    else
        object.insert(name, decoded.value.root.text);
}

} // namespace

MessageJson::MessageJson(DecodingSources sources)
    : m_catalog(sources.catalog)
    , m_schemas(sources.schemas)
    , m_masking(SensitiveNames(sources.settings.sensitiveNames))
    , m_decoder(std::move(sources))
{
    if (m_schemas)
        m_schemas->watch(this, [this] { m_answers.release(); });
}

MessageJson::~MessageJson()
{
    if (m_schemas)
        m_schemas->forgetWatcher(this);
}

DecodedMessage MessageJson::decode(const StreamMessage &message)
{
    constexpr int LongestMilliseconds = 10'000;
    DecodedMessage decoded = m_decoder.decode(message);
    while ((decoded.key.isWaiting || decoded.value.isWaiting) && m_answers.tryAcquire(1, LongestMilliseconds))
        decoded = m_decoder.decode(message);
    return decoded;
}

QString MessageJson::timeText(const StreamMessage &message)
{
    if (message.timestamp < 0)
        return QStringLiteral("-");
    return QDateTime::fromMSecsSinceEpoch(message.timestamp, Qt::UTC).toString(Qt::ISODateWithMs);
}

// A key is shown as it is written as far as it is a text, since scripts compare it.
QString MessageJson::keyText(const StreamMessage &message, const DecodedMessage &decoded)
{
    const DecodedPart &key = decoded.key;
    const bool isMasked = !key.withheld.isEmpty() || !key.sensitive.isEmpty();
    const bool isText = key.format == PayloadFormat::Text || key.format == PayloadFormat::Json;
    if (isMasked || (!isText && !message.key.isEmpty()))
        return key.summary;
    return QString::fromUtf8(message.key);
}

bool MessageJson::isValueJson(const DecodedMessage &decoded, const QJsonObject &object)
{
    if (isUnread(decoded) && object.contains(BytesName))
        return false;
    const DecodedPart &value = decoded.value;
    return object.contains(RecordsName) || value.root.hasChildren()
        || (value.format == PayloadFormat::Json && value.withheld.isEmpty()
            && value.root.kind != DecodedNode::Kind::Text);
}

QString MessageJson::valueText(const StreamMessage &message, const DecodedMessage &decoded,
                               const QJsonObject &object)
{
    const DecodedPart &value = decoded.value;
    if (!message.hasValue)
        return {};
    if (isUnread(decoded) && object.contains(BytesName))
        return QStringLiteral("base64:") + object.value(BytesName).toString();
    if (object.contains(RecordsName)) // the tree holds only the first of them
        return QString::fromUtf8(
            QJsonDocument(object.value(RecordsName).toArray()).toJson(QJsonDocument::Compact));
    if (isValueJson(decoded, object))
        return compactJson(value.root);
    const bool isPlain = value.format == PayloadFormat::Text && value.withheld.isEmpty()
        && value.sensitive.isEmpty() && !value.root.isSensitive;
    if (isPlain) // the tree holds no more of it than can be shown
        return QString::fromUtf8(message.value);
    return value.root.text.isEmpty() ? decoded.summary : value.root.text;
}

QJsonObject MessageJson::object(const StreamMessage &message, const DecodedMessage &decoded) const
{
    const EntityType *entity = m_catalog->findDescribed(decoded.entity);
    QJsonObject json{
        {QStringLiteral("topic"), message.topic},
        {QStringLiteral("partition"), message.partition},
        {QStringLiteral("offset"), message.offset},
        {QStringLiteral("timestamp"), timeText(message)},
        {QStringLiteral("key"), message.hasKey ? QJsonValue(keyText(message, decoded)) : QJsonValue()},
        {QStringLiteral("headers"), headersOf(decoded)},
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
        json.insert(RecordsName, records(message, *entity));
    else if (isDecoded && decoded.value.format == PayloadFormat::Entity
             && decoded.fields.size() == entity->columns.size())
        json.insert(QStringLiteral("value"), recordOf(*entity, decoded));
    else if (!decoded.fields.isEmpty())
        json.insert(QStringLiteral("fields"), fieldsOf(decoded));
    if (!decoded.value.withheld.isEmpty())
        json.insert(QStringLiteral("withheld"), decoded.value.withheld);
    else if (isUnread(decoded))
        json.insert(BytesName, bytesOf(message, decoded.value));
    addValue(json, message, decoded);
    return json;
}

QJsonArray MessageJson::records(const StreamMessage &message, const EntityType &entity) const
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
        QJsonObject object = recordToFlatJson(entity, record);
        for (const Column &column : entity.columns) {
            if (m_masking.isSensitive(column))
                object.insert(column.name, MaskedValue.toString());
        }
        array.append(object);
    }
    return array;
}

} // namespace desk
