// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/PreviousOfKey.h"

#include <QDialog>
#include <QTimer>

#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace desk {

// Offers to look on the broker for the message of the key before one, in its partition, where none is kept in the window;
// shows how far the search has come, and ends it when it is closed. Deletes itself then. GUI thread.
class PreviousMessageDialog : public QDialog
{
    Q_OBJECT

public:
    PreviousMessageDialog(const BrokerSettings &brokers, const StreamMessage &message, QWidget *parent);
    ~PreviousMessageDialog() override;

    [[nodiscard]] bool isRunning() const { return m_progress != nullptr; }

Q_SIGNALS:
    // And the dialog closes.
    void found(const desk::StreamMessage &previous);

private:
    struct Progress {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> total = 0;
        std::stop_source stop;
    };

    void build();
    void start();
    void showProgress();
    void showReady();
    void finish(const Expected<PreviousOfKey> &outcome);

    BrokerSettings m_brokers;
    StreamMessage m_message;
    std::shared_ptr<Progress> m_progress; // of the running search
    QTimer m_timer;
    QLabel *m_status;
    QProgressBar *m_bar;
    QPushButton *m_go;
};

} // namespace desk
