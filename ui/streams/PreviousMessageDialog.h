// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/PreviousOfKey.h"

#include <QDialog>

namespace desk {

class TaskFoot;

// Offers to look on the broker for the message of the key before one, in its partition, where none is kept in the window;
// shows how far the search has come, and ends it when it is closed. Deletes itself then. GUI thread.
class PreviousMessageDialog : public QDialog
{
    Q_OBJECT

public:
    PreviousMessageDialog(const BrokerSettings &brokers, const StreamMessage &message, QWidget *parent);

    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    // And the dialog closes.
    void found(const desk::StreamMessage &previous);

private:
    void build();
    void start();
    void finish(const Expected<PreviousOfKey> &outcome);

    BrokerSettings m_brokers;
    StreamMessage m_message;
    TaskFoot *m_foot;
};

} // namespace desk
