// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamReading.h"

namespace desk {
namespace {

const char *const ReadingKey = "reading";

} // namespace

StreamReading::StreamReading(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log,
                             const StreamChoice &standard, QObject *parent)
    : QObject(parent)
    , m_brokers(brokers)
    , m_session(new StreamSession(brokers, std::move(log), this))
    , m_standard(standard)
    , m_choice(standard)
{
    beginSoon();
}

StreamReading::~StreamReading() = default;

void StreamReading::keepIn(const StreamSettings &settings)
{
    m_settings = settings;
    if (const auto kept = settings.object(ReadingKey))
        setChoice(choiceFromJson(*kept, m_standard));
}

void StreamReading::keep() const
{
    m_settings.setObject(ReadingKey, isStandard() ? std::nullopt : std::optional(choiceToJson(m_choice)));
}

bool StreamReading::isGoing() const
{
    return m_isDue
        || (m_session->state() != StreamSession::State::Stopped
            && m_session->state() != StreamSession::State::Complete);
}

void StreamReading::setChoice(const StreamChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    keep();
    Q_EMIT choiceChanged();
    if (!m_isDue)
        restart();
}

void StreamReading::setTopics(const QStringList &topics)
{
    StreamChoice choice = m_choice;
    choice.topics = topics;
    setChoice(choice);
}

void StreamReading::setPattern(const QString &pattern)
{
    StreamChoice choice = m_choice;
    choice.pattern = pattern;
    setChoice(choice);
}

void StreamReading::setStart(const StreamStart &start)
{
    StreamChoice choice = m_choice;
    choice.start = start;
    if (start.kind == StreamStart::Kind::End)
        choice.end = {}; // it would be at the end already
    if (choice != m_choice)
        setChoice(choice);
    else if (!m_isDue)
        restart();
}

void StreamReading::setEnd(const StreamEnd &end)
{
    StreamChoice choice = m_choice;
    choice.end = end;
    setChoice(choice);
}

// Once the window is up; a choice that is made before is the one that is read then.
void StreamReading::beginSoon()
{
    m_isDue = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isDue)
                restart();
        },
        Qt::QueuedConnection);
}

void StreamReading::restart()
{
    m_isDue = false;
    if (canRead())
        m_session->start(m_choice.request());
    else
        m_session->stop();
    Q_EMIT restarted();
}

void StreamReading::stop()
{
    m_isDue = false;
    m_session->stop();
}

} // namespace desk
