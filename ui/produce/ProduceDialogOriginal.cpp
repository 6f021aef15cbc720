// SPDX-License-Identifier: GPL-3.0-or-later
// How the dialog is filled from a message that is to be edited and produced again.
#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "ui/produce/HeaderTable.h"
#include "ui/produce/ProduceDialog.h"
#include "ui/produce/TopicField.h"
#include "ui/produce/ValueForm.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype LongestHex = 64 * 1024; // bytes; longer values are not typed by hand

bool holdsSensitive(const DecodedNode &node)
{
    return node.isSensitive || std::any_of(node.children.cbegin(), node.children.cend(), holdsSensitive);
}

// What may not be shown, or is not known to be harmless yet.
bool isMasked(const DecodedPart &part)
{
    return part.isWaiting || !part.sensitive.isEmpty() || !part.withheld.isEmpty()
        || holdsSensitive(part.root);
}

} // namespace

void ProduceDialog::setMessage(const StreamMessage &message, const DecodedMessage &decoded)
{
    setWindowTitle(tr("Edit and produce again"));
    m_original = message;
    m_topic->setTopic(message.topic);
    useTopic();
    settleTopic();
    fillKey(decoded);
    fillValue(decoded);
    m_headers->setHeaders(message.headers, decoded.headers);
    showModes();
}

void ProduceDialog::fillKey(const DecodedMessage &decoded)
{
    KeyMode mode = KeyMode::None;
    if (m_original->hasKey) {
        const std::optional<QString> text = textOfBytes(m_original->key);
        if (isMasked(decoded.key)) {
            mode = KeyMode::Unchanged;
            addMode(m_keyMode, tr("As it is in the message"), int(mode));
        } else if (text && !text->contains(u'\n')) {
            mode = KeyMode::Text;
            m_key->setText(*text);
        } else {
            mode = KeyMode::Hex;
            m_key->setText(QString::fromLatin1(m_original->key.toHex(' ')));
        }
    }
    m_keyMode->setCurrentIndex(m_keyMode->findData(int(mode)));
}

bool ProduceDialog::fillForm(const DecodedMessage &decoded)
{
    if (!m_form || !decoded.problem.isEmpty() || decoded.operation == verbText(Verb::List)
        || m_use.verb == Verb::List)
        return false;
    QByteArrayView payload = m_original->value;
    if (m_use.entity->framing == Framing::Confluent) {
        const Expected<FramedPayload> framed = readFrame(payload);
        if (!framed)
            return false;
        payload = framed->payload;
    }
    const Expected<Record> record = RecordCodec(*m_use.entity).decode(payload);
    if (!record)
        return false;
    m_form->setRecord(*record);
    m_formPayload = payload.toByteArray();
    return true;
}

bool ProduceDialog::fillFields()
{
    if (!m_shape)
        return false;
    const Expected<QString> text = m_shape->text(m_original->value);
    if (!text)
        return false;
    m_raw->setPlainText(*text);
    return true;
}

void ProduceDialog::fillValue(const DecodedMessage &decoded)
{
    addMode(m_valueMode, tr("As it is in the message"), int(ValueMode::Unchanged));
    const std::optional<QString> text = textOfBytes(m_original->value);
    if (!m_original->hasValue) {
        setValueMode(ValueMode::Tombstone);
    } else if (fillForm(decoded)) {
        const bool isDeletion = m_use.verb == Verb::Delete
            || (decoded.operation == verbText(Verb::Delete)
                && m_valueMode->findData(int(ValueMode::Deletion)) >= 0);
        setValueMode(isDeletion ? ValueMode::Deletion : ValueMode::Form);
    } else if (isMasked(decoded.value) || m_original->value.size() > LongestHex) {
        setValueMode(ValueMode::Unchanged);
    } else if (fillFields()) {
        setValueMode(ValueMode::Fields);
    } else if (text) {
        m_raw->setPlainText(*text);
        setValueMode(textOfJson(m_original->value) ? ValueMode::Json : ValueMode::Text);
    } else {
        m_raw->setPlainText(QString::fromLatin1(m_original->value.toHex(' ')));
        setValueMode(ValueMode::Hex);
    }
}

} // namespace desk
