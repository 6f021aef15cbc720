// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityTypeBuilder.h"

#include "models/schema/ColumnText.h"
#include "models/schema/ReservedNames.h"

#include "catalog/options.pb.h"

#include <QRegularExpression>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// PostgreSQL keeps 63 bytes of a name, and triggers and views add to it.
constexpr int maximumNameLength = 40;
// Nested messages multiply: four levels of a hundred fields each are a hundred million columns.
constexpr int maximumFields = 1000;
constexpr int maximumPatternLength = 1000;

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

QString snakeCase(const QString &name)
{
    QString result;
    for (int index = 0; index < name.size(); ++index) {
        if (name[index].isUpper() && index > 0 && !name[index - 1].isUpper())
            result += u'_';
        result += name[index].toLower();
    }
    return result;
}

QString labelFrom(const QString &name)
{
    QString label = name;
    label.replace(u'_', u' ');
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    return label;
}

bool isPlainName(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_]*$"));
    return name.size() <= maximumNameLength && plain.match(name).hasMatch();
}

ColumnWidget widgetFrom(catalog::Widget widget)
{
    switch (widget) {
    case catalog::MULTILINE:
        return ColumnWidget::MultiLine;
    case catalog::IMAGE_URL:
        return ColumnWidget::ImageUrl;
    default:
        return ColumnWidget::Automatic;
    }
}

OnDelete onDeleteFrom(catalog::OnDelete rule)
{
    switch (rule) {
    case catalog::CLEAR:
        return OnDelete::Clear;
    case catalog::CASCADE:
        return OnDelete::Cascade;
    default:
        return OnDelete::Refuse;
    }
}

bool isTimestamp(const FieldDescriptor &field)
{
    return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE
        && field.message_type()->full_name() == "google.protobuf.Timestamp";
}

std::optional<ColumnType> typeOf(const FieldDescriptor &field)
{
    if (field.is_repeated())
        return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE ? std::nullopt
                                                                    : std::optional(ColumnType::List);
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
        return field.type() == FieldDescriptor::TYPE_BYTES ? ColumnType::Bytes : ColumnType::Text;
    case FieldDescriptor::CPPTYPE_INT32:
        return ColumnType::Integer;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
        return ColumnType::BigInteger;
    case FieldDescriptor::CPPTYPE_BOOL:
        return ColumnType::Boolean;
    case FieldDescriptor::CPPTYPE_ENUM:
        return ColumnType::Enumeration;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return ColumnType::Double;
    case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    return isTimestamp(field) ? std::optional(ColumnType::Timestamp) : std::nullopt;
}

// Builds one EntityType; every step that can fail leaves its problem in m_problem.
class Builder
{
public:
    Builder(const Descriptor &message, const SensitiveNames &names)
        : m_message(message)
        , m_names(names)
        , m_options(message.options().GetExtension(catalog::entity))
    { }

    tl::expected<std::unique_ptr<EntityType>, SchemaProblem> build()
    {
        m_entity->descriptor = &m_message;
        m_entity->file = text(m_message.file()->name());
        m_entity->name = m_options.name().empty() ? snakeCase(text(m_message.name()))
                                                  : text(m_options.name());
        readNames();
        readTopics();
        const bool done = readColumns(m_message, {}, {}, false) && resolveApproximations() && resolveRoles();
        if (!done)
            return tl::make_unexpected(m_problem);
        return std::move(m_entity);
    }

private:
    void readNames()
    {
        const auto orElse = [](const std::string &value, const QString &otherwise) {
            return value.empty() ? otherwise : text(value);
        };
        m_entity->table = orElse(m_options.table(), m_entity->name);
        m_entity->singular = orElse(m_options.singular(), text(m_message.name()));
        m_entity->plural = orElse(m_options.plural(), m_entity->singular + u's');
        m_entity->icon = orElse(m_options.icon(), QStringLiteral("record"));
        m_entity->serviceView = text(m_options.service_view());
        m_entity->encoding = m_options.encoding() == catalog::JSON ? Encoding::Json : Encoding::Protobuf;
        m_entity->framing = m_options.framing() == catalog::CONFLUENT ? Framing::Confluent : Framing::Plain;
        m_entity->keyLowerCase = m_options.key_lower_case();
        m_entity->streamOnly = m_options.stream_only();
    }

    void readTopics()
    {
        const catalog::Topics &topics = m_options.topics();
        const QString prefix = topics.prefix().empty() ? m_entity->table : text(topics.prefix());
        const auto set = [&](Verb verb, const std::string &own) {
            QString &topic = m_entity->topics[verb];
            if (!own.empty())
                topic = text(own);
            else if (!topics.all().empty())
                topic = text(topics.all());
            else
                topic = prefix + u'_' + verbText(verb);
        };
        set(Verb::Add, topics.add());
        set(Verb::Update, topics.update());
        set(Verb::Delete, topics.delete_());
        set(Verb::Get, topics.get());
        set(Verb::List, topics.list());
    }

    bool readColumns(const Descriptor &message, const QList<const FieldDescriptor *> &path,
                     const QString &prefix, bool nullable)
    {
        for (int index = 0; index < message.field_count(); ++index) {
            const FieldDescriptor &field = *message.field(index);
            if (++m_fieldCount > maximumFields)
                return fail(
                    field,
                    QStringLiteral("An entity has at most %1 fields, those of nested messages included.")
                        .arg(maximumFields));
            const catalog::ColumnOptions &options = field.options().GetExtension(catalog::column);
            if (!options.approximates().empty()) {
                m_approximations.append(&field);
                continue;
            }
            QList<const FieldDescriptor *> fieldPath = path;
            fieldPath.append(&field);
            const QString name = prefix
                + (options.name().empty() ? text(field.name()) : text(options.name()));
            if (field.is_map())
                return fail(
                    field,
                    QStringLiteral("A map cannot be a column; use a repeated scalar or a nested message."));
            if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !isTimestamp(field)
                && !field.is_repeated()) {
                if (fieldPath.size() > 4)
                    return fail(
                        field,
                        QStringLiteral("Messages nest too deeply here; at most four levels become columns."));
                if (!readColumns(*field.message_type(), fieldPath, name + u'_', true))
                    return false;
                continue;
            }
            if (!readColumn(field, options, fieldPath, name, nullable))
                return false;
        }
        return true;
    }

    bool readColumn(const FieldDescriptor &field, const catalog::ColumnOptions &options,
                    const QList<const FieldDescriptor *> &path, const QString &name, bool nullable)
    {
        Column column;
        column.name = name.toLower();
        column.path = path;
        if (!isPlainName(column.name)) {
            return fail(
                field,
                QStringLiteral("\"%1\" cannot be a column name; use letters, digits and _, at most %2.")
                    .arg(name)
                    .arg(maximumNameLength));
        }
        if (column.name == QLatin1String("version") || column.name == QLatin1String("record_version"))
            return fail(
                field,
                QStringLiteral("\"%1\" is the catalog's own column; give this one another name.").arg(name));
        if (isReservedColumnName(column.name))
            return fail(field,
                        QStringLiteral("The databases keep the word \"%1\" for themselves. Give the column "
                                       "another one with the option: (catalog.column) = { name: \"%2\" }.")
                            .arg(column.name, m_entity->name + u'_' + column.name));
        if (m_entity->indexOf(column.name) >= 0)
            return fail(field, QStringLiteral("There is already a column \"%1\".").arg(name));
        const std::optional<ColumnType> type = typeOf(field);
        if (!type)
            return fail(
                field,
                QStringLiteral("A repeated message cannot be a column; make it an entity of its own."));
        column.type = *type;
        if (options.has_decimal() && !readDecimal(field, options.decimal(), column))
            return false;

        column.label = options.label().empty() ? labelFrom(name) : text(options.label());
        column.required = options.required();
        column.reference = text(options.reference());
        column.nullable = nullable || field.has_presence() || column.isReference()
            || column.type == ColumnType::Timestamp;
        column.onDelete = onDeleteFrom(options.on_delete());
        column.widget = widgetFrom(options.widget());
        column.sensitive = isSensitive(column, options);
        column.readOnly = options.read_only();
        column.searchable = options.searchable();
        column.hidden = options.hidden();
        column.pattern = text(options.pattern());
        if (column.pattern.size() > maximumPatternLength)
            return fail(
                field, QStringLiteral("The pattern is longer than %1 characters.").arg(maximumPatternLength));
        if (!column.pattern.isEmpty() && !QRegularExpression(column.pattern).isValid())
            return fail(field, QStringLiteral("The pattern is no valid regular expression."));
        constexpr quint32 longest = std::numeric_limits<int>::max();
        if (options.has_min_len())
            column.minimumLength = static_cast<int>(std::min(options.min_len(), longest));
        if (options.has_max_len())
            column.maximumLength = static_cast<int>(std::min(options.max_len(), longest));
        for (const std::string &allowed : options.in())
            column.allowed.append(text(allowed));
        if (column.type == ColumnType::Enumeration) {
            for (int value = 0; value < field.enum_type()->value_count(); ++value)
                column.allowed.append(text(field.enum_type()->value(value)->name()));
        }
        if (!readValues(field, options, column))
            return false;
        m_entity->columns.append(column);
        return true;
    }

    // What stands in a sensitive nested message is sensitive, too.
    [[nodiscard]] bool isSensitive(const Column &column, const catalog::ColumnOptions &options) const
    {
        return (!options.has_sensitive() && m_names.matches(column.name))
            || std::any_of(column.path.cbegin(), column.path.cend(),
                           [this](const FieldDescriptor *field) { return m_names.isSensitive(*field); });
    }

    bool readDecimal(const FieldDescriptor &field, const catalog::DecimalType &decimal, Column &column)
    {
        if (column.type != ColumnType::Double && column.type != ColumnType::Text)
            return fail(field, QStringLiteral("Only a string, float or double field can be a decimal."));
        column.type = ColumnType::Decimal;
        column.precision = decimal.precision() > 0 ? decimal.precision() : Decimal::MaximumDigits;
        column.scale = decimal.scale();
        if (column.precision > Decimal::MaximumDigits || column.scale < 0 || column.scale > column.precision)
            return fail(
                field,
                QStringLiteral("A decimal has 1 to 18 digits, of which at most all stand after the point."));
        return true;
    }

    bool readValues(const FieldDescriptor &field, const catalog::ColumnOptions &options, Column &column)
    {
        const auto read = [&](bool present, const std::string &from, QVariant &to, const char *what) {
            if (!present)
                return true;
            const Expected<QVariant> value = valueFromText(column, text(from));
            if (!value)
                return fail(
                    field,
                    QStringLiteral("%1 cannot be used: %2").arg(QLatin1String(what), value.error().sentence));
            to = *value;
            return true;
        };
        column.defaultValue = initialValue(column);
        return read(options.has_gte(), options.gte(), column.minimum, "gte")
            && read(options.has_lte(), options.lte(), column.maximum, "lte")
            && read(options.has_default_(), options.default_(), column.defaultValue, "default");
    }

    bool resolveApproximations()
    {
        for (const FieldDescriptor *older : std::as_const(m_approximations)) {
            const std::string &target = older->options().GetExtension(catalog::column).approximates();
            const auto found = std::find_if(
                m_entity->columns.begin(), m_entity->columns.end(), [&](const Column &column) {
                    return column.path.size() == 1 && column.field()->name() == target;
                });
            if (found == m_entity->columns.end())
                return fail(*older,
                            QStringLiteral("There is no field \"%1\" to approximate.").arg(text(target)));
            if (found->type != ColumnType::Decimal)
                return fail(*older, QStringLiteral("Only a decimal can be approximated by an older field."));
            if (older->cpp_type() != FieldDescriptor::CPPTYPE_FLOAT
                && older->cpp_type() != FieldDescriptor::CPPTYPE_DOUBLE)
                return fail(*older,
                            QStringLiteral("Only a float or double field can approximate a decimal."));
            found->approximation = older;
        }
        return true;
    }

    bool resolveRoles()
    {
        const QString idName = m_options.id().empty() ? QStringLiteral("id") : text(m_options.id());
        m_entity->idColumn = m_entity->indexOf(idName);
        if (m_entity->idColumn < 0)
            return fail(
                QStringLiteral("The entity needs a field \"%1\" that identifies its records.").arg(idName));
        Column &id = m_entity->columns[m_entity->idColumn];
        if (id.type != ColumnType::Integer && id.type != ColumnType::BigInteger
            && id.type != ColumnType::Text)
            return fail(*id.field(), QStringLiteral("An id is a whole number or a text."));
        id.readOnly = true;
        id.nullable = false;

        m_entity->displayColumn = m_entity->idColumn;
        if (!m_options.display().empty()) {
            m_entity->displayColumn = m_entity->indexOf(text(m_options.display()));
            if (m_entity->displayColumn < 0)
                return fail(
                    QStringLiteral("There is no field \"%1\" to display.").arg(text(m_options.display())));
        }
        // A record's name stands in lists, titles and messages: it never is a sensitive value.
        if (m_options.display().empty() || m_entity->display().sensitive) {
            m_entity->displayColumn = m_entity->idColumn;
            for (int index = 0; index < m_entity->columns.size(); ++index) {
                const Column &column = m_entity->columns[index];
                if (index != m_entity->idColumn && column.type == ColumnType::Text && !column.sensitive) {
                    m_entity->displayColumn = index;
                    break;
                }
            }
        }
        m_entity->keyColumn = m_entity->idColumn;
        if (!m_options.key().empty()) {
            m_entity->keyColumn = m_entity->indexOf(text(m_options.key()));
            if (m_entity->keyColumn < 0)
                return fail(QStringLiteral("There is no field \"%1\" to key the events by.")
                                .arg(text(m_options.key())));
        }
        if (m_entity->framing == Framing::Confluent && m_entity->encoding == Encoding::Json)
            return fail(
                QStringLiteral("JSON events are not framed: take \"encoding: PROTOBUF\" or \"framing: "
                               "PLAIN\"."));
        if (!isPlainName(m_entity->name))
            return fail(QStringLiteral(
                            "\"%1\" cannot be the name of an entity; use lower-case letters, digits and _.")
                            .arg(m_entity->name));
        for (const QString &name : {m_entity->table, m_entity->serviceView}) {
            if (!name.isEmpty() && !isPlainName(name))
                return fail(
                    QStringLiteral("\"%1\" cannot be a table name; use letters, digits and _.").arg(name));
            if (isReservedTableName(name))
                return fail(
                    QStringLiteral("The databases or the catalog keep the word \"%1\" for themselves. "
                                   "Give the table another one with the option: (catalog.entity) = { "
                                   "table: \"%2\" }.")
                        .arg(name, name + QStringLiteral("_record")));
        }
        return true;
    }

    bool fail(const FieldDescriptor &field, const QString &sentence)
    {
        m_problem = problemAt(field, sentence);
        return false;
    }
    bool fail(const QString &sentence)
    {
        m_problem = problemAt(m_message, sentence);
        return false;
    }

    const Descriptor &m_message;
    const SensitiveNames &m_names;
    const catalog::EntityOptions &m_options;
    std::unique_ptr<EntityType> m_entity = std::make_unique<EntityType>();
    QList<const FieldDescriptor *> m_approximations;
    int m_fieldCount = 0;
    SchemaProblem m_problem;
};

template <typename Descriptor>
SchemaProblem problemWithPlace(const Descriptor &descriptor, const QString &sentence)
{
    SchemaProblem problem{text(descriptor.file()->name()), 0, 0,
                          QStringLiteral("%1: %2").arg(text(descriptor.name()), sentence)};
    google::protobuf::SourceLocation location;
    if (descriptor.GetSourceLocation(&location)) {
        problem.line = location.start_line + 1;
        problem.column = location.start_column + 1;
    }
    return problem;
}

} // namespace

bool isEntity(const Descriptor &message)
{
    return message.options().HasExtension(catalog::entity);
}

SchemaProblem problemAt(const Descriptor &message, const QString &sentence)
{
    return problemWithPlace(message, sentence);
}

SchemaProblem problemAt(const FieldDescriptor &field, const QString &sentence)
{
    return problemWithPlace(field, sentence);
}

tl::expected<std::unique_ptr<EntityType>, SchemaProblem> buildEntityType(const Descriptor &message,
                                                                         const SensitiveNames &names)
{
    return Builder(message, names).build();
}

} // namespace desk
