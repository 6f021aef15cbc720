// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/FigureQueue.h"

namespace desk {

void FigureQueue::begin(const QStringList &names)
{
    m_names = names;
    m_waiting = QSet<QString>(names.cbegin(), names.cend());
    m_next = 0;
    m_total = m_waiting.size();
}

QStringList FigureQueue::take(const QStringList &onScreen, qsizetype count)
{
    QStringList names;
    const auto takeName = [this, &names](const QString &name) {
        if (m_waiting.remove(name))
            names.append(name);
    };
    for (const QString &name : onScreen) {
        if (names.size() == count)
            return names;
        takeName(name);
    }
    for (; m_next < m_names.size() && names.size() < count; ++m_next)
        takeName(m_names.at(m_next));
    return names;
}

} // namespace desk
