// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/TextFieldEditors.h"

#include "models/schema/ColumnText.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>

namespace desk {

LineFieldEditor::LineFieldEditor(const Column &column, Place place, QWidget *parent)
    : FieldEditor(column, place, parent)
    , m_line(new QLineEdit(this))
{
    setInner(m_line);
    if (column.isNumber() && place == Place::Cell)
        m_line->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (column.sensitive)
        m_line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    if (column.type == ColumnType::Timestamp)
        m_line->setPlaceholderText(QStringLiteral("2024-01-31T10:00:00Z"));
    else if (column.widget == ColumnWidget::ImageUrl)
        m_line->setPlaceholderText(QStringLiteral("https://"));
    connect(m_line, &QLineEdit::textEdited, this, &LineFieldEditor::touch);
}

void LineFieldEditor::setTypedText(const QString &text)
{
    m_line->setText(text);
    touch();
}

QString LineFieldEditor::typedText() const
{
    return m_line->text();
}

Expected<QVariant> LineFieldEditor::value() const
{
    return read(m_line->text());
}

void LineFieldEditor::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
}

void LineFieldEditor::showValue(const QVariant &value, const QString & /*label*/)
{
    m_line->setText(textOf(column(), value)); // also forgets its own undo
    m_line->setCursorPosition(0);             // the beginning of a long text, not its end
}

MultiLineFieldEditor::MultiLineFieldEditor(const Column &column, Place place, QWidget *parent)
    : FieldEditor(column, place, parent)
    , m_text(new QPlainTextEdit(this))
{
    setInner(m_text);
    m_text->setTabChangesFocus(true);
    if (place == Place::Form) {
        const int line = m_text->fontMetrics().lineSpacing();
        m_text->setFixedHeight(line * 5 + 16);
    }
    connect(m_text, &QPlainTextEdit::textChanged, this, &MultiLineFieldEditor::touch);
}

void MultiLineFieldEditor::setTypedText(const QString &text)
{
    m_text->setPlainText(text);
}

QString MultiLineFieldEditor::typedText() const
{
    return m_text->toPlainText();
}

Expected<QVariant> MultiLineFieldEditor::value() const
{
    return read(m_text->toPlainText());
}

void MultiLineFieldEditor::setReadOnly(bool readOnly)
{
    m_text->setReadOnly(readOnly);
}

void MultiLineFieldEditor::showValue(const QVariant &value, const QString & /*label*/)
{
    const QSignalBlocker blocker(m_text);
    const QString text = textOf(column(), value);
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_text->document()->clearUndoRedoStacks();
}

CheckFieldEditor::CheckFieldEditor(const Column &column, Place place, QWidget *parent)
    : FieldEditor(column, place, parent)
    , m_box(new QCheckBox(this))
{
    setInner(m_box);
    m_box->setTristate(column.nullable);
    connect(m_box, &QCheckBox::clicked, this, &CheckFieldEditor::touch);
}

void CheckFieldEditor::setTypedText(const QString &text)
{
    if (const Expected<QVariant> value = valueFromText(column(), text))
        showValue(*value, {});
    touch();
}

QString CheckFieldEditor::typedText() const
{
    const Expected<QVariant> typed = value();
    return typed ? textOf(column(), *typed) : QString();
}

Expected<QVariant> CheckFieldEditor::value() const
{
    const QVariant value = m_box->checkState() == Qt::PartiallyChecked ? QVariant()
                                                                       : QVariant(m_box->isChecked());
    if (const Expected<> valid = validateValue(column(), value); !valid)
        return tl::make_unexpected(valid.error());
    return value;
}

void CheckFieldEditor::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

void CheckFieldEditor::showValue(const QVariant &value, const QString & /*label*/)
{
    if (column().nullable && !value.isValid())
        m_box->setCheckState(Qt::PartiallyChecked);
    else
        m_box->setChecked(value.toBool());
}

} // namespace desk
