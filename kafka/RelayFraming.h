// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/RelayWindow.h"
#include "kafka/SchemaIds.h"

namespace desk {

// The relay's dealings with the schema registry: frames the events that are next, lets those of a schema
// whose id is not known yet wait in the window, and refuses those of a schema that the registry refuses.
// Never blocks. Owned by the RelayEngine, on its thread.
class RelayFraming
{
public:
    // `onAnswer` is called on another thread when events that wait may have become ready.
    RelayFraming(const BrokerSettings &brokers, RelayWindow &window, std::function<void()> onAnswer);

    enum class Outcome { Framed, Waits, Refused };
    // For the window's next item. Anything but Framed has taken it off.
    [[nodiscard]] Outcome frame(RelayWindow::Item &item);
    // Readies the events whose schemas have been answered for.
    void takeAnswers();

    // Why events wait, as of the last takeAnswers(); empty if none do, or the registry is being asked.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    // The same as a sentence that names the entities.
    [[nodiscard]] const QString &reason() const { return m_reason; }

private:
    RelayWindow &m_window;
    SchemaIds m_ids;
    std::optional<Error> m_error;
    QString m_reason;
};

} // namespace desk
