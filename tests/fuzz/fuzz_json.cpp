// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonLine.h"
#include "kafka/PayloadText.h"
#include "kafka/RegistryErrors.h"
#include "models/schema/RecordJson.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

#include <QJsonDocument>

using namespace desk;
using namespace desk::fuzz;

namespace {

void checkLine(QByteArrayView json, qsizetype maximum)
{
    const QString line = jsonLine(json, maximum);
    // A string that is a name is shown whole up to the maximum, and a token may begin at its end.
    require(line.size() <= 3 * maximum + 16, "a line is of bearable length", [&] { return line; });
    constexpr qsizetype Blanks = 140; // before and around a part
    if (const auto text = textOfJson(json.toByteArray()))
        require(text->size() <= Blanks * json.size(), "JSON is indented as far as that is bearable");
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    for (auto field = object.begin(); field != object.end(); ++field) {
        const QByteArray value = field->toString().toUtf8();
        constexpr qsizetype Telling = 4; // shorter ones are in other words, too
        if (value.size() < Telling || !json.contains(value)
            || !SensitiveNames::defaults().matches(field.key()))
            continue;
        require(line.toUtf8().count(value) < json.toByteArray().count(value),
                "what is sensitive is not shown", [&] { return line; });
    }
}

// What a registry answered with: one of its error bodies, or anything.
void checkRegistryReply(int status, QByteArrayView body)
{
    RegistryReply reply;
    reply.status = status;
    reply.body = body.toByteArray();
    const Error error = registryError(reply, QUrl(QStringLiteral("http://registry.example")),
                                      QStringLiteral("orders-value"));
    requireSentence(error.sentence);
    require(error.detail.size() < 1000, "a detail is of bearable length");
}

} // namespace

// The first byte chooses an entity with the JSON encoding, the second what becomes of the rest.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const QList<const EntityType *> types = [] {
        QList<const EntityType *> found;
        for (const auto &entity : entities()->entities()) {
            if (entity->encoding == Encoding::Json)
                found.append(entity.get());
        }
        return found;
    }();
    static constexpr int Statuses[] = {200, 400, 401, 404, 409, 422, 500};
    static constexpr const char *Operations[] = {"", "delete", "list"};
    Input input(data, size);
    const int chosen = input.choice(int(types.size()) * 7);
    const EntityType &entity = *types[chosen % types.size()];
    const int use = input.choice(18);
    const QByteArray operation = Operations[use / 6];
    switch (use % 6) {
    case 0:
        checkRecord(entity, input.rest());
        break;
    case 1:
        checkList(entity, input.rest());
        break;
    case 2:
        checkMessage(entity.topics.value(Verb::Update), operation, input.rest());
        break;
    case 3:
        checkIngest(entity.topics.value(Verb::Update), operation, input.rest());
        break;
    case 4:
        checkMessage(QStringLiteral("nobody's"), operation, input.rest());
        checkLine(input.rest(), 20 + chosen);
        break;
    case 5:
        checkRegistryReply(Statuses[chosen % 7], input.rest());
        break;
    }
    return 0;
}
