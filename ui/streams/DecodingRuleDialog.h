// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/DecodingSettings.h"

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;

namespace desk {

// Names the message of a .proto file by which the keys or the values of some topics are read. Whether the file
// has it is said by the first message that is read so. Open it with open(). GUI thread.
class DecodingRuleDialog : public QDialog
{
    Q_OBJECT

public:
    DecodingRuleDialog(const DecodingRule &rule, QWidget *parent);

    [[nodiscard]] DecodingRule rule() const;

private:
    void browse();
    void updateButtons();

    DecodingRule m_rule;
    QLineEdit *m_topics;
    QLineEdit *m_file;
    QLineEdit *m_message;
    QDialogButtonBox *m_buttons;
};

} // namespace desk
