// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/Column.h"
#include "models/schema/SensitiveNames.h"

#include <QHash>

namespace google::protobuf {
class FieldDescriptor;
}

namespace desk {

// Decides what of a message is sensitive: fields with the column option, and whatever has a name that
// SensitiveNames knows. Where there are neither names nor options (protobuf without a schema, plain text)
// there is nothing to go by but the looks of a card number. Remembers what it decided of a field: keep one per
// thread, and no longer than the descriptors.
class Masking
{
public:
    // Clear: nothing is sensitive. For the one value an operator asked to be shown.
    enum class Mode { Masked, Clear };

    explicit Masking(SensitiveNames names = {}, Mode mode = Mode::Masked)
        : m_names(std::move(names))
        , m_mode(mode)
    { }

    [[nodiscard]] const SensitiveNames &names() const { return m_names; }
    [[nodiscard]] Mode mode() const { return m_mode; }

    [[nodiscard]] bool isSensitive(const google::protobuf::FieldDescriptor &field) const;
    // A column of an entity, by its description or its name.
    [[nodiscard]] bool isSensitive(const Column &column) const;
    // One that somebody else knows to be.
    void addSensitive(const google::protobuf::FieldDescriptor &field) { m_fields.insert(&field, true); }
    [[nodiscard]] bool isSensitive(QStringView name) const;
    // A number of 14 to 19 digits that begins as cards do and whose last digit checks the others (Luhn).
    [[nodiscard]] bool looksSensitive(QStringView text) const;
    // Every name under which the column's value may stand in a message: its own, its field's, JSON's, and those of the
    // older field that holds nearly the same.
    [[nodiscard]] static QStringList fieldNames(const Column &column);
    // The header's value as text, or the mask.
    [[nodiscard]] QString headerText(const MessageHeader &header) const;

private:
    SensitiveNames m_names;
    Mode m_mode;
    mutable QHash<const google::protobuf::FieldDescriptor *, bool> m_fields;
};

} // namespace desk
