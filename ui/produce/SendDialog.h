// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/SendTask.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace desk {

// The frame of the dialogs that send messages: an explanation, what to send, and a foot with the counts of what
// was sent, acknowledged and refused, the refusals with their reasons, and the button that sends or cancels. It
// stays open, so that more can be sent; closing it cancels. GUI thread; deletes itself when closed.
class SendDialog : public QDialog
{
    Q_OBJECT

public:
    SendDialog(const QString &title, const QString &verb, const BrokerSettings &brokers, QWidget *parent);

    [[nodiscard]] const SendTask &task() const { return *m_task; }
    [[nodiscard]] QString status() const;

protected:
    // Collects what is to be sent and calls begin(), or showProblem().
    virtual void submit() = 0;
    // `total` 0: not known.
    void begin(MessageSource source, const SendOptions &options, qint64 total);
    void showProblem(const QString &sentence); // empty: none
    void setExplanation(const QString &text);
    void setVerb(const QString &verb);
    [[nodiscard]] QFormLayout &form() const { return *m_form; }
    [[nodiscard]] const BrokerSettings &brokers() const { return m_brokers; }
    void addWide(QWidget *widget, int stretch);

private:
    void showCounts();
    void showFailures();
    void showBusy();
    [[nodiscard]] QString outcomeText() const;

    BrokerSettings m_brokers;
    SendTask *m_task;
    QString m_verb;
    qint64 m_total = 0;
    QVBoxLayout *m_body;
    QLabel *m_explanation;
    QFormLayout *m_form;
    QProgressBar *m_progress;
    QLabel *m_status;
    QTreeWidget *m_failures;
    QPushButton *m_send;
};

} // namespace desk
