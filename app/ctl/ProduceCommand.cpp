// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/SendingText.h"
#include "app/ctl/StopSignals.h"
#include "kafka/JsonMessages.h"

#include <QDir>
#include <QFile>

#include <poll.h>
#include <unistd.h>

namespace desk::ctl {
namespace {

// Lines of stdin, which may be written to as they are read: nothing waits so long that a signal would have to.
class InputLines
{
public:
    explicit InputLines(std::stop_token stop) : m_stop(std::move(stop)) { }

    // Without its end; none: that was all, or it is to stop.
    std::optional<QByteArray> next()
    {
        while (true) {
            const qsizetype end = m_buffer.indexOf('\n', m_searched);
            if (end >= 0) {
                const QByteArray line = m_buffer.first(end);
                m_buffer.remove(0, end + 1);
                m_searched = 0;
                return line;
            }
            m_searched = m_buffer.size();
            if (m_isAtEnd || m_buffer.size() > JsonMessages::MaximumBytes)
                break;
            if (!readMore())
                return std::nullopt;
        }
        if (m_buffer.isEmpty())
            return std::nullopt;
        m_searched = 0;
        return std::exchange(m_buffer, {});
    }

private:
    bool readMore()
    {
        constexpr int PauseMilliseconds = 100;
        pollfd input{STDIN_FILENO, POLLIN, 0};
        while (::poll(&input, 1, PauseMilliseconds) == 0) {
            if (m_stop.stop_requested())
                return false;
        }
        char bytes[64 * 1024];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count > 0)
            m_buffer.append(bytes, count);
        m_isAtEnd = count <= 0;
        return !m_stop.stop_requested();
    }

    std::stop_token m_stop;
    QByteArray m_buffer;
    qsizetype m_searched = 0;
    bool m_isAtEnd = false;
};

// What the options say of every message.
struct Given {
    std::optional<QByteArray> key;
    qint32 partition = -1;
    QList<MessageHeader> headers;

    void applyTo(OutgoingMessage &message) const
    {
        if (key) {
            message.hasKey = true;
            message.key = *key;
        }
        message.partition = partition;
        message.headers += headers;
    }
};

tl::expected<Given, QString> readGiven(Session &session)
{
    Given given;
    if (session.isSet("key"))
        given.key = session.value("key").toUtf8();
    if (session.isSet("partition")) {
        const std::optional<qint64> partition = wholeNumber(session.value("partition"), 0);
        if (!partition || *partition > std::numeric_limits<qint32>::max())
            return tl::make_unexpected(QStringLiteral("--partition needs a whole number from 0."));
        given.partition = qint32(*partition);
    }
    for (const QString &header : session.values("header")) {
        const qsizetype equals = header.indexOf(u'=');
        if (equals < 1)
            return tl::make_unexpected(
                QStringLiteral("--header needs NAME=VALUE; \"%1\" is not.").arg(header));
        given.headers.append({header.left(equals).toUtf8(), header.mid(equals + 1).toUtf8()});
    }
    return given;
}

Expected<QByteArray> readFile(const QString &name)
{
    constexpr qint64 Most = 64 * 1024 * 1024; // far more than any broker takes
    QFile file(name);
    const QString shown = QDir::toNativeSeparators(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NoAccess,
                       QStringLiteral("%1 cannot be read: %2.").arg(shown, file.errorString()));
    const QByteArray bytes = file.read(Most + 1);
    if (bytes.size() > Most)
        return failure(ErrorCode::Format, QStringLiteral("%1 is larger than any message can be.").arg(shown));
    return bytes;
}

MessageSource linesSource(Session &session, const BrokerSettings &brokers, const QString &topic,
                          const Given &given, const std::stop_token &stop)
{
    struct Reading {
        InputLines lines;
        JsonMessages messages;
        qint64 line = 0;
    };
    const auto reading = std::make_shared<Reading>(
        Reading{InputLines(stop), JsonMessages(session.catalog(), brokers, topic)});
    return [reading, given]() -> Expected<std::optional<OutgoingMessage>> {
        while (const std::optional<QByteArray> line = reading->lines.next()) {
            ++reading->line;
            if (line->trimmed().isEmpty())
                continue;
            Expected<OutgoingMessage> message = reading->messages.message(*line);
            if (!message) {
                Error error = message.error();
                error.sentence = QStringLiteral("Line %1: %2 Nothing was sent from there on.")
                                     .arg(reading->line)
                                     .arg(error.sentence);
                return tl::make_unexpected(error);
            }
            given.applyTo(*message);
            return *std::move(message);
        }
        return std::nullopt;
    };
}

ExitCode produce(Session &session)
{
    const StopSignals stopSignals;
    if (session.workspace().brokers.embedded)
        return session.misuse(withinWindowOnly);
    const QString topic = session.argument(0);
    const int ways = int(session.isSet("value")) + int(session.isSet("file"))
        + int(session.isSet("tombstone"));
    if (ways > 1)
        return session.misuse(QStringLiteral("Give one of --value, --file and --tombstone."));
    const tl::expected<Given, QString> given = readGiven(session);
    if (!given)
        return session.misuse(given.error());
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
    if (const Expected<> allowed = mayWriteTo(*brokers); !allowed)
        return session.fail(allowed.error());
    SendOptions options;
    options.missingTopics = session.isSet("create") ? MissingTopics::Create : MissingTopics::Refuse;
    MessageSource source;
    if (ways == 0) {
        source = linesSource(session, *brokers, topic, *given, stopSignals.token());
    } else {
        OutgoingMessage message;
        message.topic = topic;
        message.hasValue = !session.isSet("tombstone");
        message.value = session.value("value").toUtf8();
        if (session.isSet("file")) {
            const Expected<QByteArray> bytes = readFile(session.value("file"));
            if (!bytes)
                return session.fail(bytes.error());
            message.value = *bytes;
        }
        given->applyTo(message);
        source = [message, isSent = false]() mutable -> Expected<std::optional<OutgoingMessage>> {
            if (std::exchange(isSent, true))
                return std::nullopt;
            return message;
        };
    }
    return sendAndTell(session, *brokers, source, options, stopSignals.token(),
                       {{QStringLiteral("topic"), topic}});
}

} // namespace

Command produceCommand()
{
    return {
        QStringLiteral("produce"),
        QStringLiteral("TOPIC"),
        QStringLiteral("Send messages to a topic."),
        QStringLiteral(
            "One message with --value, --file or --tombstone; else each line of standard input is one, as\n"
            "\"consume --json\" prints them: its key, its headers, and its value, which for a topic of an "
            "entity is the\n"
            "record by its columns, else text or JSON; null for none; or a list of such \"records\"; or "
            "\"bytes\" in base64. Masked values "
            "cannot be\n"
            "sent. The first line that cannot be used ends it. --key, --partition and --header hold for "
            "every message."),
        {
            {QStringLiteral("key"), QStringLiteral("TEXT"), QStringLiteral("the key")},
            {QStringLiteral("partition"), QStringLiteral("N"),
             QStringLiteral("the partition; without it by the key")},
            {QStringLiteral("header"), QStringLiteral("NAME=VALUE"),
             QStringLiteral("a header; may be given several times")},
            {QStringLiteral("value"), QStringLiteral("TEXT"), QStringLiteral("the value")},
            {QStringLiteral("file"), QStringLiteral("FILE"),
             QStringLiteral("the value: what is in the file")},
            {QStringLiteral("tombstone"), {}, QStringLiteral("a message with no value")},
            {QStringLiteral("create"), {}, QStringLiteral("create the topic if it is not there")},
        },
        1,
        1,
        produce};
}

} // namespace desk::ctl
