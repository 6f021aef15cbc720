// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/DecodingRuleDialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

DecodingRuleDialog::DecodingRuleDialog(const DecodingRule &rule, QWidget *parent)
    : QDialog(parent)
    , m_rule(rule)
    , m_topics(new QLineEdit(rule.topics, this))
    , m_file(new QLineEdit(rule.file, this))
    , m_message(new QLineEdit(rule.message, this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(rule.part == MessagePart::Key ? tr("Read keys by a .proto file")
                                                 : tr("Read values by a .proto file"));
    setMinimumWidth(480);
    m_rule.format = PayloadFormat::ProtoFile;
    m_topics->setAccessibleName(tr("Topics"));
    m_topics->setToolTip(tr("A topic, or a pattern with * and ?"));
    m_file->setAccessibleName(tr("File or folder"));
    m_file->setObjectName(QStringLiteral("ruleFile"));
    m_message->setAccessibleName(tr("Message"));
    m_message->setObjectName(QStringLiteral("ruleMessage"));
    m_message->setPlaceholderText(tr("shop.Order; empty: the only one of the file"));
    auto *browse = new QPushButton(tr("&Browse…"), this);
    connect(browse, &QPushButton::clicked, this, &DecodingRuleDialog::browse);

    auto *fileLine = new QHBoxLayout;
    fileLine->addWidget(m_file, 1);
    fileLine->addWidget(browse);
    auto *form = new QFormLayout;
    form->addRow(tr("&Topics"), m_topics);
    auto *fileLabel = new QLabel(tr("&File"), this);
    fileLabel->setBuddy(m_file);
    form->addRow(fileLabel, fileLine);
    form->addRow(tr("&Message"), m_message);
    auto *note = new QLabel(
        tr("Files it imports are looked for in the same folder. A folder in place of a file "
           "means all .proto files in it."),
        this);
    note->setProperty("role", QStringLiteral("muted"));
    note->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QLineEdit *line : {m_topics, m_file})
        connect(line, &QLineEdit::textChanged, this, &DecodingRuleDialog::updateButtons);
    updateButtons();
    m_file->setFocus();
}

DecodingRule DecodingRuleDialog::rule() const
{
    DecodingRule rule = m_rule;
    rule.topics = m_topics->text().trimmed();
    rule.file = m_file->text().trimmed();
    rule.message = m_message->text().trimmed();
    return rule;
}

void DecodingRuleDialog::browse()
{
    auto *dialog = new QFileDialog(this, tr("A .proto file"), m_file->text(), tr("Protobuf files (*.proto)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void DecodingRuleDialog::updateButtons()
{
    const DecodingRule now = rule();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!now.topics.isEmpty() && !now.file.isEmpty());
}

} // namespace desk
