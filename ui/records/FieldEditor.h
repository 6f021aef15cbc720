// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "models/schema/Error.h"

#include <QWidget>

namespace desk {

class StoreClient;
class ImageLoader;

// Where one column's value is typed: the same widget in a form and in a table's cell, made to fit the
// column's description. Shows a value, says what has been typed as a value of the column's type, or why
// it is none. GUI thread.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    enum class Place { Form, Cell };

    FieldEditor(const Column &column, Place place, QWidget *parent);

    [[nodiscard]] const Column &column() const { return m_column; }
    [[nodiscard]] Place place() const { return m_place; }

    // Shows a committed value and forgets what was typed. `label`: what a reference is called.
    void setValue(const QVariant &value, const QString &label = {});
    // Shows a text as if it had been typed: a refused edit that is opened again.
    virtual void setTypedText(const QString &text) = 0;
    [[nodiscard]] virtual QString typedText() const = 0;
    // What has been typed, read and checked against the column. InvalidValue with the sentence for the field.
    [[nodiscard]] virtual Expected<QVariant> value() const = 0;
    // What a chosen reference is called; empty for other columns.
    [[nodiscard]] virtual QString label() const { return {}; }
    // True from the first keystroke until setValue(). What was typed may equal what was there.
    [[nodiscard]] bool isTouched() const { return m_touched; }

    virtual void setReadOnly(bool readOnly) = 0;
    // True while what is typed may still become a value by itself: a search among choices. Whoever holds the
    // editor refuses it only when it is left.
    [[nodiscard]] virtual bool isSearching() const { return false; }
    // True if Return belongs to the editor (a new line) and not to who opened it.
    [[nodiscard]] virtual bool keepsReturn() const { return false; }
    // Marks the editor as refused; the sentence itself is shown by whoever holds the editor.
    void setInvalid(bool invalid);
    [[nodiscard]] bool isInvalid() const { return m_invalid; }

Q_SIGNALS:
    void edited();
    void left(); // it has lost the focus
    // A choice was made that needs no further key: an entry picked from a list.
    void chosen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    virtual void showValue(const QVariant &value, const QString &label) = 0;
    // To be called by the editors whenever the operator changes something.
    void touch();
    // The inner widget that takes the focus and the look of an invalid field.
    void setInner(QWidget *inner);
    [[nodiscard]] Expected<QVariant> read(const QString &text) const;

private:
    Column m_column;
    Place m_place;
    QWidget *m_inner = nullptr;
    bool m_touched = false;
    bool m_invalid = false;
};

// The editor that fits the column. `images` is for columns that hold URLs of pictures; may be null.
[[nodiscard]] FieldEditor *makeFieldEditor(const Column &column, FieldEditor::Place place, StoreClient &store,
                                           ImageLoader *images, QWidget *parent);

// An error's sentence without the column's label in front, for places where the label is beside it.
[[nodiscard]] QString fieldSentence(const Column &column, const Error &error);

// True for columns whose values are short enough for half a form's width.
[[nodiscard]] bool isNarrow(const Column &column);

} // namespace desk
