// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/DecodingSettings.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <optional>

namespace desk {
namespace {

constexpr std::array<std::pair<PayloadFormat, QStringView>, 9> Words{{
    {PayloadFormat::Automatic, u"automatic"},
    {PayloadFormat::Entity, u"entity"},
    {PayloadFormat::ProtoFile, u"proto-file"},
    {PayloadFormat::Registry, u"registry"},
    {PayloadFormat::Json, u"json"},
    {PayloadFormat::Integer, u"integer"},
    {PayloadFormat::Text, u"text"},
    {PayloadFormat::Guess, u"guess"},
    {PayloadFormat::Hex, u"hex"},
}};

tl::unexpected<Error> wrong(const QString &name)
{
    return failure(ErrorCode::Format, QStringLiteral("\"decoding.%1\" has no sensible value.").arg(name), {},
                   QStringLiteral("decoding.") + name);
}

// Goes over the pattern once, and back to the last * where it does not fit: never more than both lengths
// multiplied.
bool matches(QStringView pattern, QStringView text)
{
    qsizetype at = 0;
    qsizetype in = 0;
    qsizetype star = -1;
    qsizetype retry = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == u'*') {
            star = in++;
            retry = at;
        } else if (in < pattern.size() && (pattern[in] == u'?' || pattern[in] == text[at])) {
            ++in;
            ++at;
        } else if (star >= 0) {
            in = star + 1;
            at = ++retry;
        } else {
            return false;
        }
    }
    while (in < pattern.size() && pattern[in] == u'*')
        ++in;
    return in == pattern.size();
}

Expected<DecodingRule> ruleFromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    const auto text = [&](const char *name) { return object.value(QLatin1String(name)).toString(); };
    DecodingRule rule;
    rule.topics = text("topics").trimmed();
    rule.file = text("file");
    rule.message = text("message");
    const QString part = text("part");
    const auto format = formatFromWord(text("format"));
    if (rule.topics.isEmpty() || !format || (part != QLatin1String("key") && part != QLatin1String("value")))
        return wrong(QStringLiteral("rules"));
    rule.part = part == QLatin1String("key") ? MessagePart::Key : MessagePart::Value;
    rule.format = *format;
    if (rule.format == PayloadFormat::ProtoFile && rule.file.isEmpty())
        return wrong(QStringLiteral("rules"));
    return rule;
}

} // namespace

QString formatWord(PayloadFormat format)
{
    const auto found = std::find_if(Words.begin(), Words.end(),
                                    [format](const auto &word) { return word.first == format; });
    return found == Words.end() ? QString() : found->second.toString();
}

std::optional<PayloadFormat> formatFromWord(QStringView word)
{
    const auto found = std::find_if(Words.begin(), Words.end(),
                                    [word](const auto &known) { return known.second == word; });
    return found == Words.end() ? std::nullopt : std::optional(found->first);
}

const DecodingRule *DecodingSettings::ruleFor(QStringView topic, MessagePart part) const
{
    for (const DecodingRule &rule : rules) {
        if (rule.part == part && matches(rule.topics, topic))
            return &rule;
    }
    return nullptr;
}

DecodingSettings DecodingSettings::with(const DecodingRule &rule) const
{
    DecodingSettings settings = *this;
    settings.rules.removeIf([&rule](const DecodingRule &other) {
        return other.part == rule.part && other.topics == rule.topics;
    });
    if (rule.format != PayloadFormat::Automatic || settings.ruleFor(rule.topics, rule.part))
        settings.rules.prepend(rule);
    return settings;
}

QJsonObject decodingToJson(const DecodingSettings &settings)
{
    QJsonArray rules;
    for (const DecodingRule &rule : settings.rules) {
        QJsonObject object{
            {QStringLiteral("topics"), rule.topics},
            {QStringLiteral("part"),
             rule.part == MessagePart::Key ? QStringLiteral("key") : QStringLiteral("value")},
            {QStringLiteral("format"), formatWord(rule.format)},
        };
        if (!rule.file.isEmpty())
            object.insert(QStringLiteral("file"), rule.file);
        if (!rule.message.isEmpty())
            object.insert(QStringLiteral("message"), rule.message);
        rules.append(object);
    }
    return {{QStringLiteral("rules"), rules},
            {QStringLiteral("sensitiveNames"), QJsonArray::fromStringList(settings.sensitiveNames)}};
}

Expected<DecodingSettings> decodingFromJson(const QJsonObject &json)
{
    DecodingSettings settings;
    const QJsonValue rules = json.value(QLatin1String("rules"));
    if (!rules.isUndefined() && !rules.isArray())
        return wrong(QStringLiteral("rules"));
    for (const QJsonValue &value : rules.toArray()) {
        const auto rule = ruleFromJson(value);
        if (!rule)
            return tl::make_unexpected(rule.error());
        settings.rules.append(*rule);
    }
    const QJsonValue names = json.value(QLatin1String("sensitiveNames"));
    if (names.isUndefined())
        return settings;
    const QJsonArray list = names.toArray();
    settings.sensitiveNames.clear();
    for (const QJsonValue &name : list) {
        if (!name.isString() || name.toString().trimmed().isEmpty())
            return wrong(QStringLiteral("sensitiveNames"));
        settings.sensitiveNames.append(name.toString().trimmed());
    }
    if (!names.isArray())
        return wrong(QStringLiteral("sensitiveNames"));
    return settings;
}

} // namespace desk
