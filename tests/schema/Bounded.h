// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFile>

namespace desk {

// What a test has cost since this was made: time, and how much the most memory the process ever held has grown
// (Linux; elsewhere 0, and under a sanitizer, which keeps what is freed). Generous bounds go with it: they are to
// catch what grows without one, on any machine.
class Bounded
{
public:
    Bounded() : m_before(peak()) { m_timer.start(); }

    [[nodiscard]] bool holds(qint64 seconds, qint64 mebibytes) const
    {
        const bool isQuick = m_timer.elapsed() < seconds * 1000;
        const bool isSmall = grown() < mebibytes;
        if (!isQuick || !isSmall)
            qWarning("%lld ms, %lld MiB", static_cast<long long>(m_timer.elapsed()),
                     static_cast<long long>(grown()));
        return isQuick && isSmall;
    }

private:
    [[nodiscard]] qint64 grown() const { return (peak() - m_before) / 1024; }

    // In KiB.
    static qint64 peak()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return 0;
#else
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf("VmHWM:");
        return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
#endif
    }

    QElapsedTimer m_timer;
    qint64 m_before;
};

} // namespace desk
