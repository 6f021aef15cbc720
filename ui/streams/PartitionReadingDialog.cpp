// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PartitionReadingDialog.h"

#include "kafka/StreamSession.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"
#include "ui/streams/PartitionReadingModel.h"
#include "ui/streams/StreamProgressText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace desk {
namespace {

constexpr int RefreshMilliseconds = 500;

} // namespace

PartitionReadingDialog::PartitionReadingDialog(const StreamSession &session, Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_model(new PartitionReadingModel(this))
    , m_summary(new QLabel(this))
    , m_table(new LineTable(theme, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Partitions of the live stream"));
    resize(820, 420);
    m_summary->setObjectName(QStringLiteral("partitionSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Partitions"));
    m_table->setColumns({LineColumn::Text, LineColumn::Number, LineColumn::Number, LineColumn::Number,
                         LineColumn::Number, LineColumn::Number, LineColumn::Number, LineColumn::Chip},
                        {180, 70, 84, 84, 84, 84, 64, 190}, PartitionReadingModel::TopicColumn);
    auto *close = new QPushButton(tr("Close"), this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);
    m_timer.setInterval(RefreshMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &PartitionReadingDialog::refresh);
    m_timer.start();
    refresh();
    m_table->setFocus();
}

void PartitionReadingDialog::refresh()
{
    m_model->setPartitions(m_session.partitions());
    const StreamProgress progress = m_session.progress();
    if (m_session.state() == StreamSession::State::Away)
        m_summary->setText(m_session.error().sentence);
    else if (progress.partitions + progress.waiting == 0)
        m_summary->setText(tr("No partition is known yet."));
    else
        m_summary->setText(progressText(progress) + u'.');
    Theme::setProperty(m_summary, "role",
                       m_session.state() == StreamSession::State::Away ? QStringLiteral("problem")
                                                                       : QStringLiteral("muted"));
}

} // namespace desk
