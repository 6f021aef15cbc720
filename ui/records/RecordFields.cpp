// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordFields.h"

#include "ui/records/FieldEditor.h"
#include "ui/records/FormField.h"
#include "ui/shell/DeskServices.h"

#include <QGridLayout>

namespace desk {

RecordFields::RecordFields(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(9);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);

    // Two narrow ones share a line, also when a wide one stands between them: a hole looks worse.
    int line = 0;
    int holeLine = -1; // a line with room at its right
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (column.hidden || index == entity.idColumn)
            continue;
        auto *field = new FormField(column, index, services, this);
        connect(field, &FormField::edited, this, &RecordFields::edited);
        m_fields.append(field);
        const EntityType *target = column.isReference() ? services.catalog->find(column.reference) : nullptr;
        const bool isPicture = target && target->display().widget == ColumnWidget::ImageUrl; // named by a URL
        if (!isNarrow(column) || isPicture) {
            grid->addWidget(field, line++, 0, 1, 2);
        } else if (holeLine >= 0) {
            grid->addWidget(field, holeLine, 1, Qt::AlignTop);
            holeLine = -1;
        } else {
            holeLine = line;
            grid->addWidget(field, line++, 0, Qt::AlignTop);
        }
    }
    grid->setRowStretch(line, 1);
}

void RecordFields::setBase(const RecordRow &row)
{
    m_row = row;
    for (FormField *field : m_fields)
        field->setBase(row.record.values.value(field->index()), row.labels.value(field->index()));
}

void RecordFields::follow(const RecordRow &row, const QString &author)
{
    m_row = row;
    for (FormField *field : m_fields)
        field->follow(row.record.values.value(field->index()), row.labels.value(field->index()), author);
    Q_EMIT edited();
}

bool RecordFields::hasEdits() const
{
    return std::any_of(m_fields.cbegin(), m_fields.cend(),
                       [](const FormField *field) { return field->isEdited(); });
}

QStringList RecordFields::editedLabels() const
{
    QStringList labels;
    for (const FormField *field : m_fields) {
        if (field->isEdited())
            labels.append(m_entity.columns[field->index()].label);
    }
    return labels;
}

Expected<Record> RecordFields::record()
{
    Record record = m_row.record;
    std::optional<Error> first;
    for (FormField *field : m_fields) {
        if (field->hasConflict()) {
            field->setProblem(tr("Decide first: keep mine or take theirs."));
            if (!first)
                first = Error{
                    ErrorCode::Conflict, field->problem(), {}, m_entity.columns[field->index()].name};
        } else if (!field->check()) {
            if (!first)
                first = Error{
                    ErrorCode::InvalidValue, field->problem(), {}, m_entity.columns[field->index()].name};
        } else {
            record.values[field->index()] = *field->value();
        }
    }
    if (first) {
        if (FormField *field = this->field(m_entity.indexOf(first->field)))
            field->editor()->setFocus();
        return tl::make_unexpected(*first);
    }
    return record;
}

bool RecordFields::showRefusal(const Error &error)
{
    FormField *field = error.field.isEmpty() ? nullptr : this->field(m_entity.indexOf(error.field));
    if (!field)
        return false;
    field->setProblem(fieldSentence(m_entity.columns[field->index()], error));
    field->editor()->setFocus();
    return true;
}

void RecordFields::focusFirst()
{
    if (!m_fields.isEmpty())
        m_fields.constFirst()->editor()->setFocus();
}

FormField *RecordFields::field(int column) const
{
    for (FormField *field : m_fields) {
        if (field->index() == column)
            return field;
    }
    return nullptr;
}

} // namespace desk
