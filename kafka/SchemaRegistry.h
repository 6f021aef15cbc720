// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/RegistryErrors.h"
#include "kafka/WireSchema.h"
#include "models/workspace/Workspace.h"

#include <QHash>
#include <QJsonObject>

#include <atomic>
#include <memory>

class QNetworkAccessManager;

namespace desk {

// A schema as a registry keeps it. A value.
struct RegisteredSchema {
    // A schema that this one imports under a name of its own.
    struct Reference {
        QString name;
        QString subject;
        int version = 0;
    };

    QString type; // PROTOBUF, AVRO, JSON
    QString text;
    QList<Reference> references;
};

// The newest version of a subject. A value.
struct LatestSchema {
    qint32 id = 0;
    RegisteredSchema schema;
};

// Client of a schema registry with the Confluent-compatible REST API. User name and password come from the
// address (https://user:password@host), a certificate authority of one's own from the librdkafka setting
// ssl.ca.location. Calls block until the answer or the deadline, on the thread that made the first one, which
// needs no event loop of its own; not for the GUI thread. What a registry has said of a schema or an id never
// changes, so answers are kept for good; which version is a subject's latest is asked each time. Errors are those of registryError().
class SchemaRegistry
{
public:
    explicit SchemaRegistry(const BrokerSettings &settings, int timeoutMilliseconds = 5'000);
    ~SchemaRegistry();

    // The id of this schema under its subject: looked up, and registered if it is not there.
    [[nodiscard]] Expected<qint32> idOf(const WireSchema &schema);
    [[nodiscard]] Expected<RegisteredSchema> schemaById(qint32 id);
    // NotFound: there is no such subject.
    [[nodiscard]] Expected<LatestSchema> latestOf(const QString &subject);
    [[nodiscard]] Expected<RegisteredSchema> schemaOf(const RegisteredSchema::Reference &reference);

    // Ends the call that is under way and every later one, with the code Cancelled. Any thread.
    void cancel() { m_isCancelled = true; }

private:
    // Without a body it is a GET, with one a POST.
    [[nodiscard]] Expected<QJsonObject> ask(const QString &path, const QByteArray &body,
                                            const QString &subject);
    [[nodiscard]] Expected<RegisteredSchema> schemaAt(const QString &path);
    [[nodiscard]] Expected<RegistryReply> exchange(const QString &path, const QByteArray &body);

    QUrl m_url;
    QString m_certificates; // path of a file, or empty
    int m_timeout;
    std::atomic<bool> m_isCancelled = false;
    std::unique_ptr<QNetworkAccessManager> m_network; // made by the first call
    QHash<std::pair<QString, QString>, qint32> m_ids; // by subject and text
    QHash<QString, RegisteredSchema> m_schemas;       // by path
};

} // namespace desk
