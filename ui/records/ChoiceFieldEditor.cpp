// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ChoiceFieldEditor.h"

#include "models/schema/ColumnText.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>

namespace desk {

ChoiceFieldEditor::ChoiceFieldEditor(const Column &column, Place place, QWidget *parent)
    : FieldEditor(column, place, parent)
    , m_combo(new QComboBox(this))
{
    m_combo->setMaxVisibleItems(14);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(4);
    if (!column.required)
        m_combo->addItem(QString());
    m_combo->addItems(column.allowed);
    if (column.allowed.size() >= SearchedFrom) {
        m_combo->setEditable(true);
        m_combo->setInsertPolicy(QComboBox::NoInsert);
        m_combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
        m_combo->completer()->setFilterMode(Qt::MatchContains);
        m_combo->completer()->setCaseSensitivity(Qt::CaseInsensitive);
        m_combo->lineEdit()->setAccessibleName(column.label);
        connect(m_combo->lineEdit(), &QLineEdit::textEdited, this, &ChoiceFieldEditor::touch);
        connect(m_combo->completer(), qOverload<const QString &>(&QCompleter::activated), this, [this] {
            touch();
            Q_EMIT chosen();
        });
    }
    setInner(m_combo);
    connect(m_combo, &QComboBox::activated, this, [this] {
        touch();
        Q_EMIT chosen();
    });
}

void ChoiceFieldEditor::setTypedText(const QString &text)
{
    showValue(text, {});
    touch();
}

QString ChoiceFieldEditor::typedText() const
{
    return m_combo->currentText();
}

Expected<QVariant> ChoiceFieldEditor::value() const
{
    // Typed in another case it is still the one that is meant.
    const QString text = m_combo->currentText().trimmed();
    const int index = m_combo->findText(text, Qt::MatchFixedString);
    return read(index >= 0 ? m_combo->itemText(index) : text);
}

void ChoiceFieldEditor::setReadOnly(bool readOnly)
{
    m_combo->setEnabled(!readOnly);
}

void ChoiceFieldEditor::showValue(const QVariant &value, const QString & /*label*/)
{
    const QString text = textOf(column(), value);
    m_combo->setCurrentIndex(m_combo->findText(text));
    if (m_combo->isEditable())
        m_combo->setEditText(text);
}

} // namespace desk
