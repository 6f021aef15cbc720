// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QStringList>

namespace google::protobuf {
class FieldDescriptor;
}

namespace desk {

// What stands in place of a value that is not shown: always the same, whatever the value and its length.
constexpr QStringView MaskedValue = u"••••••";

// The names under which passwords, card data and tokens travel, wherever a value has a name: columns, fields
// of protobuf messages, members of JSON objects, headers. A pattern of five letters or more is looked for
// anywhere in a name, whatever its case and whatever divides its words ("api_key" is in "X-Api-Key" and
// "apiKeyOld"); a shorter one must begin a word ("card" is in "cardNum" and "gift_card", not in "discard").
// A value; any thread.
class SensitiveNames
{
public:
    SensitiveNames() : SensitiveNames(defaultPatterns()) { }
    explicit SensitiveNames(const QStringList &patterns);

    [[nodiscard]] static const QStringList &defaultPatterns();
    [[nodiscard]] static const SensitiveNames &defaults();

    // The same, and these very names as well.
    [[nodiscard]] SensitiveNames with(const QStringList &names) const;

    [[nodiscard]] bool matches(QStringView name) const;
    // By the field's own option (catalog.column).sensitive; where that says nothing, by the field's name.
    [[nodiscard]] bool isSensitive(const google::protobuf::FieldDescriptor &field) const;

private:
    QStringList m_anywhere; // folded: lower case, nothing between words
    QStringList m_atWord;
    QSet<QString> m_exactly;
};

} // namespace desk
