// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamChoice.h"
#include "ui/streams/StreamSettings.h"

#include <QObject>

namespace desk {

// What the stream panel reads: the operator's choice, the session that reads it, and where the choice is kept. Begins
// in the next turn of the event loop; after that a change of the choice reads anew. Owned by the panel; GUI thread.
class StreamReading : public QObject
{
    Q_OBJECT

public:
    // `standard`: what is read until somebody chooses.
    StreamReading(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log,
                  const StreamChoice &standard, QObject *parent);
    ~StreamReading() override;

    // Takes the choice that was kept for this workspace, and keeps further ones.
    void keepIn(const StreamSettings &settings);

    [[nodiscard]] const StreamChoice &choice() const { return m_choice; }
    [[nodiscard]] const StreamChoice &standard() const { return m_standard; }
    [[nodiscard]] bool isStandard() const { return m_choice == m_standard; }
    [[nodiscard]] StreamSession &session() const { return *m_session; }
    [[nodiscard]] bool canRead() const { return m_brokers.isConfigured() && !m_choice.isEmpty(); }
    // Reading, or about to.
    [[nodiscard]] bool isGoing() const;

    void setChoice(const StreamChoice &choice);
    void setTopics(const QStringList &topics);
    void setPattern(const QString &pattern);
    void setStart(const StreamStart &start); // also the same once more: reads again
    void setEnd(const StreamEnd &end);
    void reset() { setChoice(m_standard); }
    void restart();
    void stop(); // keeps what has been read

Q_SIGNALS:
    void choiceChanged();
    void restarted();

private:
    void beginSoon();
    void keep() const;

    BrokerSettings m_brokers;
    StreamSession *m_session;
    StreamChoice m_standard;
    StreamChoice m_choice;
    StreamSettings m_settings;
    bool m_isDue = false; // restart() comes in the next turn
};

} // namespace desk
