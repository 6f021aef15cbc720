// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/UnknownFields.h"

#include <google/protobuf/dynamic_message.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace desk {
namespace {

namespace pb = google::protobuf;

bool isSingleMessage(const pb::FieldDescriptor &field)
{
    return !field.is_repeated() && field.cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE;
}

// Into `extras` only what is unknown: behind the bytes of `made`, protobuf's readers merge it with them.
void collect(const pb::Message &made, const pb::Message &original, pb::Message &extras)
{
    const pb::Reflection &reflection = *original.GetReflection();
    reflection.MutableUnknownFields(&extras)->MergeFrom(reflection.GetUnknownFields(original));
    const pb::Descriptor &descriptor = *original.GetDescriptor();
    for (int index = 0; index < descriptor.field_count(); ++index) {
        const pb::FieldDescriptor &field = *descriptor.field(index);
        if (!isSingleMessage(field) || !reflection.HasField(made, &field)
            || !reflection.HasField(original, &field))
            continue;
        pb::Message &part = *reflection.MutableMessage(&extras, &field);
        collect(reflection.GetMessage(made, &field), reflection.GetMessage(original, &field), part);
        if (part.ByteSizeLong() == 0)
            reflection.ClearField(&extras, &field);
    }
}

bool addMembers(QJsonObject &made, const QJsonObject &original, const pb::Descriptor &descriptor)
{
    bool isChanged = false;
    for (auto member = original.begin(); member != original.end(); ++member) {
        const std::string name = member.key().toStdString();
        const pb::FieldDescriptor *field = descriptor.FindFieldByName(name);
        if (!field)
            field = descriptor.FindFieldByCamelcaseName(name);
        const auto own = made.find(member.key());
        if (!field && own == made.end()) {
            made.insert(member.key(), *member);
            isChanged = true;
        } else if (field && isSingleMessage(*field) && own != made.end() && own->isObject()
                   && member->isObject()) {
            QJsonObject part = own->toObject();
            if (addMembers(part, member->toObject(), *field->message_type())) {
                made.insert(member.key(), part);
                isChanged = true;
            }
        }
    }
    return isChanged;
}

} // namespace

QByteArray withUnknownFields(const QByteArray &made, QByteArrayView original, const pb::Descriptor &message)
{
    pb::DynamicMessageFactory factory; // outlives its messages
    const pb::Message &prototype = *factory.GetPrototype(&message);
    const std::unique_ptr<pb::Message> now(prototype.New());
    const std::unique_ptr<pb::Message> before(prototype.New());
    if (!now->ParsePartialFromArray(made.data(), int(made.size()))
        || !before->ParsePartialFromArray(original.data(), int(original.size())))
        return made;
    const std::unique_ptr<pb::Message> extras(prototype.New());
    collect(*now, *before, *extras);
    return made + QByteArray::fromStdString(extras->SerializePartialAsString());
}

QByteArray withUnknownFields(const QByteArray &made, QByteArrayView original, const EntityType &entity)
{
    if (entity.encoding == Encoding::Protobuf)
        return withUnknownFields(made, original, *entity.descriptor);
    QJsonObject object = QJsonDocument::fromJson(made).object();
    const QJsonObject before = QJsonDocument::fromJson(original.toByteArray()).object();
    return !object.isEmpty() && addMembers(object, before, *entity.descriptor)
        ? QJsonDocument(object).toJson(QJsonDocument::Compact)
        : made;
}

} // namespace desk
