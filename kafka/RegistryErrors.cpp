// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RegistryErrors.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace desk {
namespace {

constexpr qsizetype MessageLength = 400;

// The registry's words as the middle of a sentence: one line, of bearable length, without a full stop.
QString words(const RegistryReply &reply)
{
    QString message = reply.message().simplified();
    // Apicurio puts the name of a Java class before what it has to say.
    if (const qsizetype end = message.indexOf(QLatin1String("Exception: ")); end >= 0)
        message = message.mid(end + 11);
    if (message.size() > MessageLength)
        message = message.left(MessageLength) + u'…';
    while (message.endsWith(u'.'))
        message.chop(1);
    return message;
}

QString withWords(const QString &sentence, const RegistryReply &reply)
{
    const QString said = words(reply);
    return said.isEmpty() ? sentence + u'.' : QStringLiteral("%1: %2.").arg(sentence, said);
}

Error withoutAnswer(const RegistryReply &reply, const QString &name)
{
    Error error{ErrorCode::Unreachable, {}, reply.reason, {}};
    switch (reply.network) {
    case QNetworkReply::HostNotFoundError:
        error.sentence = QStringLiteral("There is no host by the name of the schema registry %1.").arg(name);
        break;
    case QNetworkReply::ConnectionRefusedError:
        error.sentence = QStringLiteral("The schema registry at %1 cannot be reached: connection refused.")
                             .arg(name);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        error.sentence = QStringLiteral("No secure connection to the schema registry at %1: %2.")
                             .arg(name, reply.reason.simplified());
        break;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        error.code = ErrorCode::Format;
        error.sentence = QStringLiteral(
                             "What answers at %1 is no schema registry. Correct the registry's address.")
                             .arg(name);
        break;
    default:
        error.sentence = QStringLiteral("The schema registry at %1 cannot be reached: %2.")
                             .arg(name, reply.reason.simplified());
        break;
    }
    return error;
}

} // namespace

int RegistryReply::errorCode() const
{
    return QJsonDocument::fromJson(body).object().value(QLatin1String("error_code")).toInt();
}

QString RegistryReply::message() const
{
    return QJsonDocument::fromJson(body).object().value(QLatin1String("message")).toString();
}

Error registryError(const RegistryReply &reply, const QUrl &registry, const QString &subject)
{
    const QString name = registryText(registry);
    if (reply.isOverdue)
        return {ErrorCode::Unreachable,
                QStringLiteral("The schema registry at %1 does not answer.").arg(name),
                {},
                {}};
    if (reply.status == 0)
        return withoutAnswer(reply, name);

    const QString detail = QStringLiteral("HTTP %1, error code %2: %3")
                               .arg(reply.status)
                               .arg(reply.errorCode())
                               .arg(words(reply));
    const auto error = [&](ErrorCode code, const QString &sentence) {
        return Error{code, sentence, detail, {}};
    };
    if (reply.isTooLarge || reply.status < 400 || (reply.status == 404 && reply.errorCode() == 0)) {
        return error(
            ErrorCode::Format,
            QStringLiteral(
                "What answers at %1 is no schema registry. Correct the registry's address; some need a "
                "path, such as /apis/ccompat/v7.")
                .arg(name));
    }
    switch (reply.status) {
    case 401:
        return error(
            ErrorCode::Unauthorised,
            QStringLiteral("The schema registry at %1 refused the user name or the password. Both "
                           "belong into its address: SCHEMA_REGISTRY_URL=https://USER:PASSWORD@HOST.")
                .arg(name));
    case 403:
        return error(
            ErrorCode::Unauthorised,
            subject.isEmpty()
                ? QStringLiteral("The schema registry at %1 does not let this user read schemas.").arg(name)
                : QStringLiteral("The schema registry at %1 does not let this user register schemas of %2. "
                                 "Have the right granted, or the schema registered by someone who may.")
                      .arg(name, subject));
    case 404:
        return error(ErrorCode::NotFound,
                     withWords(QStringLiteral("The schema registry has no such schema"), reply));
    case 409:
        return error(
            ErrorCode::Conflict,
            withWords(QStringLiteral("The schema registry refused the schema for %1, which is not "
                                     "compatible with the one before")
                          .arg(subject),
                      reply)
                + QStringLiteral(" Undo the change to the .proto file (new fields take new numbers, old "
                                 "ones keep their type), or have the compatibility rule of %1 changed.")
                      .arg(subject));
    case 400:
    case 422:
        return error(
            ErrorCode::BadSchema,
            withWords(QStringLiteral("The schema registry cannot use the schema for %1").arg(subject),
                      reply));
    default:
        break;
    }
    return error(ErrorCode::Unreachable,
                 withWords(QStringLiteral("The schema registry at %1 cannot answer now (HTTP %2)")
                               .arg(name)
                               .arg(reply.status),
                           reply));
}

Error noRegistryError()
{
    return {ErrorCode::NotSupported,
            QStringLiteral("These events need a schema registry, and none is set. Put its address into the "
                           "workspace, give --registry URL or set SCHEMA_REGISTRY_URL."),
            {},
            {}};
}

QString registryText(const QUrl &registry)
{
    return registry.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::StripTrailingSlash);
}

} // namespace desk
