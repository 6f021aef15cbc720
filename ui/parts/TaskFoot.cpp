// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TaskFoot.h"

#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace desk {
namespace {

constexpr int ProgressSteps = 1000;
constexpr int LookMilliseconds = 200;

} // namespace

TaskFoot::TaskFoot(const QString &name, const QString &go, const QString &progress, QWidget *parent)
    : QWidget(parent)
    , m_go(go)
    , m_status(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_button(new QPushButton(go, this))
{
    m_status->setObjectName(name + QStringLiteral("Status"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(progress);
    m_button->setObjectName(name + QStringLiteral("Go"));
    m_button->setProperty("primary", true);
    m_button->setDefault(true);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_status, 1);
    line->addWidget(close, 0, Qt::AlignBottom);
    line->addWidget(m_button, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar);
    layout->addLayout(line);

    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &TaskFoot::showProgress);
    connect(close, &QPushButton::clicked, this, &TaskFoot::closeRequested);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_shared)
            m_shared->stop.request_stop();
        else
            Q_EMIT started();
    });
    showReady();
}

TaskFoot::~TaskFoot()
{
    if (m_shared)
        m_shared->stop.request_stop();
}

void TaskFoot::setReady(bool isReady)
{
    m_isReady = isReady;
    showReady();
}

void TaskFoot::say(const QString &text)
{
    Theme::setProperty(m_status, "role", QStringLiteral("muted"));
    m_status->setText(text);
}

void TaskFoot::sayProblem(const QString &sentence)
{
    Theme::setProperty(m_status, "role", QStringLiteral("problem"));
    m_status->setText(sentence);
}

TaskProgress TaskFoot::begin()
{
    m_shared = std::make_shared<Shared>();
    m_timer.start();
    showReady();
    showProgress();
    return {[shared = m_shared](qint64 done, qint64 total) {
                shared->done = done;
                shared->total = total;
            },
            m_shared->stop.get_token()};
}

void TaskFoot::end()
{
    m_timer.stop();
    m_shared.reset();
    showReady();
}

void TaskFoot::showProgress()
{
    const qint64 done = m_shared->done;
    const qint64 total = m_shared->total;
    m_bar->setRange(0, total > 0 ? ProgressSteps : 0);
    if (total > 0)
        m_bar->setValue(static_cast<int>(done * ProgressSteps / total));
    Q_EMIT progressed(done, total);
}

void TaskFoot::showReady()
{
    m_button->setText(m_shared ? tr("Cancel") : m_go);
    m_button->setEnabled(m_shared || m_isReady);
    m_bar->setVisible(m_shared != nullptr);
}

} // namespace desk
