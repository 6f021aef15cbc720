// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/SendingText.h"
#include "app/ctl/StopSignals.h"
#include "kafka/GeneratedMessages.h"

#include <QJsonDocument>
#include <QRandomGenerator>

namespace desk::ctl {
namespace {

constexpr double HighestRate = 10'000'000;

// The words of the command line; a sentence if they cannot be meant.
tl::expected<GenerationRequest, QString> readRequest(Session &session)
{
    GenerationRequest request;
    request.catalog = session.catalog();
    const std::optional<qint64> count = wholeNumber(session.value("count"), 1);
    if (!count)
        return tl::make_unexpected(QStringLiteral("--count needs a whole number from 1."));
    request.count = *count;
    request.topic = session.value("topic");
    if (session.isSet("topic") && request.topic.isEmpty()) // a variable that is not set, perhaps
        return tl::make_unexpected(
            QStringLiteral("--topic is empty: name the topic, or leave it out for the entity's own."));
    bool isNumber = true;
    request.choice.seed = session.isSet("seed") ? session.value("seed").toULongLong(&isNumber)
                                                : QRandomGenerator::global()->bounded(1'000'000'000U);
    if (!isNumber)
        return tl::make_unexpected(QStringLiteral("--seed needs a whole number from 0."));
    if (session.isSet("first-id")) {
        const std::optional<qint64> first = wholeNumber(session.value("first-id"), 1);
        if (!first)
            return tl::make_unexpected(QStringLiteral("--first-id needs a whole number from 1."));
        request.choice.firstId = *first;
    }
    return request;
}

// What would be sent, a line for each; what is sensitive is masked.
ExitCode show(Session &session, const GenerationRequest &request)
{
    constexpr qint64 MostShown = 1'000'000; // they are made before they are printed
    if (request.count > MostShown)
        return session.misuse(QStringLiteral("--dry-run shows at most %1 messages.").arg(MostShown));
    const auto shown = previewOf(request, request.count,
                                 SensitiveNames(session.workspace().decoding.sensitiveNames));
    if (!shown)
        return session.fail(shown.error());
    for (const GeneratedPreview &message : *shown) {
        QByteArray topic = QJsonDocument(QJsonObject{{QStringLiteral("topic"), request.target()},
                                                     {QStringLiteral("key"), message.key}})
                               .toJson(QJsonDocument::Compact);
        topic.chop(1);
        session.output().line(QString::fromUtf8(topic + ",\"value\":" + message.value + '}'));
    }
    return ExitCode::Done;
}

ExitCode generate(Session &session)
{
    const StopSignals stopSignals;
    const bool isDryRun = session.isSet("dry-run");
    if (session.workspace().brokers.embedded && !isDryRun)
        return session.misuse(withinWindowOnly);
    tl::expected<GenerationRequest, QString> request = readRequest(session);
    if (!request)
        return session.misuse(request.error());
    SendOptions options;
    options.missingTopics = MissingTopics::Create;
    if (session.isSet("rate")) {
        bool isNumber = false;
        options.perSecond = session.value("rate").toDouble(&isNumber);
        if (!isNumber || !(options.perSecond > 0 && options.perSecond <= HighestRate))
            return session.misuse(QStringLiteral("--rate needs a number above 0."));
    }
    const Expected<const EntityType *> entity = session.catalog()->requireDescribed(
        session.argument(0).toLower());
    if (!entity)
        return session.fail(entity.error());
    request->entity = *entity;
    if (isDryRun)
        return show(session, *request);
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
    return sendAndTell(session, *brokers, generatedMessages(*request, *brokers), options, stopSignals.token(),
                       {{QStringLiteral("topic"), request->target()},
                        {QStringLiteral("seed"), QString::number(request->choice.seed)}});
}

} // namespace

Command generateCommand()
{
    return {
        QStringLiteral("generate"),
        QStringLiteral("ENTITY --count N"),
        QStringLiteral("Send made-up messages of an entity to its topic."),
        QStringLiteral(
            "The records are valid by the entity's description, and nobody's; the same seed makes the same "
            "ones.\n"
            "Key, encoding and frame are the entity's. They go to the topic only, not to the database; who "
            "reads\n"
            "the topic takes them for real. A topic that is not there is created. For the entity's topic of\n"
            "another verb (--topic products_delete) the messages say that.\n"
            "Besides the entities, \"player\" is known: JSON keyed by the position in lower case."),
        {
            {QStringLiteral("count"), QStringLiteral("N"), QStringLiteral("how many messages")},
            {QStringLiteral("rate"), QStringLiteral("R"),
             QStringLiteral("so many a second; without it as fast as the broker takes them")},
            {QStringLiteral("seed"), QStringLiteral("S"),
             QStringLiteral("what the records follow from; without it a new one, which is told")},
            {QStringLiteral("first-id"), QStringLiteral("ID"),
             QStringLiteral("where ids that are numbers begin (default %1)")
                 .arg(GenerationChoice::UsualFirstId)},
            {QStringLiteral("topic"), QStringLiteral("TOPIC"),
             QStringLiteral("another topic than the entity's")},
            {QStringLiteral("dry-run"), {}, QStringLiteral("print the messages as JSON, and send nothing")},
        },
        1,
        1,
        generate};
}

} // namespace desk::ctl
