// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SystemAppearance.h"

#include <QApplication>
#include <QPalette>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif
#ifdef CATALOG_HAS_DBUS
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#endif

namespace desk {

namespace {

#ifdef CATALOG_HAS_DBUS
const char *const Service = "org.freedesktop.portal.Desktop";
const char *const Path = "/org/freedesktop/portal/desktop";
const char *const Interface = "org.freedesktop.portal.Settings";
const char *const Group = "org.freedesktop.appearance";
const char *const Key = "color-scheme";
constexpr uint PrefersDark = 1; // 0: no preference, 2: light

// Asking for a session bus where there is none may start one, which is not for us to do.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

// The portal wraps its answer once or twice, depending on its age.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}
#endif

} // namespace

SystemAppearance::SystemAppearance(QObject *parent) : QObject(parent)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const QStyleHints *hints = QGuiApplication::styleHints();
    setPortalAnswer(hints->colorScheme() == Qt::ColorScheme::Dark);
    connect(hints, &QStyleHints::colorSchemeChanged, this,
            [this](Qt::ColorScheme scheme) { setPortalAnswer(scheme == Qt::ColorScheme::Dark); });
#else
    const QPalette palette = QApplication::palette();
    m_paletteIsDark = palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
    askPortal();
#endif
}

void SystemAppearance::setPortalAnswer(bool isDark)
{
    const bool before = this->isDark();
    m_portalSaysDark = isDark;
    if (before != isDark)
        Q_EMIT changed();
}

void SystemAppearance::askPortal()
{
#ifdef CATALOG_HAS_DBUS
    if (!hasSessionBus())
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(QLatin1String(Service), QLatin1String(Path), QLatin1String(Interface),
                QStringLiteral("SettingChanged"), this, SLOT(readSetting(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(QLatin1String(Service), QLatin1String(Path),
                                                           QLatin1String(Interface), QStringLiteral("Read"));
    question << QLatin1String(Group) << QLatin1String(Key);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) // else there is no portal: the palette's word stands
            readSetting(QLatin1String(Group), QLatin1String(Key), reply.value());
    });
#endif
}

void SystemAppearance::readSetting(const QString &group, const QString &key, const QDBusVariant &value)
{
#ifdef CATALOG_HAS_DBUS
    if (group == QLatin1String(Group) && key == QLatin1String(Key))
        setPortalAnswer(unwrapped(value.variant()).toUInt() == PrefersDark);
#else
    Q_UNUSED(group)
    Q_UNUSED(key)
    Q_UNUSED(value)
#endif
}

} // namespace desk
