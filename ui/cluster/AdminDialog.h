// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace desk {

// The frame of the dialogs that ask the cluster for something: an explanation, fields, and a foot where a refusal
// stands. It stays open until the cluster has done it, so that what was typed is not lost with a refusal. The
// owner connects submitted(), and calls finish() with what came of it. GUI thread; deletes itself when closed.
class AdminDialog : public QDialog
{
    Q_OBJECT

public:
    AdminDialog(const QString &title, const QString &verb, QWidget *parent);

    // Closes the dialog, or shows why not and lets the operator try again.
    void finish(const Expected<> &outcome);
    void showProblem(const QString &sentence);
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void submitted();

protected:
    void setExplanation(const QString &text);
    [[nodiscard]] QFormLayout &form() const { return *m_form; }
    // For what is no field, between the fields and the foot.
    void addWide(QWidget *widget, int stretch = 0);
    void setReady(bool isReady);
    void setVerb(const QString &verb);
    // Before it is submitted; a sentence keeps it from being.
    [[nodiscard]] virtual QString check() { return {}; }

private:
    void submit();
    void updateButton();

    QVBoxLayout *m_body;
    QLabel *m_explanation;
    QFormLayout *m_form;
    QLabel *m_problem;
    QPushButton *m_submit;
    bool m_isReady = true;
    bool m_isBusy = false;
};

} // namespace desk
