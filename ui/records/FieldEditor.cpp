// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/FieldEditor.h"

#include "models/schema/ColumnText.h"
#include "ui/records/ChoiceFieldEditor.h"
#include "ui/records/ReferenceFieldEditor.h"
#include "ui/records/TextFieldEditors.h"
#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace desk {

FieldEditor::FieldEditor(const Column &column, Place place, QWidget *parent)
    : QWidget(parent)
    , m_column(column)
    , m_place(place)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    setAutoFillBackground(place == Place::Cell);
}

void FieldEditor::setValue(const QVariant &value, const QString &label)
{
    showValue(value, label);
    m_touched = false;
    setInvalid(false);
}

void FieldEditor::setInvalid(bool invalid)
{
    m_invalid = invalid;
    if (m_inner)
        Theme::setProperty(m_inner, "invalid", invalid);
}

void FieldEditor::touch()
{
    m_touched = true;
    Q_EMIT edited();
}

void FieldEditor::setInner(QWidget *inner)
{
    m_inner = inner;
    inner->setAccessibleName(m_column.label);
    inner->setObjectName(m_column.name);
    if (m_place == Place::Cell) { // fills its cell; the colours stay the theme's
        inner->setStyleSheet(
            QStringLiteral("border-radius: 0; border-width: 2px; padding: 0 5px; min-height: 0;"));
        inner->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }
    setFocusProxy(inner);
    inner->installEventFilter(this);
    layout()->addWidget(inner);
}

// Undo is the field's while there is typing to take back in it, and the record's after that: a field claims the
// key even when it has nothing to undo.
bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &FieldEditor::left, Qt::QueuedConnection); // after it has gone
    if (event->type() != QEvent::ShortcutOverride || m_place == Place::Cell)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isUndo = key->matches(QKeySequence::Undo);
    const bool isRedo = key->matches(QKeySequence::Redo);
    bool isOurs = true;
    if (const auto *line = qobject_cast<QLineEdit *>(watched))
        isOurs = (isUndo && line->isUndoAvailable()) || (isRedo && line->isRedoAvailable());
    else if (const auto *text = qobject_cast<QPlainTextEdit *>(watched))
        isOurs = (isUndo && text->document()->isUndoAvailable())
            || (isRedo && text->document()->isRedoAvailable());
    if ((isUndo || isRedo) && !isOurs) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

Expected<QVariant> FieldEditor::read(const QString &text) const
{
    Expected<QVariant> value = valueFromText(m_column, text);
    if (!value)
        return value;
    // A cleared number is not a typed zero: valueFromText() alone would make it one.
    if (m_column.required && text.trimmed().isEmpty())
        *value = QVariant();
    if (const Expected<> valid = validateValue(m_column, *value); !valid)
        return tl::make_unexpected(valid.error());
    return value;
}

FieldEditor *makeFieldEditor(const Column &column, FieldEditor::Place place, StoreClient &store,
                             ImageLoader *images, QWidget *parent)
{
    if (column.sensitive) // the only editor that does not show what it holds
        return new LineFieldEditor(column, place, parent);
    if (column.isReference())
        return new ReferenceFieldEditor(column, place, store, images, parent);
    if (column.type == ColumnType::Boolean)
        return new CheckFieldEditor(column, place, parent);
    if (!column.allowed.isEmpty())
        return new ChoiceFieldEditor(column, place, parent);
    if (column.widget == ColumnWidget::MultiLine || column.type == ColumnType::List)
        return new MultiLineFieldEditor(column, place, parent);
    return new LineFieldEditor(column, place, parent);
}

QString fieldSentence(const Column &column, const Error &error)
{
    const QString prefix = column.label + QStringLiteral(": ");
    return error.sentence.startsWith(prefix) ? error.sentence.mid(prefix.size()) : error.sentence;
}

bool isNarrow(const Column &column)
{
    switch (column.type) {
    case ColumnType::Text:
        return column.isReference() || !column.allowed.isEmpty()
            || (column.maximumLength && *column.maximumLength <= 40
                && column.widget == ColumnWidget::Automatic);
    case ColumnType::Bytes:
    case ColumnType::List:
        return false;
    default:
        return true;
    }
}

} // namespace desk
