// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QProcess>
#include <QStringList>

namespace desk::chaos {

// A process of the built catalogctl. Killed with this object, and with the test however that ends. Test thread.
class Program
{
public:
    // With a prefix: by way of another program, which becomes this one.
    Program(const QStringList &words, const QProcessEnvironment &environment, const QStringList &prefix = {});
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    // Waits for a line of JSON from now on in which the member has the value.
    [[nodiscard]] bool says(const QString &name, const QJsonValue &value, int seconds = 180);
    // Lets it live so long at most; true if it has ended by then.
    bool endsWithin(int milliseconds);
    // It hangs, and goes on: SIGSTOP, SIGCONT.
    void freeze() const;
    void thaw() const;
    // SIGKILL. True if it was still alive.
    bool kill();
    // SIGTERM; the exit code, or -1 if it crashed or had to be killed after a minute.
    int stop();
    // Waits for its end: the exit code, or -1.
    int wait(int seconds = 120);

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    // It has ended, though nobody asked it to.
    [[nodiscard]] bool hasEnded() { return endsWithin(0); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    // The last of what it has printed, for a failure's report.
    [[nodiscard]] QString lastWords();

private:
    int code() const;

    QProcess m_process;
    QByteArray m_read;
};

} // namespace desk::chaos
