// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QAbstractTableModel>

namespace desk {

// A message of the log as it was when it was chosen: a row that means another one by then is not it.
struct ChosenMessage {
    qint64 logRow = -1;
    QString topic;
    qint32 partition = 0;
    qint64 offset = 0;
};

// What goes where, before it goes. Keys and values as they may be shown, decoded for the rows that are looked at.
// GUI thread.
class RedriveModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { FromColumn, OffsetColumn, KeyColumn, ValueColumn, SizeColumn, ToColumn, ColumnCount };

    RedriveModel(std::shared_ptr<MessageLog> log, DecodingSources decoding, QObject *parent);

    void setRows(const QList<qint64> &logRows); // of the log; those no longer there are left out
    void setTarget(const QString &target);      // what the last column says
    [[nodiscard]] const QList<ChosenMessage> &messages() const { return m_messages; }
    [[nodiscard]] bool hasTopic(const QString &topic) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<MessageDecoder> m_decoder;
    QList<ChosenMessage> m_messages;
    QString m_target;
};

} // namespace desk
