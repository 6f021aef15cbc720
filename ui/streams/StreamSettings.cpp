// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamSettings.h"

#include <QJsonDocument>
#include <QSettings>

namespace desk {

StreamSettings::StreamSettings(const QString &file, const QString &workspaceId)
    : m_file(file)
    , m_group(QStringLiteral("streams/") + workspaceId + u'/')
{ }

QVariant StreamSettings::value(const char *key, const QVariant &otherwise) const
{
    return m_file.isEmpty()
        ? otherwise
        : QSettings(m_file, QSettings::IniFormat).value(m_group + QLatin1String(key), otherwise);
}

void StreamSettings::setValue(const char *key, const QVariant &value) const
{
    if (!m_file.isEmpty())
        QSettings(m_file, QSettings::IniFormat).setValue(m_group + QLatin1String(key), value);
}

std::optional<QJsonObject> StreamSettings::object(const char *key) const
{
    const QJsonDocument kept = QJsonDocument::fromJson(value(key, QByteArray()).toByteArray());
    return kept.isObject() ? std::optional(kept.object()) : std::nullopt;
}

void StreamSettings::setObject(const char *key, const std::optional<QJsonObject> &object) const
{
    if (object)
        setValue(key, QJsonDocument(*object).toJson(QJsonDocument::Compact));
    else if (!m_file.isEmpty())
        QSettings(m_file, QSettings::IniFormat).remove(m_group + QLatin1String(key));
}

} // namespace desk
