// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace desk {

// Turns SIGTERM, SIGINT and SIGHUP (a logout, Ctrl+C, a terminal that closes) into a signal of the event
// loop, so that the program ends in order. A second one ends it at once. At most one at a time; GUI thread.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void quitRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier; // null: the system gave no sockets, nothing is caught
};

} // namespace desk
