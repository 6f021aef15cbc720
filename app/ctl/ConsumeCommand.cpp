// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/MessageText.h"
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"
#include "kafka/StreamSession.h"
#include "kafka/TopicAdmin.h"
#include "kafka/filter/MessageFilter.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace desk::ctl {
namespace {

constexpr int takeMilliseconds = 20;

std::optional<StreamStart> readStart(const QString &text)
{
    StreamStart start;
    if (text.isEmpty() || text == QLatin1String("end"))
        return start;
    if (text == QLatin1String("beginning")) {
        start.kind = StreamStart::Kind::Beginning;
        return start;
    }
    if (const std::optional<qint64> offset = wholeNumber(text, 0)) {
        start.kind = StreamStart::Kind::Offset;
        start.offset = *offset;
        return start;
    }
    start.kind = StreamStart::Kind::Time;
    start.time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!start.time.isValid())
        return {};
    return start;
}

// Moves messages from the reader's log to the output until there are enough, or the time is over, or a
// signal comes. The reader is held while they are printed and the log is emptied after, so that a slow
// output loses nothing and memory stays bounded.
class Printer : public QObject
{
public:
    Printer(Output &output, StreamSession &stream, const DecodingSources &decoding, const FilterNode &filter,
            qint64 wanted, const std::stop_token &stop)
        : m_output(output)
        , m_stream(stream)
        , m_text(decoding)
        , m_filter(filter, decoding.catalog, std::make_shared<EntityDescriptors>(decoding.catalog),
                   [log = stream.log()](quint32 topic) { return log->topicName(topic); })
        , m_wanted(wanted)
        , m_stop(stop)
    {
        connect(&stream, &StreamSession::stateChanged, this, [this](StreamSession::State state) {
            if (state == StreamSession::State::Away)
                m_output.problem(m_stream.error().sentence);
        });
        connect(&m_timer, &QTimer::timeout, this, &Printer::take);
        m_timer.start(takeMilliseconds);
    }

    [[nodiscard]] qint64 printed() const { return m_printed; }
    [[nodiscard]] qint64 dropped() const { return m_dropped; }
    [[nodiscard]] QString filterProblem() const
    {
        const QString problem = m_filter.problem();
        return problem.isEmpty() ? MessageFilter::partlySeenSentence(m_filter.partlySeen()) : problem;
    }
    [[nodiscard]] bool isEnough() const { return m_wanted >= 0 && m_printed >= m_wanted; }

private:
    void take()
    {
        if (m_stop.stop_requested() || isEnough()) {
            QCoreApplication::quit();
            return;
        }
        MessageLog &log = *m_stream.log();
        if (log.endRow() == 0)
            return;
        m_stream.pause();
        m_dropped += log.dropped();
        const MessageLog::Range range = log.range();
        log.visit(range.generation, range.first, range.end, [&](qint64 row, const MessageView &message) {
            if (m_filter.matches(message))
                print(log.message(row));
            return !isEnough() && !m_stop.stop_requested();
        });
        m_output.flush();
        log.clear();
        m_stream.resume();
        if (isEnough() || !m_output.isIntact())
            QCoreApplication::quit();
    }

    void print(const StreamMessage &message)
    {
        if (m_output.isJson())
            m_output.json(m_text.json(message));
        else
            m_output.line(m_text.line(message));
        ++m_printed;
    }

    Output &m_output;
    StreamSession &m_stream;
    MessageText m_text;
    MessageFilter m_filter;
    qint64 m_wanted;
    std::stop_token m_stop;
    QTimer m_timer;
    qint64 m_printed = 0;
    qint64 m_dropped = 0;
};

// A broker that cannot be reached is said at once; a topic that is not there yet is waited for.
Expected<> lookFirst(Session &session, const BrokerSettings &brokers, const QStringList &topics)
{
    const Expected<ClusterInfo> cluster = TopicAdmin(brokers).cluster();
    if (!cluster)
        return tl::make_unexpected(cluster.error());
    for (const QString &topic : topics) {
        const bool isThere = std::any_of(cluster->topics.begin(), cluster->topics.end(),
                                         [&](const TopicInfo &info) { return info.name == topic; });
        if (!isThere)
            session.output().problem(QStringLiteral("There is no topic %1 yet; waiting for it.").arg(topic));
    }
    return {};
}

ExitCode consume(Session &session)
{
    const StopSignals stopSignals;
    const std::optional<StreamStart> start = readStart(session.value("from"));
    if (!start)
        return session.misuse(
            QStringLiteral("--from needs beginning, end, an offset, or a time like 2024-01-31T10:00:00Z."));
    const std::optional<qint64> count = session.isSet("count") ? wholeNumber(session.value("count"), 1) : -1;
    if (!count)
        return session.misuse(QStringLiteral("--count needs a whole number from 1."));
    const std::optional<qint64> seconds = session.isSet("timeout") ? wholeNumber(session.value("timeout"), 1)
                                                                   : 0;
    if (!seconds || *seconds > 1'000'000)
        return session.misuse(QStringLiteral("--timeout needs a whole number of seconds from 1."));
    const auto filter = parseFilter(session.value("filter"));
    if (!filter)
        return session.misuse(QStringLiteral("--filter cannot be read. %1").arg(filter.error().toText()));
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
    const QStringList topics = session.argumentsFrom(0);
    if (const Expected<> looked = lookFirst(session, *brokers, topics); !looked)
        return session.fail(looked.error());

    StreamSession stream(*brokers, std::make_shared<MessageLog>());
    const DecodingSources decoding{session.catalog(), session.workspace().decoding,
                                   std::make_shared<SchemaLibrary>(session.workspace().brokers)};
    Printer printer(session.output(), stream, decoding, *filter, *count, stopSignals.token());
    if (*seconds > 0)
        QTimer::singleShot(std::chrono::seconds(*seconds), QCoreApplication::instance(),
                           &QCoreApplication::quit);
    stream.start({topics, *start});
    QCoreApplication::exec();
    stream.stop();

    if (!printer.filterProblem().isEmpty())
        session.output().problem(printer.filterProblem());
    if (printer.dropped() > 0) {
        return session.fail(
            {ErrorCode::Broker,
             QStringLiteral("%1 messages came faster than they could be printed and are missing.")
                 .arg(printer.dropped()),
             {},
             {}});
    }
    if (*count > 0 && !printer.isEnough() && !stopSignals.token().stop_requested()) {
        return session.fail({ErrorCode::Broker,
                             QStringLiteral("Only %1 of %2 messages came within %3 seconds.")
                                 .arg(printer.printed())
                                 .arg(*count)
                                 .arg(*seconds),
                             {},
                             {}});
    }
    return ExitCode::Done;
}

} // namespace

Command consumeCommand()
{
    return {
        QStringLiteral("consume"),
        QStringLiteral("TOPIC…"),
        QStringLiteral("Print messages of topics as they arrive."),
        QStringLiteral("Reads on until --count messages are printed or a signal comes. Joins no consumer "
                       "group and commits\n"
                       "nothing. Messages of the entities' topics are decoded. With --filter, only messages "
                       "that it holds for are\n"
                       "printed and counted: 'price > 100 and name ~ lamp', 'header.author = anna', "
                       "'time > -1h', '/lam[bp]/'."),
        {
            {QStringLiteral("from"), QStringLiteral("WHERE"),
             QStringLiteral("beginning, end (default), an offset, or a time (ISO 8601)")},
            {QStringLiteral("filter"), QStringLiteral("EXPRESSION"),
             QStringLiteral("only messages with this text, or for which these conditions hold")},
            {QStringLiteral("count"), QStringLiteral("N"), QStringLiteral("end after so many messages")},
            {QStringLiteral("timeout"), QStringLiteral("SECONDS"), QStringLiteral("end after this time")},
        },
        1,
        -1,
        consume};
}

} // namespace desk::ctl
