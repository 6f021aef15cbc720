// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/JournalImage.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <limits>

namespace desk {
namespace {

// Takes the values as the parser meets them, without a document in between. Gives up, by returning false,
// where a column holds more than one plain value; such an image is read through QJsonDocument.
class ImageHandler
{
public:
    ImageHandler(const EntityType &entity, QVariantList &values) : m_entity(entity), m_values(values) { }

    bool StartObject() { return std::exchange(m_isOutside, false); }
    bool EndObject(rapidjson::SizeType) { return true; }
    bool StartArray() { return false; }
    bool EndArray(rapidjson::SizeType) { return false; }
    bool RawNumber(const char *, rapidjson::SizeType, bool) { return false; }

    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        const QLatin1String name(text, qsizetype(size));
        const qsizetype count = m_entity.columns.size();
        // The image has the columns in their order, unless the description has changed since.
        for (qsizetype step = 1; step <= count; ++step) {
            const qsizetype index = (m_column + step) % count;
            if (m_entity.columns[index].name == name) {
                m_column = index;
                m_isKnown = true;
                return true;
            }
        }
        m_isKnown = false;
        return true;
    }

    bool Null() { return !m_isOutside; } // as it began
    bool Bool(bool value)
    {
        if (m_isKnown && column().type == ColumnType::Boolean)
            set(value);
        return !m_isOutside;
    }
    bool Int(int value) { return takeInteger(value); }
    bool Uint(unsigned value) { return takeInteger(value); }
    bool Int64(int64_t value) { return takeInteger(value); }
    bool Uint64(uint64_t) { return false; }
    bool Double(double value)
    {
        if (!m_isKnown)
            return !m_isOutside;
        if (column().type != ColumnType::Double)
            return false;
        set(value);
        return true;
    }
    bool String(const char *bytes, rapidjson::SizeType size, bool)
    {
        if (!m_isKnown)
            return !m_isOutside;
        const QString text = QString::fromUtf8(bytes, qsizetype(size));
        switch (column().type) {
        case ColumnType::Text:
            set(column().nullable && text.isEmpty() ? QVariant() : QVariant(text));
            return true;
        case ColumnType::List:
        case ColumnType::Boolean:
            return false;
        default:
            if (Expected<QVariant> value = valueFromText(column(), text))
                set(*std::move(value));
            return true;
        }
    }

private:
    [[nodiscard]] const Column &column() const { return m_entity.columns[m_column]; }
    void set(QVariant value) { m_values[m_column] = std::move(value); }

    bool takeInteger(qint64 value)
    {
        if (!m_isKnown)
            return !m_isOutside;
        if (column().type == ColumnType::Double) {
            set(double(value));
            return true;
        }
        const bool isInteger = column().type == ColumnType::Integer
            || column().type == ColumnType::BigInteger;
        if (!isInteger || value < 0 || value > std::numeric_limits<qint32>::max())
            return false;
        set(value == 0 && column().isReference() ? QVariant() : QVariant::fromValue(value));
        return true;
    }

    const EntityType &m_entity;
    QVariantList &m_values;
    qsizetype m_column = -1;
    bool m_isKnown = false;
    bool m_isOutside = true;
};

QVariantList startValues(const EntityType &entity)
{
    QVariantList values;
    values.reserve(entity.columns.size());
    for (const Column &column : entity.columns)
        values.append(initialValue(column));
    return values;
}

bool readPlain(const EntityType &entity, QByteArrayView json, QVariantList &values)
{
    ImageHandler handler(entity, values);
    rapidjson::MemoryStream stream(json.data(), size_t(json.size()));
    rapidjson::Reader reader;
    return !reader.Parse<rapidjson::kParseFullPrecisionFlag>(stream, handler).IsError();
}

bool readAny(const EntityType &entity, QByteArrayView json, QVariantList &values)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray());
    if (!document.isObject())
        return false;
    const QJsonObject object = document.object();
    for (qsizetype index = 0; index < values.size(); ++index) {
        const Column &column = entity.columns[index];
        const Expected<QVariant> value = valueFromJson(column, object.value(column.name));
        values[index] = value ? *value : initialValue(column);
    }
    return true;
}

} // namespace

std::optional<Record> recordFromImage(const EntityType &entity, QByteArrayView json, qint64 version)
{
    Record record;
    record.version = version;
    record.values = startValues(entity);
    if (!readPlain(entity, json, record.values) && !readAny(entity, json, record.values))
        return std::nullopt;
    record.id = record.values[entity.idColumn].toString();
    return record;
}

} // namespace desk
