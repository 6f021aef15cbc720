// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TaskBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace desk {

TaskBar::TaskBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Stop"), this))
{
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(220);
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setToolTip(tr("Stop after what is being done now"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 6);
    layout->setSpacing(10);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addStretch(1);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelRequested();
    });
    hide();
}

void TaskBar::begin(const QString &text)
{
    m_text->setText(text);
    m_progress->setRange(0, 0);
    m_cancel->setEnabled(true);
    show();
}

void TaskBar::setProgress(qsizetype done, qsizetype total)
{
    // A single step has no middle: the bar only says that something goes on.
    m_progress->setRange(0, total > 1 ? static_cast<int>(total) : 0);
    m_progress->setValue(static_cast<int>(done));
}

void TaskBar::end()
{
    hide();
}

} // namespace desk
