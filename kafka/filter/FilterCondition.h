// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/JsonFields.h"
#include "kafka/filter/TextMatcher.h"
#include "kafka/filter/WireFields.h"

#include <memory>

namespace desk {

// One condition of a filter, made ready: what is asked of a value, whatever the value comes from. Keep one per
// thread.
class FilterCondition
{
public:
    explicit FilterCondition(const FilterNode &node);

    [[nodiscard]] const FilterSubject &subject() const { return m_subject; }
    [[nodiscard]] const QByteArray &headerName() const { return m_headerName; } // UTF-8
    // A condition on whether there is a value; the others are never asked where there is none.
    [[nodiscard]] bool isAboutPresence() const
    {
        return m_comparison == FilterOperator::Exists || m_comparison == FilterOperator::ExistsNot;
    }
    [[nodiscard]] bool holdsForPresence(bool isThere) const
    {
        return isThere == (m_comparison == FilterOperator::Exists);
    }
    // Null unless it looks into text.
    [[nodiscard]] TextMatcher *matcher() const { return m_matcher.get(); }
    // HoldsNot: what the matcher finds must not be.
    [[nodiscard]] bool holdsForMatch(bool isIn) const
    {
        return isIn == (m_comparison == FilterOperator::Holds);
    }

    [[nodiscard]] bool holdsForText(QByteArrayView value) const;
    [[nodiscard]] bool holdsForNumber(QByteArrayView digits) const;
    [[nodiscard]] bool holdsForInteger(qint64 value) const;
    [[nodiscard]] bool holdsForTime(qint64 milliseconds) const;
    [[nodiscard]] bool holdsForWire(const WireValue &value, const google::protobuf::FieldDescriptor &field,
                                    bool isDecimal) const;
    [[nodiscard]] bool holdsForJson(const JsonValue &value, bool isDecimal) const;

    // How much it takes to find out, beside the others.
    [[nodiscard]] int cost() const;

private:
    // `compare` tells how the message's value stands to one of ours.
    template <typename Compare>
    [[nodiscard]] bool holds(Compare compare) const;
    [[nodiscard]] bool holdsForEnumeration(int number, const google::protobuf::FieldDescriptor &field) const;
    [[nodiscard]] bool isTextOfWireIn(const WireValue &value,
                                      const google::protobuf::FieldDescriptor &field) const;

    FilterSubject m_subject;
    QByteArray m_headerName;
    FilterOperator m_comparison;
    QList<FilterValue> m_values;
    std::unique_ptr<TextMatcher> m_matcher;
};

} // namespace desk
