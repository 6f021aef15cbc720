// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/WireWriter.h"

#include "models/schema/MessageFields.h"
#include "models/schema/WireBytes.h"

#include <QStringEncoder>

#include <algorithm>
#include <bit>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;

bool isPlain(const FieldDescriptor &field)
{
    switch (field.type()) {
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_BOOL:
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_ENUM:
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
        return !field.is_repeated() && !field.real_containing_oneof() && !field.is_required();
    default:
        return false;
    }
}

void appendText(std::string &bytes, const FieldDescriptor &field, const QString &text)
{
    if (text.isEmpty() && !field.has_presence())
        return;
    appendVarint(bytes, tagOf(field));
    // The length stands before the text, and most texts are short: room for one byte, moved if it takes more.
    const size_t lengthAt = bytes.size();
    bytes += '\0';
    QStringEncoder encoder(QStringEncoder::Utf8);
    bytes.resize(lengthAt + 1 + size_t(encoder.requiredSpace(text.size())));
    const char *end = encoder.appendToBuffer(bytes.data() + lengthAt + 1, text);
    bytes.resize(size_t(end - bytes.data()));
    const size_t length = bytes.size() - lengthAt - 1;
    if (length < 0x80) {
        bytes[lengthAt] = char(length);
        return;
    }
    std::string varint;
    appendVarint(varint, length);
    bytes.replace(lengthAt, 1, varint);
}

} // namespace

std::optional<WireWriter> WireWriter::forEntity(const EntityType &entity)
{
    WireWriter writer;
    writer.m_entity = &entity;
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (column.path.size() != 1 || column.type == ColumnType::List || !isPlain(*column.field())
            || (column.approximation && !isPlain(*column.approximation)))
            return std::nullopt;
        writer.m_fields.push_back({column.field(), index});
        if (column.approximation)
            writer.m_fields.push_back({column.approximation, index});
    }
    std::sort(writer.m_fields.begin(), writer.m_fields.end(), [](const Field &left, const Field &right) {
        return left.descriptor->number() < right.descriptor->number();
    });
    return writer;
}

QByteArray WireWriter::write(const Record &record)
{
    m_bytes.clear();
    for (const Field &field : m_fields) {
        const QVariant &value = record.values[field.column];
        if (value.isValid())
            writeField(*field.descriptor, m_entity->columns[field.column], value);
    }
    return {m_bytes.data(), qsizetype(m_bytes.size())};
}

// A field without presence is not written when it holds what it would be without.
void WireWriter::writeField(const FieldDescriptor &field, const Column &column, const QVariant &value)
{
    const auto appendNumber = [&](quint64 number) {
        if (number == 0 && !field.has_presence())
            return;
        appendVarint(m_bytes, tagOf(field));
        appendVarint(m_bytes, number);
    };
    const bool isDecimal = column.type == ColumnType::Decimal;
    const auto floating = [&] { return isDecimal ? value.value<Decimal>().toDouble() : value.toDouble(); };
    switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
        if (isDecimal)
            appendText(m_bytes, field, value.value<Decimal>().toText());
        else
            appendText(m_bytes, field, value.toString());
        break;
    case FieldDescriptor::TYPE_BYTES: {
        const QByteArray bytes = value.toByteArray();
        if (bytes.isEmpty() && !field.has_presence())
            break;
        appendVarint(m_bytes, tagOf(field));
        appendVarint(m_bytes, quint64(bytes.size()));
        m_bytes.append(bytes.constData(), size_t(bytes.size()));
        break;
    }
    case FieldDescriptor::TYPE_INT32: // negative ones as 64 bits
        appendNumber(quint64(qint64(static_cast<qint32>(value.toLongLong()))));
        break;
    case FieldDescriptor::TYPE_UINT32:
        appendNumber(static_cast<quint32>(value.toLongLong()));
        break;
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT64:
        appendNumber(quint64(value.toLongLong()));
        break;
    case FieldDescriptor::TYPE_BOOL:
        appendNumber(value.toBool());
        break;
    case FieldDescriptor::TYPE_ENUM:
        if (const std::optional<int> number = enumNumber(*field.enum_type(), value.toString()))
            appendNumber(quint64(qint64(*number)));
        break;
    case FieldDescriptor::TYPE_FLOAT: {
        const auto bits = std::bit_cast<quint32>(isDecimal ? static_cast<float>(floating())
                                                           : value.toFloat());
        if (bits != 0 || field.has_presence()) {
            appendVarint(m_bytes, tagOf(field));
            appendFixed(m_bytes, bits);
        }
        break;
    }
    case FieldDescriptor::TYPE_DOUBLE: {
        const auto bits = std::bit_cast<quint64>(floating());
        if (bits != 0 || field.has_presence()) {
            appendVarint(m_bytes, tagOf(field));
            appendFixed(m_bytes, bits);
        }
        break;
    }
    default:
        Q_UNREACHABLE(); // see isPlain()
    }
}

} // namespace desk
