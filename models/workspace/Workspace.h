// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/workspace/DecodingSettings.h"
#include "models/workspace/StreamLogSettings.h"

#include <QMap>
#include <QString>
#include <QUrl>

namespace desk {

enum class DatabaseKind { PostgreSql, Sqlite };

// How to reach a database. A value. The password is filled in only in memory: from the keychain, the
// environment or the operator's typing, never from a settings file.
struct DatabaseSettings {
    DatabaseKind kind = DatabaseKind::Sqlite;
    QString path; // SQLite: the file
    QString host; // PostgreSQL from here on
    int port = 5432;
    QString name;
    QString user;
    QString password;
    // disable, prefer, require, verify-ca, verify-full; empty: verify-full for remote hosts, prefer for
    // this one.
    QString sslMode;

    // Reads "postgresql://user:password@host:port/name?sslmode=require" (also "postgres://" and the
    // "postgresql+psycopg2://" forms the older services use) or "sqlite:PATH". InvalidValue otherwise.
    [[nodiscard]] static Expected<DatabaseSettings> fromUrl(const QString &url);
    // For people: "shop@db.example/catalog" or the file's name. Never the password.
    [[nodiscard]] QString toText() const;
    // As a URL without the password.
    [[nodiscard]] QString toUrl() const;
};

// How to reach the brokers and the registry. A value; the password as above.
struct BrokerSettings {
    bool embedded = false;    // the in-process broker of the sample workspace
    QString bootstrapServers; // "host:port,host:port"; empty: none, changes wait
    QString securityProtocol; // PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL; empty: SASL_SSL with a mechanism
    QString saslMechanism;    // PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER
    QString saslUser;
    QString saslPassword;
    QString registryUrl; // schema registry with the Confluent-compatible API, or empty
    int partitions = 3;  // of topics created when missing
    int replicas = 1;
    bool readOnly
        = false; // topics and groups are looked at only: nothing is sent, created, changed or deleted
    QMap<QString, QString> properties; // librdkafka settings by their own names, applied last

    [[nodiscard]] bool isConfigured() const { return embedded || !bootstrapServers.isEmpty(); }
};

// NotSupported, with what to do, where the brokers are read-only. Whatever sends to topics or changes them asks
// this first.
[[nodiscard]] Expected<> mayWriteTo(const BrokerSettings &brokers);

// A named set of connections: what the window opens. A value.
struct Workspace {
    QString name;
    QString id; // stable over renames; names its files and keychain entries
    DatabaseSettings database;
    BrokerSettings brokers;
    QString entityFolder; // further .proto files, or empty
    DecodingSettings decoding;
    StreamLogSettings streamLog;
    bool publish = true; // run the relay in the window
    bool ingest = false; // take topics in, in the window
    bool isSample = false;

    // The name under which a keychain keeps a password of this workspace: "database" or "brokers".
    [[nodiscard]] QString secretKey(const QString &which) const;
};

// The workspace every first start opens: SQLite and the in-process broker, no server at all.
[[nodiscard]] Workspace sampleWorkspace(const QString &dataFolder);

} // namespace desk
