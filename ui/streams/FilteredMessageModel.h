// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageTableModel.h"

#include <QAbstractTableModel>
#include <QThreadPool>
#include <QTimer>

namespace desk {

// Those messages of a log in whose topic, key or summary a text is found, newest first. The log is searched
// in pieces on a thread of its own, the newest messages first, then whatever comes in; both how far back it
// looks and how many it keeps are bounded. GUI thread.
class FilteredMessageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr qint64 MaximumLookedBack = 200'000; // messages
    static constexpr int MaximumKept = 10'000;
    static constexpr qint64 PieceSize = 4'000;

    // The base shows the same log and outlives this one.
    FilteredMessageModel(MessageTableModel &base, std::shared_ptr<MessageLog> log,
                         std::shared_ptr<const EntityCatalog> catalog, QObject *parent = nullptr);
    ~FilteredMessageModel() override;

    // Empty: finds nothing and rests.
    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isSearching() const { return m_isRunning; }
    [[nodiscard]] qint64 logRow(int row) const { return m_rows.value(row, -1); }
    [[nodiscard]] int rowOf(qint64 logRow) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void searched(); // another piece

private:
    struct Searcher; // what the thread works with

    void searchNext();
    void searchPiece(qint64 first, qint64 end);
    void insertNewer(const QList<qint64> &found);
    void appendOlder(const QList<qint64> &found);
    void dropOld();

    MessageTableModel &m_base;
    std::shared_ptr<MessageLog> m_log;
    std::shared_ptr<Searcher> m_searcher;
    QThreadPool m_pool;
    QString m_text;
    QList<qint64> m_rows;      // of the log, descending
    qint64 m_searchedFrom = 0; // what has been searched: [from, to)
    qint64 m_searchedTo = 0;
    qint64 m_startedAt = 0;
    qint64 m_logGeneration = 0;
    quint64 m_generation = 0; // of the text
    bool m_isRunning = false;
    QTimer m_timer; // looks for new messages
};

} // namespace desk
