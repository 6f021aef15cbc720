// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/ResetDialog.h"

#include "ui/groups/ResetTableModel.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHeaderView>
#include <QTableView>

namespace desk {

namespace {

constexpr int TypingPauseMilliseconds = 350;

} // namespace

ResetDialog::ResetDialog(const QString &group, const QList<GroupPartition> &partitions, QWidget *parent)
    : AdminDialog(tr("Reset %1").arg(group), tr("Reset"), parent)
    , m_partitions(partitions)
    , m_target(new QComboBox(this))
    , m_time(new QDateTimeEdit(QDateTime::currentDateTime().addSecs(-3600), this))
    , m_model(new ResetTableModel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("resetDialog"));
    resize(760, 480);
    m_target->setObjectName(QStringLiteral("resetTarget"));
    m_target->setAccessibleName(tr("Go on from"));
    m_target->addItem(tr("The earliest message that is there"), static_cast<int>(ResetTarget::Earliest));
    m_target->addItem(tr("The end: only what comes from now on"), static_cast<int>(ResetTarget::Latest));
    m_target->addItem(tr("A time"), static_cast<int>(ResetTarget::Time));
    m_target->addItem(tr("An offset for each partition"), static_cast<int>(ResetTarget::Offset));
    m_time->setObjectName(QStringLiteral("resetTime"));
    m_time->setAccessibleName(tr("Time"));
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setCalendarPopup(true);
    form().addRow(tr("&Go on from"), m_target);
    form().addRow(tr("&Time"), m_time);

    m_table->setObjectName(QStringLiteral("resetPreview"));
    m_table->setAccessibleName(tr("What the reset does"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::RowHeight);
    m_table->horizontalHeader()->resizeSection(ResetTableModel::PlaceColumn, 250);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    addWide(m_table, 1);

    m_typingTimer.setSingleShot(true);
    m_typingTimer.setInterval(TypingPauseMilliseconds);
    connect(&m_typingTimer, &QTimer::timeout, this, &ResetDialog::askForTime);
    connect(m_target, &QComboBox::currentIndexChanged, this, &ResetDialog::chooseTarget);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, [this] {
        m_hasTime = false;
        setReady(false);
        m_typingTimer.start();
    });
    connect(m_model, &ResetTableModel::chosenChanged, this, &ResetDialog::showOutcome);
    // After the editor has closed: the plan changes the rows it stands in.
    connect(
        m_model, &ResetTableModel::offsetTyped, this,
        [this](const TopicPartition &place, qint64 offset) {
            m_typed.insert(place, offset);
            plan();
        },
        Qt::QueuedConnection);
    chooseTarget();
}

ResetTarget ResetDialog::target() const
{
    return static_cast<ResetTarget>(m_target->currentData().toInt());
}

QList<TopicPartition> ResetDialog::places() const
{
    QList<TopicPartition> places;
    for (const GroupPartition &partition : m_partitions) {
        if (partition.high >= 0)
            places.append(partition.place);
    }
    return places;
}

void ResetDialog::chooseTarget()
{
    const bool isTime = target() == ResetTarget::Time;
    form().setRowVisible(m_time, isTime);
    setExplanation(target() == ResetTarget::Offset ? tr(
                       "Type the offsets into the column “Then”. Untick a partition to leave it as it is.")
                                                   : tr("Untick a partition to leave it as it is."));
    if (isTime && !m_hasTime)
        askForTime();
    else
        plan();
}

void ResetDialog::askForTime()
{
    setReady(false);
    Q_EMIT timeWanted(m_time->dateTime());
}

void ResetDialog::setOffsetsAt(const QDateTime &time, const QMap<TopicPartition, qint64> &offsets)
{
    if (time != m_time->dateTime())
        return;
    m_atTime = offsets;
    m_hasTime = true;
    if (target() == ResetTarget::Time)
        plan();
}

void ResetDialog::plan()
{
    const bool isTyping = target() == ResetTarget::Offset;
    m_model->setSteps(planReset(m_partitions, {target(), m_atTime, m_typed}),
                      isTyping ? ResetTableModel::Typing::On : ResetTableModel::Typing::Off);
}

void ResetDialog::showOutcome()
{
    const qsizetype count = offsets().size();
    setReady(count > 0 && (target() != ResetTarget::Time || m_hasTime));
    setVerb(count == 0       ? tr("Reset")
                : count == 1 ? tr("Reset 1 partition")
                             : tr("Reset %1 partitions").arg(groupedNumber(count)));
}

QMap<TopicPartition, qint64> ResetDialog::offsets() const
{
    return offsetsOf(m_model->chosen());
}

} // namespace desk
