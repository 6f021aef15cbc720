// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PreviousMessageDialog.h"

#include "ui/parts/TabularText.h"
#include "ui/parts/TaskFoot.h"

#include <QLabel>
#include <QVBoxLayout>

namespace desk {

PreviousMessageDialog::PreviousMessageDialog(const BrokerSettings &brokers, const StreamMessage &message,
                                             QWidget *parent)
    : QDialog(parent)
    , m_brokers(brokers)
    , m_message(message)
    , m_foot(new TaskFoot(QStringLiteral("previous"), tr("Look for it"), tr("How far the search has come"),
                          this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Previous message of the key"));
    setMinimumWidth(480);
    build();
    connect(m_foot, &TaskFoot::started, this, &PreviousMessageDialog::start);
    connect(m_foot, &TaskFoot::closeRequested, this, &QDialog::reject);
    connect(m_foot, &TaskFoot::progressed, this, [this](qint64 done, qint64 total) {
        m_foot->say(total > 0 ? tr("%1 of %2 offsets passed").arg(groupedNumber(done), groupedNumber(total))
                              : tr("Looking…"));
    });
}

bool PreviousMessageDialog::isRunning() const
{
    return m_foot->isRunning();
}

void PreviousMessageDialog::build()
{
    auto *question = new QLabel(
        tr("No earlier message with this key is kept here. The broker may still have it: "
           "look through partition %1 of %2, from offset %3 back?")
            .arg(m_message.partition)
            .arg(m_message.topic, groupedNumber(m_message.offset)),
        this);
    question->setObjectName(QStringLiteral("previousQuestion"));
    question->setTextFormat(Qt::PlainText);
    question->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(question);
    layout->addStretch(1);
    layout->addWidget(m_foot);
}

void PreviousMessageDialog::start()
{
    m_foot->run([brokers = m_brokers, message = m_message](
                    const TaskProgress &progress) { return findPreviousOfKey(brokers, message, progress); },
                [this](const Expected<PreviousOfKey> &outcome) { finish(outcome); });
}

void PreviousMessageDialog::finish(const Expected<PreviousOfKey> &outcome)
{
    if (!outcome) {
        m_foot->sayProblem(outcome.error().sentence);
    } else if (outcome->message) {
        Q_EMIT found(*outcome->message);
        close();
    } else {
        m_foot->say(tr("There is none. Messages looked at: %1.").arg(groupedNumber(outcome->lookedAt)));
    }
}

} // namespace desk
