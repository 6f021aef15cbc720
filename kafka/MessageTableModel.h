// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QTimer>

namespace desk {

// A MessageLog as a table, newest first or oldest first. Takes new ranges on a frame timer and decodes
// only the rows that are asked for. GUI thread.
class MessageTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { TimeColumn, TopicColumn, PartitionColumn, OffsetColumn, KeyColumn, OperationColumn, ValueColumn, SizeColumn, ColumnCount };
    enum Roles {
        OperationRole = Qt::UserRole + 1, // QString
        LogRowRole,                       // qint64: row in the log
        ProblemRole,                      // QString
    };
    enum class Order { NewestFirst, OldestFirst };

    MessageTableModel(std::shared_ptr<MessageLog> log, std::shared_ptr<const EntityCatalog> catalog,
                      Order order = Order::NewestFirst, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] StreamMessage message(int row) const;
    [[nodiscard]] DecodedMessage decoded(int row) const;

    // Take what has come since the last frame now; the timer does it otherwise.
    void update();

private:
    [[nodiscard]] qint64 logRow(int row) const;

    std::shared_ptr<MessageLog> m_log;
    mutable MessageDecoder m_decoder;
    Order m_order;
    qint64 m_first = 0; // the range of log rows shown
    qint64 m_end = 0;
    struct Shown {
        StreamMessage message;
        DecodedMessage decoded;
    };
    mutable QCache<qint64, Shown> m_shown;
    QTimer m_frameTimer;
};

} // namespace desk
