// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QMessageBox;

namespace desk {

class ChangeService;
class MainWindow;

// Stands between the operator and the end of a window: nothing that was typed goes without a question, and
// nothing that is on its way to the database is left in the dark. GUI thread.
class LeavingGuard : public QObject
{
    Q_OBJECT

public:
    // Both outlive this.
    LeavingGuard(MainWindow &window, const ChangeService &changes);

    // Runs `leave` once nothing can be lost, or the operator has said that it may be: at once, when the
    // changes under way are committed, after a question, or never. A later call takes the place of an
    // earlier one that waits.
    void leave(std::function<void()> leave);
    // Something waits for changes under way.
    [[nodiscard]] bool isWaiting() const { return m_isWaiting; }

Q_SIGNALS:
    // What is waited for, or why it cannot be left yet; empty once that is over.
    void waiting(const QString &sentence);

private:
    [[nodiscard]] QStringList unsavedWork() const;
    void go();
    void askAboutUnsaved(const QStringList &work);
    void askAboutPending();
    void waitForPending();
    QMessageBox *question(const QString &title, const QString &text);

    MainWindow &m_window;
    const ChangeService &m_changes;
    std::function<void()> m_leave;
    bool m_isWaiting = false;
    bool m_isAsking = false;
};

} // namespace desk
