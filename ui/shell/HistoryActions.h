// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>

namespace desk {

class ChangeService;
class Theme;

// Undo and redo as actions that say what they would take back. GUI thread.
class HistoryActions : public QObject
{
    Q_OBJECT

public:
    HistoryActions(ChangeService &changes, Theme &theme, QObject *parent = nullptr);

    [[nodiscard]] QAction *undo() const { return m_undo; }
    [[nodiscard]] QAction *redo() const { return m_redo; }

private:
    void update();

    ChangeService &m_changes;
    QAction *m_undo;
    QAction *m_redo;
};

} // namespace desk
