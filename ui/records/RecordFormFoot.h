// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace desk {

class ChangeService;

// What stands under a form's fields: why it could not be saved, Save, Discard, and Undo with the step that it
// would take back. GUI thread.
class RecordFormFoot : public QWidget
{
    Q_OBJECT

public:
    RecordFormFoot(QAction &save, QAction &discard, ChangeService &changes, QWidget *parent);

    void setProblem(const QString &sentence); // empty: none
    [[nodiscard]] QString problem() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateUndo();

    ChangeService &m_changes;
    QLabel *m_problem;
    QPushButton *m_save;
    QPushButton *m_discard;
    QPushButton *m_undo;
};

} // namespace desk
