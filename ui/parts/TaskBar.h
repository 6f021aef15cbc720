// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace desk {

// One line on a page for long work: what is done, how far it is, and the way to stop it. Hidden while there is
// none. GUI thread.
class TaskBar : public QWidget
{
    Q_OBJECT

public:
    explicit TaskBar(QWidget *parent = nullptr);

    // Shows it, at the beginning.
    void begin(const QString &text);
    void setProgress(qsizetype done, qsizetype total);
    void end();

Q_SIGNALS:
    void cancelRequested();

private:
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
};

} // namespace desk
