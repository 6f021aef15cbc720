// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/ImageEncoder.h"

#include "models/schema/ColumnText.h"
#include "models/schema/WireBytes.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;

bool isPlain(const FieldDescriptor &field)
{
    return !field.is_repeated() && !field.real_containing_oneof() && !field.is_required();
}

// The end of a JSON text that begins at `at`, or null; says whether something in it is escaped.
const char *endOfText(const char *at, const char *end, bool &isEscaped)
{
    isEscaped = false;
    for (const char *from = at;;) {
        const auto *quote = static_cast<const char *>(std::memchr(from, '"', size_t(end - from)));
        if (!quote)
            return nullptr;
        const char *backslash = quote;
        while (backslash > at && backslash[-1] == '\\')
            --backslash;
        if ((quote - backslash) % 2 == 0) {
            isEscaped = isEscaped || std::memchr(at, '\\', size_t(quote - at)) != nullptr;
            return quote;
        }
        isEscaped = true;
        from = quote + 1;
    }
}

// False for an escape by number, which PostgreSQL writes for a few control characters only.
bool unescape(QByteArrayView text, std::string &plain)
{
    plain.clear();
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            plain += text[at];
            continue;
        }
        switch (++at < text.size() ? text[at] : '\0') {
        case '"':
        case '\\':
        case '/':
            plain += text[at];
            break;
        case 'b':
            plain += '\b';
            break;
        case 'f':
            plain += '\f';
            break;
        case 'n':
            plain += '\n';
            break;
        case 'r':
            plain += '\r';
            break;
        case 't':
            plain += '\t';
            break;
        default:
            return false;
        }
    }
    return true;
}

template <typename Number>
bool readNumber(QByteArrayView text, Number &number)
{
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
    return error == std::errc() && end == text.end();
}

} // namespace

std::optional<ImageEncoder::Form> ImageEncoder::formOf(const Column &column, const FieldDescriptor &field)
{
    const bool isDecimal = column.type == ColumnType::Decimal;
    switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
        if (column.type == ColumnType::Text)
            return Form::Text;
        return isDecimal ? std::optional(Form::Decimal) : std::nullopt;
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_UINT64:
        if (column.type == ColumnType::Integer || column.type == ColumnType::BigInteger)
            return Form::Integer;
        return std::nullopt;
    case FieldDescriptor::TYPE_BOOL:
        return column.type == ColumnType::Boolean ? std::optional(Form::Boolean) : std::nullopt;
    case FieldDescriptor::TYPE_DOUBLE:
        if (isDecimal)
            return Form::DecimalDouble;
        return column.type == ColumnType::Double ? std::optional(Form::Double) : std::nullopt;
    case FieldDescriptor::TYPE_FLOAT:
        return isDecimal ? std::optional(Form::DecimalFloat) : std::nullopt;
    default:
        return std::nullopt;
    }
}

ImageEncoder::ImageEncoder(const EntityType &entity) : m_values(size_t(entity.columns.size()))
{
    for (const Column &column : entity.columns) {
        m_sources.push_back({column.name.toUtf8(), column.scale, column.nullable, column.isReference(),
                             !initialValue(column).isValid()});
    }
}

std::optional<ImageEncoder> ImageEncoder::forEntity(const EntityType &entity)
{
    if (entity.encoding != Encoding::Protobuf)
        return std::nullopt;
    ImageEncoder encoder(entity);
    for (qsizetype index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (column.path.size() != 1)
            return std::nullopt;
        for (const FieldDescriptor *field : {column.field(), column.approximation}) {
            if (!field)
                continue;
            const std::optional<Form> form = formOf(column, *field);
            if (!form || !isPlain(*field))
                return std::nullopt;
            std::string tag;
            appendVarint(tag, tagOf(*field));
            encoder.m_fields.push_back({*form, size_t(index), field->number(), tag, field->has_presence()});
        }
    }
    std::sort(encoder.m_fields.begin(), encoder.m_fields.end(),
              [](const Field &left, const Field &right) { return left.number < right.number; });
    return encoder;
}

std::optional<QByteArray> ImageEncoder::encode(QByteArrayView image)
{
    if (!scan(image))
        return std::nullopt;
    m_bytes.clear();
    const bool isWritten = std::all_of(m_fields.begin(), m_fields.end(),
                                       [this](const Field &field) { return write(field); });
    if (!isWritten)
        return std::nullopt;
    return QByteArray(m_bytes.data(), qsizetype(m_bytes.size()));
}

// The image has the columns in their order, unless the description has changed since.
ImageEncoder::Value *ImageEncoder::valueOf(QByteArrayView name)
{
    for (size_t step = 0; step < m_sources.size(); ++step) {
        const size_t column = (m_column + step) % m_sources.size();
        if (m_sources[column].name == name) {
            m_column = column + 1;
            return &m_values[column];
        }
    }
    return nullptr;
}

// Takes nothing but a flat object without spaces, as PostgreSQL's row_to_json() writes it.
bool ImageEncoder::scan(QByteArrayView image)
{
    std::fill(m_values.begin(), m_values.end(), Value());
    m_column = 0;
    const char *at = image.begin();
    const char *const end = image.end();
    if (end - at < 2 || *at != '{')
        return false;
    while (++at < end) {
        bool isEscaped = false;
        const char *nameEnd = *at == '"' ? endOfText(at + 1, end, isEscaped) : nullptr;
        if (!nameEnd || isEscaped || end - nameEnd < 4 || nameEnd[1] != ':')
            return false;
        Value ignored;
        Value *known = valueOf(QByteArrayView(at + 1, nameEnd));
        Value &value = known ? *known : ignored;
        at = nameEnd + 2;
        if (*at == '"') {
            const char *textEnd = endOfText(at + 1, end, isEscaped);
            if (!textEnd)
                return false;
            value = {isEscaped ? Token::EscapedText : Token::Text, QByteArrayView(at + 1, textEnd)};
            at = textEnd + 1;
        } else {
            const char *wordEnd = std::find_if(at, end, [](char c) { return c == ',' || c == '}'; });
            value.text = QByteArrayView(at, wordEnd);
            value.token = value.text == "null" ? Token::Null
                : value.text == "true"         ? Token::True
                : value.text == "false"        ? Token::False
                                               : Token::Number;
            at = wordEnd;
        }
        if (at == end)
            return false;
        if (*at == '}')
            return at + 1 == end;
        if (*at != ',')
            return false;
    }
    return false;
}

// False where only the way by a record knows what to write.
bool ImageEncoder::write(const Field &field)
{
    const Value &value = m_values[field.column];
    const Source &source = m_sources[field.column];
    if (value.token == Token::Null)
        return source.startsEmpty;
    switch (field.form) {
    case Form::Text:
        return writeText(field, value);
    case Form::Integer: {
        qint32 number = -1; // larger ones and negative ones are rare
        if (value.token != Token::Number || !readNumber(value.text, number) || number < 0)
            return false;
        if (number == 0 && (source.isReference || !field.hasPresence))
            return true;
        m_bytes += field.tag;
        appendVarint(m_bytes, quint64(number));
        return true;
    }
    case Form::Boolean:
        if (value.token != Token::True && value.token != Token::False)
            return false;
        if (value.token == Token::True || field.hasPresence) {
            m_bytes += field.tag;
            m_bytes += value.token == Token::True ? '\1' : '\0';
        }
        return true;
    case Form::Double: {
        double number = 0;
        if (value.token != Token::Number || !readNumber(value.text, number))
            return false;
        const auto bits = std::bit_cast<quint64>(number);
        if (bits != 0 || field.hasPresence) {
            m_bytes += field.tag;
            appendFixed(m_bytes, bits);
        }
        return true;
    }
    case Form::Decimal:
    case Form::DecimalDouble:
    case Form::DecimalFloat:
        return value.token == Token::Text && writeDecimal(field, value.text);
    }
    return false;
}

bool ImageEncoder::writeText(const Field &field, const Value &value)
{
    if (value.token != Token::Text && value.token != Token::EscapedText)
        return false;
    QByteArrayView text = value.text;
    if (value.token == Token::EscapedText) {
        if (!unescape(text, m_unescaped))
            return false;
        text = QByteArrayView(m_unescaped.data(), qsizetype(m_unescaped.size()));
    }
    if (text.startsWith("\xEF\xBB\xBF")) // a text that is read loses this mark
        return false;
    if (text.isEmpty() && (m_sources[field.column].isNullable || !field.hasPresence))
        return true;
    m_bytes += field.tag;
    appendVarint(m_bytes, quint64(text.size()));
    m_bytes.append(text.data(), size_t(text.size()));
    return true;
}

// Only one that is written as the column writes it: all its decimals, no sign, no leading zero.
bool ImageEncoder::writeDecimal(const Field &field, QByteArrayView text)
{
    constexpr qsizetype MostDigits = 15; // exact as a double
    const int scale = m_sources[field.column].scale;
    const qsizetype whole = scale > 0 ? text.size() - scale - 1 : text.size();
    if (whole < 1 || whole + scale > MostDigits || (scale > 0 && text[whole] != '.')
        || (whole > 1 && text[0] == '0'))
        return false;
    qint64 unscaled = 0;
    double divisor = 1;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (at == whole)
            continue;
        if (text[at] < '0' || text[at] > '9')
            return false;
        unscaled = 10 * unscaled + (text[at] - '0');
        divisor *= at > whole ? 10 : 1;
    }
    if (field.form == Form::Decimal) {
        m_bytes += field.tag;
        appendVarint(m_bytes, quint64(text.size()));
        m_bytes.append(text.data(), size_t(text.size()));
        return true;
    }
    const double number = double(unscaled) / divisor;
    if (number == 0 && !field.hasPresence)
        return true;
    m_bytes += field.tag;
    if (field.form == Form::DecimalFloat)
        appendFixed(m_bytes, std::bit_cast<quint32>(static_cast<float>(number)));
    else
        appendFixed(m_bytes, std::bit_cast<quint64>(number));
    return true;
}

} // namespace desk
