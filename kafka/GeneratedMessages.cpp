// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GeneratedMessages.h"

#include "kafka/EntityMessages.h"
#include "kafka/decoding/Masking.h"
#include "models/schema/RecordJson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

struct Making {
    Making(const GenerationRequest &request, const BrokerSettings &brokers)
        : left(request.count)
        , topic(request.target())
        , generator(request.catalog, *request.entity, request.choice)
        , messages(request.catalog, *request.entity, brokers, request.verb())
    { }

    Expected<std::optional<OutgoingMessage>> next()
    {
        if (left <= 0)
            return std::nullopt;
        const Expected<Record> record = generator.next();
        if (!record)
            return tl::make_unexpected(record.error());
        Expected<OutgoingMessage> message = messages.message(*record);
        if (!message)
            return tl::make_unexpected(message.error());
        message->topic = topic;
        --left;
        return *std::move(message);
    }

    qint64 left;
    QString topic;
    RecordGenerator generator;
    EntityMessages messages;
};

QByteArray jsonOf(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray shownValue(const EntityType &entity, const Record &record, Verb verb, const Masking &masking)
{
    QByteArray json;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (verb == Verb::Delete && index != entity.idColumn)
            continue;
        const Column &column = entity.columns[index];
        const QJsonValue value = masking.isSensitive(column) ? QJsonValue(MaskedValue.toString())
                                                             : valueToJson(column, record.values[index]);
        json += json.isEmpty() ? "{" : ", ";
        json += jsonOf(column.name) + ": " + jsonOf(value);
    }
    return json + '}';
}

} // namespace

QString GenerationRequest::target() const
{
    return topic.isEmpty() ? entity->topics.value(Verb::Add) : topic;
}

Verb GenerationRequest::verb() const
{
    const EntityCatalog::TopicUse use = catalog->forTopic(target());
    return use.entity == entity ? use.verb.value_or(Verb::Add) : Verb::Add;
}

MessageSource generatedMessages(const GenerationRequest &request, const BrokerSettings &brokers)
{
    return [making = std::make_shared<Making>(request, brokers)] { return making->next(); };
}

Expected<QList<GeneratedPreview>> previewOf(const GenerationRequest &request, qint64 most,
                                            const SensitiveNames &names)
{
    const EntityType &entity = *request.entity;
    const Masking masking(names);
    RecordGenerator generator(request.catalog, entity, request.choice);
    QList<GeneratedPreview> shown;
    for (qint64 count = std::min(most, request.count); count > 0; --count) {
        const Expected<Record> record = generator.next();
        if (!record)
            return tl::make_unexpected(record.error());
        const bool isKeyMasked = masking.isSensitive(entity.columns[entity.keyColumn]);
        shown.append(
            {isKeyMasked ? MaskedValue.toString() : QString::fromUtf8(EntityMessages::keyOf(entity, *record)),
             shownValue(entity, *record, request.verb(), masking)});
    }
    return shown;
}

} // namespace desk
