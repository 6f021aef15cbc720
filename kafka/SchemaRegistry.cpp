// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaRegistry.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QTimer>

namespace desk {
namespace {

constexpr qsizetype LargestAnswer = 4 * 1024 * 1024;
constexpr int LookMilliseconds = 50; // between two looks at the deadline and at cancel()
constexpr int SubjectNotFound = 40401;
constexpr int VersionNotFound = 40402;
constexpr int SchemaNotFound = 40403;

Error cancelled()
{
    return {
        ErrorCode::Cancelled, QStringLiteral("The question to the schema registry was cancelled."), {}, {}};
}

bool isIdOf(const QJsonValue &value)
{
    return value.isDouble() && value.toInteger(-1) >= 0
        && value.toInteger(-1) <= std::numeric_limits<qint32>::max();
}

// Nothing: the answer holds no schema.
std::optional<RegisteredSchema> schemaFrom(const QJsonObject &answer)
{
    const QJsonValue text = answer.value(QLatin1String("schema"));
    if (!text.isString())
        return {};
    // A registry that says no type means the one it began with.
    RegisteredSchema schema{
        answer.value(QLatin1String("schemaType")).toString(QStringLiteral("AVRO")), text.toString(), {}};
    for (const QJsonValue &value : answer.value(QLatin1String("references")).toArray()) {
        const QJsonObject reference = value.toObject();
        schema.references.append({reference.value(QLatin1String("name")).toString(),
                                  reference.value(QLatin1String("subject")).toString(),
                                  reference.value(QLatin1String("version")).toInt()});
    }
    return schema;
}

} // namespace

SchemaRegistry::SchemaRegistry(const BrokerSettings &settings, int timeoutMilliseconds)
    : m_url(settings.registryUrl)
    , m_certificates(settings.properties.value(QStringLiteral("ssl.ca.location")))
    , m_timeout(timeoutMilliseconds)
{
    QString path = m_url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    m_url.setPath(path);
}

SchemaRegistry::~SchemaRegistry() = default;

Expected<qint32> SchemaRegistry::idOf(const WireSchema &schema)
{
    const auto key = std::pair(schema.subject, schema.text);
    if (const auto known = m_ids.constFind(key); known != m_ids.constEnd())
        return *known;
    const QByteArray body = QJsonDocument(
                                QJsonObject{{QStringLiteral("schemaType"), QStringLiteral("PROTOBUF")},
                                            {QStringLiteral("schema"), schema.text}})
                                .toJson(QJsonDocument::Compact);
    const QString subject = QStringLiteral("/subjects/")
        + QString::fromLatin1(QUrl::toPercentEncoding(schema.subject));
    // Looking comes first: whoever may only read needs no more once the schema is there.
    Expected<QJsonObject> answer = ask(subject, body, schema.subject);
    if (!answer && answer.error().code == ErrorCode::NotFound)
        answer = ask(subject + QStringLiteral("/versions"), body, schema.subject);
    if (!answer)
        return tl::make_unexpected(answer.error());
    const QJsonValue id = answer->value(QLatin1String("id"));
    if (!isIdOf(id))
        return tl::make_unexpected(registryError({.status = 200}, m_url, schema.subject));
    m_ids.insert(key, qint32(id.toInteger()));
    return qint32(id.toInteger());
}

Expected<RegisteredSchema> SchemaRegistry::schemaById(qint32 id)
{
    return schemaAt(QStringLiteral("/schemas/ids/%1").arg(id));
}

Expected<RegisteredSchema> SchemaRegistry::schemaOf(const RegisteredSchema::Reference &reference)
{
    return schemaAt(QStringLiteral("/subjects/%1/versions/%2")
                        .arg(QString::fromLatin1(QUrl::toPercentEncoding(reference.subject)))
                        .arg(reference.version));
}

Expected<RegisteredSchema> SchemaRegistry::schemaAt(const QString &path)
{
    if (const auto known = m_schemas.constFind(path); known != m_schemas.constEnd())
        return *known;
    const auto answer = ask(path, {}, {});
    if (!answer)
        return tl::make_unexpected(answer.error());
    const std::optional<RegisteredSchema> schema = schemaFrom(*answer);
    if (!schema)
        return tl::make_unexpected(registryError({.status = 200}, m_url, {}));
    m_schemas.insert(path, *schema);
    return *schema;
}

Expected<LatestSchema> SchemaRegistry::latestOf(const QString &subject)
{
    const auto answer = ask(QStringLiteral("/subjects/%1/versions/latest")
                                .arg(QString::fromLatin1(QUrl::toPercentEncoding(subject))),
                            {}, {});
    if (!answer)
        return tl::make_unexpected(answer.error());
    const QJsonValue id = answer->value(QLatin1String("id"));
    const std::optional<RegisteredSchema> schema = schemaFrom(*answer);
    if (!schema || !isIdOf(id))
        return tl::make_unexpected(registryError({.status = 200}, m_url, {}));
    return LatestSchema{qint32(id.toInteger()), *schema};
}

Expected<QJsonObject> SchemaRegistry::ask(const QString &path, const QByteArray &body, const QString &subject)
{
    if (m_url.isEmpty())
        return tl::make_unexpected(noRegistryError());
    const auto reply = exchange(path, body);
    if (!reply)
        return tl::make_unexpected(reply.error());
    const QJsonDocument document = QJsonDocument::fromJson(reply->body);
    if (!reply->isOverdue && reply->status >= 200 && reply->status < 300 && document.isObject())
        return document.object();
    Error error = registryError(*reply, m_url, subject);
    // Only these say that something can be registered; another 404 is a wrong address.
    if (error.code == ErrorCode::NotFound && reply->errorCode() != SubjectNotFound
        && reply->errorCode() != VersionNotFound && reply->errorCode() != SchemaNotFound)
        error.code = ErrorCode::Format;
    return tl::make_unexpected(error);
}

Expected<RegistryReply> SchemaRegistry::exchange(const QString &path, const QByteArray &body)
{
    if (m_isCancelled)
        return tl::make_unexpected(cancelled());
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    QUrl url(m_url);
    url.setUserInfo({});
    url.setPath(m_url.path(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
    QNetworkRequest request(url);
    const QByteArray type("application/vnd.schemaregistry.v1+json");
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    request.setRawHeader("Accept", type + ", application/json");
    // The password is for this host alone.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!m_url.userInfo().isEmpty()) {
        const QString user = m_url.userName(QUrl::FullyDecoded) + u':' + m_url.password(QUrl::FullyDecoded);
        request.setRawHeader("Authorization", "Basic " + user.toUtf8().toBase64());
    }
    if (!m_certificates.isEmpty()) {
        QSslConfiguration tls = request.sslConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(m_certificates));
        request.setSslConfiguration(tls);
    }

    RegistryReply result;
    QEventLoop loop;
    const QDeadlineTimer deadline(m_timeout);
    const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? m_network->get(request)
                                                              : m_network->post(request, body));
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        result.body += reply->readAll();
        result.isTooLarge = result.body.size() > LargestAnswer;
        if (result.isTooLarge)
            loop.quit();
    });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        result.isOverdue = deadline.hasExpired();
        if (result.isOverdue || m_isCancelled)
            loop.quit();
    });
    look.start(LookMilliseconds);
    if (!reply->isFinished())
        loop.exec();
    result.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->isFinished()) {
        result.isOverdue = false;
        result.body += reply->readAll();
        result.network = reply->error();
        result.reason = reply->errorString();
        // An answer that broke off is none.
        if (result.network != QNetworkReply::NoError && result.status < 300)
            result.status = 0;
    } else {
        QObject::disconnect(reply.get(), nullptr, &loop, nullptr);
        reply->abort();
    }
    if (m_isCancelled)
        return tl::make_unexpected(cancelled());
    return result;
}

} // namespace desk
