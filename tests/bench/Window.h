// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <functional>

#include <unistd.h>

namespace desk::bench {

// Of this process.
inline double residentMebibytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// Lets the window live until `isDone`, as the event loop of the program does.
inline void live(const std::function<bool()> &isDone, const std::function<void()> &nowAndThen = {})
{
    QEventLoop loop;
    QTimer timer;
    timer.setInterval(10);
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (nowAndThen)
            nowAndThen();
        if (isDone())
            loop.quit();
    });
    timer.start();
    loop.exec();
}

} // namespace desk::bench
