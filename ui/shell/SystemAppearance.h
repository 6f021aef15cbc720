// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

class QDBusVariant;

namespace desk {

// Whether the desktop is dark, and when that changes. From Qt 6.5 on Qt says so itself; before, the desktop
// portal is asked (org.freedesktop.appearance, which GNOME, KDE and others serve), and where there is none,
// the platform's palette as it was before ours is all there is to go by. Never waits for an answer. GUI
// thread.
class SystemAppearance : public QObject
{
    Q_OBJECT

public:
    // Make it before the first QApplication::setPalette().
    explicit SystemAppearance(QObject *parent = nullptr);

    [[nodiscard]] bool isDark() const { return m_portalSaysDark.value_or(m_paletteIsDark); }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    // Called by name from QtDBus, which knows no typed connections.
    void readSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void setPortalAnswer(bool isDark);

    bool m_paletteIsDark = false;
    std::optional<bool> m_portalSaysDark;
};

} // namespace desk
