// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>

#include <sys/mount.h>

namespace desk::chaos {

// A file system of so many bytes. Goes with this object, and with the program: it has its mounts to itself.
class SmallDisk
{
public:
    SmallDisk(const QString &path, int bytes) : m_path(path)
    {
        QDir().mkpath(path);
        const QByteArray options = "size=" + QByteArray::number(bytes);
        m_isThere = mount("tmpfs", path.toLocal8Bit().constData(), "tmpfs", 0, options.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_isThere)
            umount2(m_path.toLocal8Bit().constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isThere() const { return m_isThere; }
    void fill() const
    {
        QFile ballast(m_path + QStringLiteral("/ballast"));
        const QByteArray block(4096, 'x');
        if (ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            while (ballast.write(block) == block.size()) {
            }
        }
    }
    void clear() const { QFile::remove(m_path + QStringLiteral("/ballast")); }

private:
    QString m_path;
    bool m_isThere = false;
};

} // namespace desk::chaos
