// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QWidget>

namespace desk {

class FormField;
struct DeskServices;

// The fields of a form, made from the entity's description: one FormField per column that can be seen, short
// ones two to a line. Holds what is typed over the record it was made from. GUI thread.
class RecordFields : public QWidget
{
    Q_OBJECT

public:
    RecordFields(const EntityType &entity, DeskServices &services, QWidget *parent);

    // Another record; what was typed is forgotten.
    void setBase(const RecordRow &row);
    // The same record as it is now. `author` empty: this window's own write.
    void follow(const RecordRow &row, const QString &author);

    [[nodiscard]] bool hasEdits() const;
    [[nodiscard]] QStringList editedLabels() const;
    // The record as typed; marks every field that does not fit and fails with the first one's error. A field
    // changed by someone else and not decided fails with Conflict.
    [[nodiscard]] Expected<Record> record();
    // Shows a refusal at the field it names; false if it names none.
    bool showRefusal(const Error &error);
    void focusFirst();
    [[nodiscard]] FormField *field(int column) const; // null: that column has none

Q_SIGNALS:
    void edited();

private:
    const EntityType &m_entity;
    QList<FormField *> m_fields;
    RecordRow m_row;
};

} // namespace desk
