// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace desk {

// The line above the messages that says how many are pinned, lets them be shown, and says why one could not be
// pinned. Takes no room while there is nothing to say. GUI thread.
class PinnedBand : public QWidget
{
    Q_OBJECT

public:
    // Buttons for these actions.
    PinnedBand(const QList<QAction *> &actions, QWidget *parent);

    // Bytes of keys, values and headers.
    void setPinned(qint64 messages, qint64 bytes, bool areShown);
    void showProblem(const QString &sentence); // until the next setPinned()

private:
    void updateVisible();

    QLabel *m_text;
    QLabel *m_problem;
    qint64 m_messages = 0;
};

} // namespace desk
