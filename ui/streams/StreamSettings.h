// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QVariant>

#include <optional>

namespace desk {

// What an operator chose for the stream of one workspace, kept from one run to the next in a group of the settings
// file. A value; one without a file keeps nothing. GUI thread.
class StreamSettings
{
public:
    StreamSettings() = default;
    StreamSettings(const QString &file, const QString &workspaceId);

    [[nodiscard]] QVariant value(const char *key, const QVariant &otherwise) const;
    void setValue(const char *key, const QVariant &value) const;
    // No value: none is kept, or it is none that can be read.
    [[nodiscard]] std::optional<QJsonObject> object(const char *key) const;
    // No value: forgotten, for what goes by itself, which may be another one day.
    void setObject(const char *key, const std::optional<QJsonObject> &object) const;

private:
    QString m_file;
    QString m_group;
};

} // namespace desk
