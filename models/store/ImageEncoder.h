// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <string>
#include <vector>

namespace desk {

// Journal images to protobuf payloads without a Record between them: making one takes longer than all the rest
// of an event, and a relay does this for every change. The payload is to the byte what RecordCodec::encode()
// makes of recordFromImage(). Only for entities whose columns are texts, numbers and switches in plain fields of
// the message itself. The entity must outlive it. One thread.
class ImageEncoder
{
public:
    // Empty if the entity has another kind of column, or is not written as protobuf.
    [[nodiscard]] static std::optional<ImageEncoder> forEntity(const EntityType &entity);

    // Empty for an image that is not as PostgreSQL writes one today, or holds a value that is not as it stays: go
    // by the record then.
    [[nodiscard]] std::optional<QByteArray> encode(QByteArrayView image);

private:
    enum class Form { Text, Integer, Boolean, Double, Decimal, DecimalDouble, DecimalFloat };
    struct Field {
        Form form = Form::Text;
        size_t column = 0;
        int number = 0;
        std::string tag;
        bool hasPresence = false;
    };
    struct Source {
        QByteArray name;
        int scale = 0;
        bool isNullable = false;
        bool isReference = false;
        bool startsEmpty = false; // null and "nothing yet" are the same
    };
    enum class Token { None, Text, EscapedText, Number, True, False, Null };
    struct Value {
        Token token = Token::None;
        QByteArrayView text; // between the quotes
    };

    explicit ImageEncoder(const EntityType &entity);
    [[nodiscard]] static std::optional<Form> formOf(const Column &column,
                                                    const google::protobuf::FieldDescriptor &field);
    [[nodiscard]] bool scan(QByteArrayView image);
    [[nodiscard]] Value *valueOf(QByteArrayView name);
    [[nodiscard]] bool write(const Field &field);
    [[nodiscard]] bool writeText(const Field &field, const Value &value);
    [[nodiscard]] bool writeDecimal(const Field &field, QByteArrayView text);

    std::vector<Source> m_sources; // by column
    std::vector<Field> m_fields;   // by number
    std::vector<Value> m_values;   // by column, of the image at hand
    size_t m_column = 0;           // the next one that the image is likely to name
    std::string m_bytes;           // kept, so that it need not grow for each image
    std::string m_unescaped;
};

} // namespace desk
