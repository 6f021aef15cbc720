// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/records/FieldEditor.h"

class QComboBox;

namespace desk {

// One of the texts that the column allows, picked from a list; long lists are searched by typing.
class ChoiceFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    static constexpr int SearchedFrom = 10; // entries

    ChoiceFieldEditor(const Column &column, Place place, QWidget *parent);

    void setTypedText(const QString &text) override;
    [[nodiscard]] QString typedText() const override;
    [[nodiscard]] Expected<QVariant> value() const override;
    void setReadOnly(bool readOnly) override;

protected:
    void showValue(const QVariant &value, const QString &label) override;

private:
    QComboBox *m_combo;
};

} // namespace desk
