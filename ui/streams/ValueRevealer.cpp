// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/ValueRevealer.h"

#include "kafka/MessageTableModel.h"
#include "models/store/WhenFinished.h"
#include "ui/streams/MessageDetail.h"

namespace desk {
namespace {

constexpr qsizetype LongestField = 500; // characters of its path: names in JSON can be anything

} // namespace

ValueRevealer::ValueRevealer(MessageDetail &detail, const MessageTableModel &model,
                             std::unique_ptr<DisclosureJournal> journal, QObject *parent)
    : QObject(parent)
    , m_detail(detail)
    , m_model(model)
    , m_journal(std::move(journal))
{
    if (!m_journal)
        return;
    connect(&m_detail, &MessageDetail::revealRequested, this, &ValueRevealer::reveal);
    m_detail.allowRevealing();
}

void ValueRevealer::reveal(MessagePart part, const NodePath &path, const QString &field)
{
    const StreamMessage message = m_detail.message();
    Disclosure disclosure;
    disclosure.topic = message.topic;
    disclosure.partition = message.partition;
    disclosure.offset = message.offset;
    const QString where = part == MessagePart::Key ? QStringLiteral("key") : QStringLiteral("value");
    disclosure.field = field.isEmpty() ? where
                                       : QStringLiteral("%1: %2").arg(where, field.left(LongestField));
    whenFinished(
        m_journal->record(disclosure), this, [this, message, part, path](const Expected<> &recorded) {
            const StreamMessage &now = m_detail.message();
            const bool isSame = now.topic == message.topic && now.partition == message.partition
                && now.offset == message.offset;
            if (!isSame)
                return; // another message is shown by now
            if (!recorded) {
                m_detail.showProblem(tr("The value is not shown, because that cannot be written down. %1")
                                         .arg(recorded.error().sentence));
                return;
            }
            const Expected<QString> value = m_model.reveal(message, part, path);
            if (value)
                m_detail.showRevealed(part, path, *value);
            else
                m_detail.showProblem(value.error().sentence);
        });
}

} // namespace desk
