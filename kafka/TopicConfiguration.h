// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace desk {

class AdminClient;

// Where a topic's setting has its value from.
enum class ConfigurationSource { Unknown, Topic, Broker, Default };

// One setting of a topic. A value.
struct ConfigurationEntry {
    QString name;
    QString value;                       // empty for a sensitive one: the broker does not tell it
    std::optional<QString> defaultValue; // what it would be if the topic had none of its own; if known
    ConfigurationSource source = ConfigurationSource::Unknown;
    bool isReadOnly = false;
    bool isSensitive = false;

    [[nodiscard]] bool isOverride() const { return source == ConfigurationSource::Topic; }
    friend bool operator==(const ConfigurationEntry &, const ConfigurationEntry &) = default;
};

// By name: a value, or nothing for "as the broker has it".
using ConfigurationChanges = QMap<QString, std::optional<QString>>;

// The settings that the topic must have of its own after these changes: the protocol's request replaces all of
// them, and resets what is not sent along. InvalidValue names a setting that does not exist or cannot be
// changed; NotSupported if one that must be kept is not told by the broker.
[[nodiscard]] Expected<QMap<QString, QString>> overridesAfter(const QList<ConfigurationEntry> &entries,
                                                              const ConfigurationChanges &changes);

// What a setting of the broker's, under its name there, comes to as the topic's setting of this name. They differ in
// their names, and some in their units: retention.ms is log.retention.hours there. Nothing if that is not known.
[[nodiscard]] std::optional<QString> asTopicSetting(const QString &name, const QString &brokersName,
                                                    const QString &value);

// Each topic's settings by name, or why it has none. Blocking; by the thread that uses the client.
[[nodiscard]] Expected<QMap<QString, Expected<QList<ConfigurationEntry>>>> describeConfigurations(
    AdminClient &admin, const QStringList &topics, int timeoutMilliseconds);

} // namespace desk
