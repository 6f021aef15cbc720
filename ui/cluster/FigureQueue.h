// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QStringList>

namespace desk {

// Which rows of a long list are to be asked about next: those on the screen first, wherever the operator has
// scrolled to by then, and then the others. A value of the GUI thread.
class FigureQueue
{
public:
    // Begins a new round; what was left of the last one is forgotten.
    void begin(const QStringList &names);
    void clear() { begin({}); }
    // Takes up to `count`.
    [[nodiscard]] QStringList take(const QStringList &onScreen, qsizetype count);
    // How many of the round have been taken.
    [[nodiscard]] qsizetype taken() const { return m_total - m_waiting.size(); }
    [[nodiscard]] qsizetype total() const { return m_total; }

private:
    QStringList m_names;
    QSet<QString> m_waiting;
    qsizetype m_next = 0; // before it nothing waits
    qsizetype m_total = 0;
};

} // namespace desk
