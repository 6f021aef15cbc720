// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageJson.h"

#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

namespace desk {
namespace {

constexpr QLatin1String RecordsName("records");
constexpr QLatin1String BytesName("bytes");

bool isUnread(const DecodedMessage &decoded)
{
    return decoded.kind == QLatin1String("bytes") || !decoded.problem.isEmpty();
}

// JSON without the space between its tokens; numbers stay as they are written.
QString withoutSpace(const QString &json)
{
    QString text;
    text.reserve(json.size());
    bool isInText = false;
    bool isEscaped = false;
    for (const QChar character : json) {
        const bool isSpace = character == u' ' || character == u'\n' || character == u'\r'
            || character == u'\t';
        if (isInText || !isSpace)
            text.append(character);
        if (character == u'"' && !isEscaped)
            isInText = !isInText;
        isEscaped = isInText && character == u'\\' && !isEscaped;
    }
    return text;
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
QJsonObject recordOf(const EntityType &entity, const DecodedMessage &decoded, const Masking &masking)
{
    QJsonObject record;
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        const QString &text = decoded.fields[index].second;
        const bool isMasked = masking.isSensitive(column);
        const Expected<QVariant> value = isMasked ? Expected<QVariant>(QVariant(text))
                                                  : valueFromText(column, text);
        record.insert(column.name, value && !isMasked ? valueToJson(column, *value) : QJsonValue(text));
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

// Protobuf by a schema: what the tree had no room for is not in it, and this says so.
void addTree(QJsonObject &object, const StreamMessage &message, const DecodedPart &value)
{
    const QString name = QStringLiteral("value");
    const QJsonDocument tree = QJsonDocument::fromJson(compactJson(value.root).toUtf8());
    if (tree.isObject()) {
        object.insert(name, tree.object());
    } else if (tree.isArray()) {
        object.insert(name, tree.array());
    } else if (value.root.hasChildren()) {
        object.insert(QStringLiteral("bytes"), bytesOf(message, value));
        if (!object.contains(QStringLiteral("problem")))
            object.insert(
                QStringLiteral("problem"),
                QStringLiteral(
                    "This value is too large for one JSON object, so it stands here as its bytes."));
    } else {
        object.insert(name, value.root.text);
    }
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
    const std::optional<QString> text = MessageJson::writtenText(message, decoded);
    if (!text) {
        addTree(object, message, decoded.value);
        return;
    }
    const QJsonDocument json = QJsonDocument::fromJson(text->toUtf8());
    if (json.isObject())
        object.insert(name, json.object());
    else if (json.isArray())
        object.insert(name, json.array());
    else
        object.insert(name, *text);
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
    constexpr auto Depth = MessageDecoder::Depth::Full;
    DecodedMessage decoded = m_decoder.decode(message, Depth);
    while ((decoded.key.isWaiting || decoded.value.isWaiting) && m_answers.tryAcquire(1, LongestMilliseconds))
        decoded = m_decoder.decode(message, Depth);
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
        || (value.format == PayloadFormat::Json && value.withheld.isEmpty());
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
    if (const auto text = writtenText(message, decoded))
        return isValueJson(decoded, object) ? withoutSpace(*text) : *text;
    if (!value.withheld.isEmpty())
        return value.withheld;
    if (isValueJson(decoded, object))
        return compactJson(value.root);
    return value.root.text.isEmpty() ? decoded.summary : value.root.text;
}

std::optional<QString> MessageJson::writtenText(const StreamMessage &message, const DecodedMessage &decoded)
{
    const DecodedPart &value = decoded.value;
    const qsizetype begin = std::clamp<qsizetype>(value.root.bytes.begin, 0,
                                                  message.value.size()); // past a frame
    const QByteArrayView written = QByteArrayView(message.value).sliced(begin);
    const bool isFramedJson = value.format == PayloadFormat::Registry && value.kind == QLatin1String("JSON")
        && (written.startsWith('{') || written.startsWith('['));
    const bool isText = isFramedJson || value.format == PayloadFormat::Text
        || value.format == PayloadFormat::Json;
    if (!isText || !message.hasValue || !value.withheld.isEmpty() || value.root.isSensitive)
        return {};
    QList<ByteRange> masked = value.sensitive;
    for (ByteRange &range : masked)
        range = {range.begin - begin, range.end - begin};
    return QString::fromUtf8(maskedBytes(written, masked, MaskStyle::Json));
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
        json.insert(QStringLiteral("value"), recordOf(*entity, decoded, m_masking));
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
