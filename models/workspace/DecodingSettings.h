// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/schema/SensitiveNames.h"

#include <QJsonObject>
#include <QList>

#include <optional>

namespace desk {

enum class MessagePart { Key, Value };

// What bytes can be read as. Automatic tries what fits the topic and the bytes, in this order.
enum class PayloadFormat {
    Automatic,
    Entity,    // of the catalog, by its topic
    ProtoFile, // a message of an operator's .proto file
    Registry,  // a frame with the id of a schema that a registry keeps
    Json,
    Integer, // 4 or 8 bytes, big endian, as Java's serializers write them
    Text,
    Guess, // protobuf without its schema
    Hex,
};

// How the keys or the values of some topics are read. A value.
struct DecodingRule {
    QString topics; // a pattern with * and ?
    MessagePart part = MessagePart::Value;
    PayloadFormat format = PayloadFormat::ProtoFile;
    QString file;    // ProtoFile: a .proto file, or a folder of such; imports are looked for beside it
    QString message; // ProtoFile: the message's name; may be empty where the file has only one

    friend bool operator==(const DecodingRule &, const DecodingRule &) = default;
};

// What an operator has said of how messages are read and what in them is sensitive: part of a workspace.
// A value.
struct DecodingSettings {
    QList<DecodingRule> rules; // the first that matches counts; without one it is automatic
    QStringList sensitiveNames = SensitiveNames::defaultPatterns();

    // Null: no rule matches.
    [[nodiscard]] const DecodingRule *ruleFor(QStringView topic, MessagePart part) const;
    // The same with this rule before all others, in place of the one for the same topics. An automatic one only
    // stands where another would count without it.
    [[nodiscard]] DecodingSettings with(const DecodingRule &rule) const;

    friend bool operator==(const DecodingSettings &, const DecodingSettings &) = default;
};

// As it stands in a workspace's file. Any thread.
[[nodiscard]] QJsonObject decodingToJson(const DecodingSettings &settings);
// What is missing takes its default. Format, with `field` set, if something makes no sense.
[[nodiscard]] Expected<DecodingSettings> decodingFromJson(const QJsonObject &json);

// "json", "proto-file", …: the word in files and on command lines.
[[nodiscard]] QString formatWord(PayloadFormat format);
[[nodiscard]] std::optional<PayloadFormat> formatFromWord(QStringView word);

} // namespace desk
