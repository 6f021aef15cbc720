// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace desk::fuzz {

// Ends the program, and with it the run, because a property does not hold.
[[noreturn]] void fail(const char *property, const QString &detail = {});

inline void require(bool holds, const char *property)
{
    if (!holds)
        fail(property);
}

// `detail` makes the text that is told with it.
template <typename Detail>
void require(bool holds, const char *property, Detail &&detail)
{
    if (!holds)
        fail(property, detail());
}

// What an operator is shown: words, a full stop or a question mark at the end, of bearable length.
void requireSentence(const QString &text);

// The bytes of an input. Those at the front choose what is tried, the rest is what it is tried on.
class Input
{
public:
    Input(const quint8 *data, size_t size) : m_bytes(data, qsizetype(size)) { }

    // Below `count`; 0 where nothing is left.
    [[nodiscard]] int choice(int count)
    {
        if (m_bytes.isEmpty())
            return 0;
        const int chosen = quint8(m_bytes.front()) % count;
        m_bytes = m_bytes.sliced(1);
        return chosen;
    }
    [[nodiscard]] QByteArrayView rest() const { return m_bytes; }

private:
    QByteArrayView m_bytes;
};

} // namespace desk::fuzz

// libFuzzer's entry, and the replay's.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
