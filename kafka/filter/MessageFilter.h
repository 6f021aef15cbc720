// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/decoding/DescriptorSource.h"
#include "kafka/filter/FilterExpression.h"

#include <functional>
#include <memory>

namespace desk {

// Says of messages, where they lie, whether a filter's expression holds for them; a million in well under a
// second. What can be told cheaply is asked first, fields are read straight off the wire or out of the JSON,
// in one pass and only where they are asked for, and nothing is copied. What is masked where messages are
// shown is the mask here, too. Takes any bytes. Of a list message one record that meets the whole expression
// is enough; a deletion has the fields it carries and no others. Keep one per thread: it keeps its room.
class MessageFilter
{
public:
    // What a number in a MessageView stands for; asked once per topic.
    using TopicNames = std::function<QString(quint32)>;

    MessageFilter(const FilterNode &expression, std::shared_ptr<const EntityCatalog> catalog,
                  std::shared_ptr<const DescriptorSource> descriptors, TopicNames topicNames);
    ~MessageFilter();
    MessageFilter(const MessageFilter &) = delete;
    MessageFilter &operator=(const MessageFilter &) = delete;

    [[nodiscard]] bool matches(const MessageView &message);
    // Why it finds less than it should, in a sentence; empty while all is well.
    [[nodiscard]] QString problem() const;
    // Messages that an expression could not look through to their end.
    [[nodiscard]] qint64 partlySeen() const;
    [[nodiscard]] static QString partlySeenSentence(qint64 messages); // empty for none

private:
    class Evaluation;
    std::unique_ptr<Evaluation> m_evaluation;
};

// The names that conditions on a topic's values can use: columns, and the fields of its message.
[[nodiscard]] QStringList filterNames(const QString &topic, const EntityCatalog &catalog,
                                      const DescriptorSource &descriptors);

} // namespace desk
