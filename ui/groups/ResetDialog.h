// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/OffsetReset.h"
#include "ui/cluster/AdminDialog.h"

#include <QTimer>

class QComboBox;
class QDateTimeEdit;
class QTableView;

namespace desk {

class ResetTableModel;

// Moves a group's offsets: to the earliest or latest message, to a time, or to offsets typed per partition. Shows
// what that does to each partition before anything is done; what is shown is what is then set. A time is
// looked up by the owner: it answers timeWanted() with setOffsetsAt(). GUI thread.
class ResetDialog : public AdminDialog
{
    Q_OBJECT

public:
    ResetDialog(const QString &group, const QList<GroupPartition> &partitions, QWidget *parent);

    // The answer for `time`; one for a time that has been changed since is passed over.
    void setOffsetsAt(const QDateTime &time, const QMap<TopicPartition, qint64> &offsets);
    [[nodiscard]] QMap<TopicPartition, qint64> offsets() const;
    [[nodiscard]] QList<TopicPartition> places() const; // that can be asked

Q_SIGNALS:
    void timeWanted(const QDateTime &time);

private:
    [[nodiscard]] ResetTarget target() const;
    void chooseTarget();
    void askForTime();
    void plan();
    void showOutcome();

    QList<GroupPartition> m_partitions;
    QComboBox *m_target;
    QDateTimeEdit *m_time;
    ResetTableModel *m_model;
    QTableView *m_table;
    QTimer m_typingTimer; // a time is looked up when the typing pauses
    QMap<TopicPartition, qint64> m_typed;
    QMap<TopicPartition, qint64> m_atTime;
    bool m_hasTime = false; // m_atTime is of the time that stands in the field
};

} // namespace desk
