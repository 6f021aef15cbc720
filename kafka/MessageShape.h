// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/PayloadInput.h"

#include <optional>

namespace google::protobuf {
class Descriptor;
} // namespace google::protobuf

namespace desk {

// The protobuf message that the keys or values of a topic are, where no entity says so: by a rule's .proto file, by the
// schema in the frame of a message that is there already, or by the latest schema that a registry keeps for the topic
// (its first message). An operator writes such a message as its JSON
// (https://protobuf.dev/programming-guides/json/), with the names of the .proto file. A value; any thread.
class MessageShape
{
public:
    struct Found;
    // `like`: the key or value of a message of the topic, or none. Never blocks.
    [[nodiscard]] static Found find(const DecodingSources &sources, const QString &topic, QByteArrayView like,
                                    MessagePart part = MessagePart::Value);

    [[nodiscard]] QString name() const; // "shop.Order"
    // With every field at its default, one entry in each list and no deeper than a few levels.
    [[nodiscard]] QString outline() const;
    // A value of this shape as its JSON. Format, if it does not fit.
    [[nodiscard]] Expected<QString> text(QByteArrayView value) const;
    // As it is sent: with the frame, where there is one. What `original` has beyond the description is kept.
    [[nodiscard]] tl::expected<QByteArray, InputProblem> bytes(const QString &text,
                                                               QByteArrayView original = {}) const;

private:
    std::shared_ptr<const CompiledSchema> m_schema; // keeps the descriptor
    const google::protobuf::Descriptor *m_descriptor = nullptr;
    QByteArray m_frame;
};

struct MessageShape::Found {
    std::optional<MessageShape> shape;
    bool isWaiting = false; // for its schema: ask again when the library has changed
    QString reason;         // why a registry that was asked has none, in a sentence
};

} // namespace desk
