// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QTimer>

namespace desk {

// A MessageLog as a table, newest first or oldest first. Takes new ranges on a frame timer that rests while
// nothing comes, and decodes only the rows that are asked for. Emits exact inserts and removes, and a reset
// only when the log was cleared. GUI thread.
class MessageTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns {
        TimeColumn,
        TopicColumn,
        PartitionColumn,
        OffsetColumn,
        KeyColumn,
        OperationColumn,
        ValueColumn,
        SizeColumn,
        ColumnCount
    };
    enum Roles {
        OperationRole = Qt::UserRole + 1, // QString
        LogRowRole,                       // qint64: row in the log
        ProblemRole,                      // QString
    };
    enum class Order { NewestFirst, OldestFirst };

    MessageTableModel(std::shared_ptr<MessageLog> log, std::shared_ptr<const EntityCatalog> catalog,
                      Order order = Order::NewestFirst, QObject *parent = nullptr);
    MessageTableModel(std::shared_ptr<MessageLog> log, DecodingSources sources,
                      Order order = Order::NewestFirst, QObject *parent = nullptr);
    ~MessageTableModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] StreamMessage message(int row) const;
    [[nodiscard]] DecodedMessage decoded(int row) const; // with its fields
    // The row of the table that shows a row of the log; -1: none (dropped, or not taken yet).
    [[nodiscard]] int rowOf(qint64 logRow) const;

    // One sensitive value in the clear; see MessageDecoder::reveal().
    [[nodiscard]] Expected<QString> reveal(const StreamMessage &message, MessagePart part,
                                           const NodePath &path) const
    {
        return m_decoder->reveal(message, part, path);
    }

    [[nodiscard]] const DecodingSources &decodingSources() const { return m_decoder->sources(); }
    // What is shown is decoded again.
    void setDecoding(const DecodingSettings &settings);

    // Take what has come since the last frame now; the timer does it otherwise.
    void update();

Q_SIGNALS:
    // A schema has come or cannot be had, or there are other rules: what was decoded may read otherwise now.
    void decodingChanged();

private:
    // What a row shows, kept for as long as it is likely to be painted again.
    struct Shown {
        StreamMessage message; // without its value
        qsizetype valueSize = 0;
        DecodedMessage decoded;
    };

    [[nodiscard]] qint64 logRow(int row) const;
    [[nodiscard]] const Shown &shown(qint64 logRow) const;
    [[nodiscard]] QVariant text(const Shown &shown, int column) const;
    void removeDropped(qint64 first);
    void insertNew(qint64 end);
    void rest();
    void decodeAgain();

    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<MessageDecoder> m_decoder;
    Order m_order;
    MessageLog::Range m_range; // the log rows shown
    mutable QCache<qint64, Shown> m_shown;
    QTimer m_frameTimer;
};

} // namespace desk
