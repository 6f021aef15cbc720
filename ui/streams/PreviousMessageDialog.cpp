// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PreviousMessageDialog.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int ProgressSteps = 1000;
constexpr int LookMilliseconds = 200;

} // namespace

PreviousMessageDialog::PreviousMessageDialog(const BrokerSettings &brokers, const StreamMessage &message,
                                             QWidget *parent)
    : QDialog(parent)
    , m_brokers(brokers)
    , m_message(message)
    , m_status(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_go(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Previous message of the key"));
    setMinimumWidth(480);
    build();
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &PreviousMessageDialog::showProgress);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_progress)
            m_progress->stop.request_stop();
        else
            start();
    });
    showReady();
}

PreviousMessageDialog::~PreviousMessageDialog()
{
    if (m_progress)
        m_progress->stop.request_stop();
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
    m_status->setObjectName(QStringLiteral("previousStatus"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(tr("How far the search has come"));
    m_go->setObjectName(QStringLiteral("previousGo"));
    m_go->setProperty("primary", true);
    m_go->setDefault(true);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_status, 1);
    foot->addWidget(close, 0, Qt::AlignBottom);
    foot->addWidget(m_go, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(question);
    layout->addStretch(1);
    layout->addWidget(m_bar);
    layout->addLayout(foot);
}

void PreviousMessageDialog::showReady()
{
    m_go->setText(m_progress ? tr("Cancel") : tr("Look for it"));
    m_bar->setVisible(m_progress != nullptr);
}

void PreviousMessageDialog::start()
{
    m_progress = std::make_shared<Progress>();
    const TaskProgress progress{[shared = m_progress](qint64 done, qint64 total) {
                                    shared->done = done;
                                    shared->total = total;
                                },
                                m_progress->stop.get_token()};
    whenFinished(QtConcurrent::run([progress, brokers = m_brokers, message = m_message] {
                     return findPreviousOfKey(brokers, message, progress);
                 }),
                 this, [this](const Expected<PreviousOfKey> &outcome) { finish(outcome); });
    m_timer.start();
    showReady();
    showProgress();
}

void PreviousMessageDialog::showProgress()
{
    const qint64 done = m_progress->done;
    const qint64 total = m_progress->total;
    m_bar->setRange(0, total > 0 ? ProgressSteps : 0);
    if (total > 0)
        m_bar->setValue(static_cast<int>(done * ProgressSteps / total));
    Theme::setProperty(m_status, "role", QStringLiteral("muted"));
    m_status->setText(total > 0 ? tr("%1 of %2 offsets passed").arg(groupedNumber(done), groupedNumber(total))
                                : tr("Looking…"));
}

void PreviousMessageDialog::finish(const Expected<PreviousOfKey> &outcome)
{
    m_timer.stop();
    m_progress.reset();
    showReady();
    if (outcome && outcome->message) {
        Q_EMIT found(*outcome->message);
        close();
        return;
    }
    Theme::setProperty(m_status, "role", outcome ? QStringLiteral("muted") : QStringLiteral("problem"));
    m_status->setText(outcome
                          ? tr("There is none. Messages looked at: %1.").arg(groupedNumber(outcome->lookedAt))
                          : outcome.error().sentence);
}

} // namespace desk
