// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayFraming.h"

namespace desk {

RelayFraming::RelayFraming(const BrokerSettings &brokers, RelayWindow &window, std::function<void()> onAnswer)
    : m_window(window)
    , m_ids(brokers, std::move(onAnswer))
{ }

RelayFraming::Outcome RelayFraming::frame(RelayWindow::Item &item)
{
    const RelayWindow::Schema schema = item.event.schema;
    if (!schema)
        return Outcome::Framed;
    if (m_window.isParked(schema)) { // those before it go first
        m_window.park(item);
        return Outcome::Waits;
    }
    const SchemaIds::Answer answer = m_ids.find(schema);
    switch (answer.kind) {
    case SchemaIds::Answer::Kind::Known:
        m_window.frame(item, answer.id);
        return Outcome::Framed;
    case SchemaIds::Answer::Kind::Refused:
        m_window.refuse(item, answer.error.sentence);
        return Outcome::Refused;
    case SchemaIds::Answer::Kind::Waiting:
        break;
    }
    m_window.park(item);
    return Outcome::Waits;
}

void RelayFraming::takeAnswers()
{
    m_error.reset();
    m_reason.clear();
    QStringList waiting;
    for (const RelayWindow::Schema &schema : m_window.parkedSchemas()) {
        const SchemaIds::Answer answer = m_ids.find(schema);
        if (answer.kind != SchemaIds::Answer::Kind::Waiting) {
            m_window.unpark(schema);
        } else if (!answer.error.sentence.isEmpty()) {
            m_error = answer.error;
            waiting.append(schema->plural);
        }
    }
    if (!m_error)
        return;
    waiting.sort();
    waiting.removeDuplicates();
    m_reason = QStringLiteral("Events of %1 wait. %2")
                   .arg(waiting.join(QStringLiteral(", ")), m_error->sentence);
}

} // namespace desk
