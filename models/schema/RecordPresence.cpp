// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/RecordPresence.h"

#include <google/protobuf/message.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace desk {

namespace {

RecordPresence nothingIn(const EntityType &entity)
{
    const qsizetype columns = entity.columns.size();
    return {QBitArray(columns), QBitArray(columns)};
}

bool hasField(const google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field)
{
    const google::protobuf::Reflection &reflection = *message.GetReflection();
    return field.is_repeated() ? reflection.FieldSize(message, &field) > 0
                               : reflection.HasField(message, &field);
}

} // namespace

RecordPresence presenceIn(const EntityType &entity, const google::protobuf::Message &message)
{
    RecordPresence presence = nothingIn(entity);
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        const google::protobuf::Message *holder = &message;
        for (int level = 0; level + 1 < column.path.size(); ++level)
            holder = &holder->GetReflection()->GetMessage(*holder, column.path[level]);
        const bool isPresent = hasField(*holder, *column.field());
        presence.present.setBit(index, isPresent);
        presence.approximated.setBit(
            index, !isPresent && column.approximation && hasField(message, *column.approximation));
    }
    return presence;
}

RecordPresence presenceIn(const EntityType &entity, QByteArrayView json)
{
    RecordPresence presence = nothingIn(entity);
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        QJsonObject holder = object;
        for (int level = 0; level + 1 < column.path.size(); ++level)
            holder = holder.value(QString::fromStdString(column.path[level]->name())).toObject();
        const bool isPresent = holder.contains(QString::fromStdString(column.field()->name()));
        presence.present.setBit(index, isPresent);
        presence.approximated.setBit(
            index,
            !isPresent && column.approximation
                && object.contains(QString::fromStdString(column.approximation->name())));
    }
    return presence;
}

} // namespace desk
