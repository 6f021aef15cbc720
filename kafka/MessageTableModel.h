// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/decoding/FieldPath.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>
#include <QTimer>

namespace desk {

// A MessageLog as a table, newest first or oldest first. Takes new ranges on a frame timer that rests while
// nothing comes, and decodes only the rows that are asked for. After the fixed columns come those of the fields that
// were chosen; what they need is decoded a frame's worth at a time, the rest with the next frames. Emits exact inserts
// and removes, and a reset only when the log was cleared. GUI thread.
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
        NumberRole,                       // bool: of a field's column, right-aligned
        MaskedRole,                       // bool: of a field's column
        WholeRole, // as DisplayRole, but a field's text at once; for copying and exports
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

    // A column for each of these fields; see FieldPath. Columns that stay keep their data, new ones stand last.
    void setFields(const QStringList &paths);
    [[nodiscard]] const QStringList &fields() const { return m_fields; } // from column ColumnCount on
    [[nodiscard]] int columnOf(const QString &field) const;              // -1: none
    // Fields of the newest messages, and header names; looks at so many messages, small ones only.
    [[nodiscard]] QStringList fieldsSeen(int messages) const;
    // How many messages have been decoded in whole for the sake of fields.
    [[nodiscard]] qint64 fieldDecodes() const { return m_fieldDecodes; }

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
        QList<FieldCell> cells; // of the fields; empty until one is asked for
    };
    enum class Urgency { Frame, Now };

    [[nodiscard]] qint64 logRow(int row) const;
    [[nodiscard]] Shown &shown(qint64 logRow) const;
    [[nodiscard]] QVariant fieldData(qint64 logRow, int field, int role) const;
    [[nodiscard]] bool readCells(qint64 logRow, Shown &shown, Urgency urgency) const;
    void forgetCells();
    void showNextCells();
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

    QStringList m_fields;
    mutable QSet<QString> m_numberFields; // whose values are numbers, as far as they were seen
    mutable bool m_isHeaderStale = false;
    mutable qsizetype m_frameBytes = 0; // of values decoded for fields in this frame
    mutable QSet<qint64> m_waiting;     // rows whose fields wait for the next
    mutable QTimer m_fieldTimer;
    mutable qint64 m_fieldDecodes = 0;
};

} // namespace desk
