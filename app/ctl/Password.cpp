// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Password.h"

#include <QByteArray>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <utility>

namespace desk::ctl {
namespace {

constexpr char controlC = 3;
constexpr char controlBackslash = 28;

// The terminal of this process with its echo turned off, until it goes out of scope.
class SilentTerminal
{
public:
    SilentTerminal() : m_descriptor(open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        if (m_descriptor < 0 || tcgetattr(m_descriptor, &m_before) != 0)
            return;
        termios silent = m_before;
        // Ctrl+C comes as a byte that ends the line, so that the echo is back before anything else happens.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG);
        silent.c_cc[VEOL] = controlC;
        silent.c_cc[VEOL2] = controlBackslash;
        m_isSilent = tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_isSilent)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            close(m_descriptor);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

    [[nodiscard]] bool isUsable() const { return m_isSilent; }
    void write(const QByteArray &text) const
    {
        static_cast<void>(!::write(m_descriptor, text.constData(), size_t(text.size())));
    }
    // Empty when it was broken off.
    [[nodiscard]] QByteArray readLine() const
    {
        QByteArray line;
        char byte = 0;
        while (::read(m_descriptor, &byte, 1) == 1 && byte != '\n') {
            if (byte == controlC || byte == controlBackslash)
                return {};
            line += byte;
        }
        return line;
    }

private:
    int m_descriptor;
    termios m_before{};
    bool m_isSilent = false;
};

} // namespace

std::optional<QString> askPassword(const QString &question)
{
    if (!isatty(STDIN_FILENO)) // a script must not hang on a question nobody sees
        return {};
    const SilentTerminal terminal;
    if (!terminal.isUsable())
        return {};
    terminal.write(question.toUtf8() + ": ");
    const QByteArray typed = terminal.readLine();
    terminal.write("\n");
    if (typed.isEmpty())
        return {};
    return QString::fromUtf8(typed);
}

} // namespace desk::ctl
