// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/ValueForm.h"

#include "kafka/decoding/Masking.h"
#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace desk {
ValueForm::ValueForm(const EntityType &entity, const SensitiveNames &names, QWidget *parent)
    : QScrollArea(parent)
    , m_entity(entity)
    , m_base(newRecord(entity))
{
    const Masking masking(names);
    auto *inner = new QWidget(this);
    auto *form = new QFormLayout(inner);
    form->setContentsMargins(0, 0, 8, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const Column &column : entity.columns) {
        Field field;
        field.isSensitive = masking.isSensitive(column);
        field.editor = makeEditor(column, field.isSensitive);
        field.editor->setObjectName(QStringLiteral("field_") + column.name);
        field.editor->setAccessibleName(column.label);
        field.problem = new QLabel(inner);
        field.problem->setProperty("role", QStringLiteral("problem"));
        field.problem->setTextFormat(Qt::PlainText);
        field.problem->setWordWrap(true);
        field.problem->hide();
        auto *cell = new QVBoxLayout;
        cell->setSpacing(2);
        cell->addWidget(field.editor);
        cell->addWidget(field.problem);
        auto *label = new QLabel(column.required ? tr("%1 *").arg(column.label) : column.label, inner);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(field.editor);
        label->setToolTip(logicalType(column));
        form->addRow(label, cell);
        m_fields.append(field);
    }
    setWidget(inner);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRecord(m_base);
    m_hasBase = false;
}

QWidget *ValueForm::makeEditor(const Column &column, bool isSensitive)
{
    QStringList choices = column.allowed;
    if (column.type == ColumnType::Boolean)
        choices = {QStringLiteral("false"), QStringLiteral("true")};
    if (!choices.isEmpty() && !isSensitive) {
        auto *editor = new QComboBox(this);
        if (column.nullable)
            editor->addItem({});
        editor->addItems(choices);
        return editor;
    }
    auto *editor = new QLineEdit(this);
    if (isSensitive)
        editor->setEchoMode(QLineEdit::Password);
    else
        editor->setPlaceholderText(logicalType(column));
    return editor;
}

QString ValueForm::textIn(const QWidget *editor)
{
    if (const auto *choices = qobject_cast<const QComboBox *>(editor))
        return choices->currentText();
    return qobject_cast<const QLineEdit *>(editor)->text();
}

void ValueForm::putText(QWidget *editor, const QString &text)
{
    if (auto *choices = qobject_cast<QComboBox *>(editor)) {
        if (choices->findText(text) < 0)
            choices->addItem(text); // as it is in the message; the description has no such value
        choices->setCurrentIndex(choices->findText(text));
    } else {
        qobject_cast<QLineEdit *>(editor)->setText(text);
    }
}

void ValueForm::setRecord(const Record &record)
{
    m_base = record;
    m_hasBase = true;
    for (int index = 0; index < m_fields.size(); ++index) {
        const Field &field = m_fields[index];
        field.problem->hide();
        if (!field.isSensitive) {
            putText(field.editor, textOf(m_entity.columns[index], record.values.value(index)));
            continue;
        }
        auto *editor = qobject_cast<QLineEdit *>(field.editor);
        editor->clear();
        editor->setPlaceholderText(tr("as it is in the message; type to replace it"));
    }
}

void ValueForm::setNeeded(Needed needed)
{
    m_needed = needed;
    for (int index = 0; index < m_fields.size(); ++index) {
        m_fields[index].editor->setEnabled(isNeeded(index));
        if (!isNeeded(index))
            m_fields[index].problem->hide();
    }
}

bool ValueForm::isNeeded(int index) const
{
    return m_needed == Needed::Everything || index == m_entity.idColumn || index == m_entity.keyColumn;
}

void ValueForm::setText(const QString &column, const QString &text)
{
    if (const int index = m_entity.indexOf(column); index >= 0)
        putText(m_fields[index].editor, text);
}

Expected<Record> ValueForm::record()
{
    Record record = m_base;
    QList<Error> errors(m_fields.size());
    for (int index = 0; index < m_fields.size(); ++index) {
        const Column &column = m_entity.columns[index];
        const QString text = textIn(m_fields[index].editor);
        if (!isNeeded(index) || (m_fields[index].isSensitive && text.isEmpty()))
            continue;
        const Expected<QVariant> value = valueFromText(column, text);
        if (!value)
            errors[index] = value.error();
        else
            record.values[index] = *value;
    }
    const QString idText = textOf(m_entity.id(), record.values.value(m_entity.idColumn));
    if (errors[m_entity.idColumn].sentence.isEmpty()) {
        const Expected<RecordId> id = recordIdFromText(m_entity, idText);
        if (id)
            setRecordId(m_entity, record, *id);
        else if (textIn(m_fields[m_entity.idColumn].editor).isEmpty())
            errors[m_entity.idColumn] = Error{ErrorCode::InvalidValue,
                                              tr("Fill this in; a message says which record it is about."),
                                              {},
                                              m_entity.id().name};
        else
            errors[m_entity.idColumn] = id.error();
    }
    for (const Error &error : validateRecord(m_entity, record)) {
        const int index = m_entity.indexOf(error.field);
        if (index >= 0 && isNeeded(index) && errors[index].sentence.isEmpty())
            errors[index] = error;
    }
    std::optional<Error> first;
    for (int index = 0; index < m_fields.size(); ++index) {
        const QString &sentence = errors[index].sentence;
        m_fields[index].problem->setText(sentence);
        m_fields[index].problem->setVisible(!sentence.isEmpty());
        if (!sentence.isEmpty() && !first) {
            first = errors[index];
            ensureWidgetVisible(m_fields[index].editor);
            m_fields[index].editor->setFocus();
        }
    }
    if (first)
        return tl::make_unexpected(*first);
    return record;
}

} // namespace desk
