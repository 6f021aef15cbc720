// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/records/FieldEditor.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;

namespace desk {

// One line: texts, numbers, times, bytes, URLs.
class LineFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    LineFieldEditor(const Column &column, Place place, QWidget *parent);

    void setTypedText(const QString &text) override;
    [[nodiscard]] QString typedText() const override;
    [[nodiscard]] Expected<QVariant> value() const override;
    void setReadOnly(bool readOnly) override;

protected:
    void showValue(const QVariant &value, const QString &label) override;

private:
    QLineEdit *m_line;
};

// Several lines. In a cell Return commits and Shift+Return breaks the line, as in a spreadsheet.
class MultiLineFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    MultiLineFieldEditor(const Column &column, Place place, QWidget *parent);

    void setTypedText(const QString &text) override;
    [[nodiscard]] QString typedText() const override;
    [[nodiscard]] Expected<QVariant> value() const override;
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] bool keepsReturn() const override { return place() == Place::Form; }

protected:
    void showValue(const QVariant &value, const QString &label) override;

private:
    QPlainTextEdit *m_text;
};

// A checkbox; with a third state where the column may be empty.
class CheckFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    CheckFieldEditor(const Column &column, Place place, QWidget *parent);

    void setTypedText(const QString &text) override;
    [[nodiscard]] QString typedText() const override;
    [[nodiscard]] Expected<QVariant> value() const override;
    void setReadOnly(bool readOnly) override;

protected:
    void showValue(const QVariant &value, const QString &label) override;

private:
    QCheckBox *m_box;
};

} // namespace desk
