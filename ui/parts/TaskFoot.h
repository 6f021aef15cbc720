// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/WhenFinished.h"
#include "models/transfer/TaskProgress.h"

#include <QTimer>
#include <QWidget>
#include <QtConcurrentRun>

#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace desk {

// The foot of a dialog that does one long thing in the thread pool: what it says, how far it is, a button that begins it
// and cancels it while it runs, and one that closes. Cancels when it goes. GUI thread.
class TaskFoot : public QWidget
{
    Q_OBJECT

public:
    // `name` begins the object names: nameGo, nameStatus. `go` stands on the button.
    TaskFoot(const QString &name, const QString &go, const QString &progress, QWidget *parent);
    ~TaskFoot() override;

    [[nodiscard]] bool isRunning() const { return m_shared != nullptr; }
    // Whether there is enough to begin with.
    void setReady(bool isReady);
    void say(const QString &text);
    void sayProblem(const QString &sentence);

    // `work` takes a TaskProgress, on a thread of the pool, and captures values only; `finish` its result, here.
    template <typename Work, typename Finish>
    void run(Work work, Finish finish)
    {
        const TaskProgress progress = begin();
        whenFinished(QtConcurrent::run([work = std::move(work), progress] { return work(progress); }), this,
                     [this, finish = std::move(finish)](const auto &outcome) {
                         end();
                         finish(outcome);
                     });
    }

Q_SIGNALS:
    void started(); // the button was pressed
    void closeRequested();
    // Now and then while it runs; `total` is 0 until it is known.
    void progressed(qint64 done, qint64 total);

private:
    struct Shared {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> total = 0;
        std::stop_source stop;
    };

    [[nodiscard]] TaskProgress begin();
    void end();
    void showProgress();
    void showReady();

    QString m_go;
    std::shared_ptr<Shared> m_shared; // of what runs
    QTimer m_timer;
    bool m_isReady = true;
    QLabel *m_status;
    QProgressBar *m_bar;
    QPushButton *m_button;
};

} // namespace desk
