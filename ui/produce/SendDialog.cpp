// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/SendDialog.h"

#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace desk {
namespace {

constexpr int ProgressSteps = 1000;
constexpr int FailuresHeight = 110;

} // namespace

SendDialog::SendDialog(const QString &title, const QString &verb, const BrokerSettings &brokers,
                       QWidget *parent)
    : QDialog(parent)
    , m_brokers(brokers)
    , m_task(new SendTask(brokers, this))
    , m_verb(verb)
    , m_body(new QVBoxLayout)
    , m_explanation(new QLabel(this))
    , m_form(new QFormLayout)
    , m_progress(new QProgressBar(this))
    , m_status(new QLabel(this))
    , m_failures(new QTreeWidget(this))
    , m_send(new QPushButton(verb, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("role", QStringLiteral("muted"));
    m_explanation->hide();
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the sending is"));
    m_progress->hide();
    m_status->setObjectName(QStringLiteral("sendStatus"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_failures->setObjectName(QStringLiteral("sendFailures"));
    m_failures->setAccessibleName(tr("Messages that were not taken"));
    m_failures->setHeaderLabels({tr("Message"), tr("Topic"), tr("Why it was not taken")});
    m_failures->headerItem()->setTextAlignment(0, Qt::AlignRight | Qt::AlignVCenter);
    m_failures->setRootIsDecorated(false);
    m_failures->setUniformRowHeights(true);
    m_failures->setMaximumHeight(FailuresHeight);
    m_failures->header()->resizeSection(1, 180);
    m_failures->hide();
    m_send->setObjectName(QStringLiteral("sendMessages"));
    m_send->setProperty("primary", true);
    m_send->setDefault(true);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);

    m_body->setSpacing(10);
    m_body->addWidget(m_explanation);
    m_body->addLayout(m_form);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_status, 1);
    foot->addWidget(close, 0, Qt::AlignBottom);
    foot->addWidget(m_send, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_failures);
    layout->addWidget(m_progress);
    layout->addLayout(foot);

    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_task->isRunning())
            m_task->cancel();
        else
            submit();
    });
    connect(m_task, &SendTask::progressed, this, &SendDialog::showCounts);
    connect(m_task, &SendTask::finished, this, &SendDialog::showBusy);
    if (const Expected<> allowed = mayWriteTo(m_brokers); !allowed) {
        m_send->setEnabled(false);
        m_send->setToolTip(allowed.error().sentence);
        showProblem(allowed.error().sentence);
    }
}

void SendDialog::begin(MessageSource source, const SendOptions &options, qint64 total)
{
    m_total = total;
    showProblem({});
    m_task->start(std::move(source), options);
    showBusy();
    showCounts();
}

void SendDialog::showBusy()
{
    const bool isRunning = m_task->isRunning();
    m_send->setText(isRunning ? tr("Cancel") : m_verb);
    m_progress->setVisible(isRunning);
    showCounts();
}

void SendDialog::showCounts()
{
    const SendReport &report = m_task->report();
    const qint64 answered = report.acknowledged + report.failed;
    m_progress->setRange(0, m_total > 0 ? ProgressSteps : 0);
    if (m_total > 0)
        m_progress->setValue(static_cast<int>(answered * ProgressSteps / m_total));
    const bool isProblem = report.failed > 0 || report.stopped;
    Theme::setProperty(m_status, "role", isProblem ? QStringLiteral("problem") : QStringLiteral("muted"));
    m_status->setText(outcomeText());
    showFailures();
}

QString SendDialog::outcomeText() const
{
    const SendReport &report = m_task->report();
    QStringList sentences;
    if (report.sent > 0 || m_task->isRunning()) {
        QStringList counts{tr("%1 sent").arg(groupedNumber(report.sent)),
                           tr("%1 acknowledged").arg(groupedNumber(report.acknowledged)),
                           tr("%1 failed").arg(groupedNumber(report.failed))};
        if (!m_task->isRunning() && report.unanswered() > 0)
            counts.append(tr("%1 without an answer").arg(groupedNumber(report.unanswered())));
        sentences.append(counts.join(QStringLiteral(" · ")) + u'.');
    }
    if (report.isCancelled)
        sentences.append(tr("Cancelled: the rest was not sent."));
    if (report.acknowledged > 0)
        sentences.append((report.acknowledged == 1 ? tr("It is in %1, partition %2, offset %3.")
                                                   : tr("The last one is in %1, partition %2, offset %3."))
                             .arg(report.topic)
                             .arg(report.partition)
                             .arg(report.offset));
    if (report.stopped)
        sentences.append(report.stopped->sentence);
    else if (!report.failures.isEmpty())
        sentences.append(report.failures.first().reason);
    return sentences.join(u' ');
}

void SendDialog::showFailures()
{
    const QList<SendFailure> &failures = m_task->report().failures;
    if (failures.size() < m_failures->topLevelItemCount())
        m_failures->clear();
    for (qsizetype row = m_failures->topLevelItemCount(); row < failures.size(); ++row) {
        auto *item = new QTreeWidgetItem(m_failures);
        item->setText(0, QString::number(failures[row].index + 1));
        item->setTextAlignment(0, Qt::AlignRight | Qt::AlignVCenter);
        item->setText(1, failures[row].topic);
        item->setText(2, failures[row].reason);
        item->setToolTip(2, failures[row].reason);
    }
    m_failures->setVisible(failures.size() > 1);
}

void SendDialog::showProblem(const QString &sentence)
{
    Theme::setProperty(m_status, "role", QStringLiteral("problem"));
    m_status->setText(sentence);
}

void SendDialog::setExplanation(const QString &text)
{
    m_explanation->setText(text);
    m_explanation->setVisible(!text.isEmpty());
}

void SendDialog::setVerb(const QString &verb)
{
    m_verb = verb;
    if (!m_task->isRunning())
        m_send->setText(verb);
}

void SendDialog::addWide(QWidget *widget, int stretch)
{
    m_body->addWidget(widget, stretch);
}

QString SendDialog::status() const
{
    return m_status->text();
}

} // namespace desk
