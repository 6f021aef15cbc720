// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedMessage.h"
#include "models/store/DisclosureJournal.h"

#include <QObject>

#include <memory>

namespace desk {

class MessageDetail;
class MessageTableModel;

// Shows the one sensitive value that the operator asks for in a message's detail: what was asked for is written
// down first, and only when that has succeeded the value is looked up and shown, if its message is still the
// one on view. Without a journal nothing can be asked for. GUI thread.
class ValueRevealer : public QObject
{
    Q_OBJECT

public:
    ValueRevealer(MessageDetail &detail, const MessageTableModel &model,
                  std::unique_ptr<DisclosureJournal> journal, QObject *parent);

private:
    void reveal(MessagePart part, const NodePath &path, const QString &field);

    MessageDetail &m_detail;
    const MessageTableModel &m_model;
    std::unique_ptr<DisclosureJournal> m_journal;
};

} // namespace desk
