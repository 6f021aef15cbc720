// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageTableModel.h"
#include "kafka/filter/MessageFilter.h"

#include <QAbstractTableModel>
#include <QThreadPool>
#include <QTimer>

#include <deque>

namespace desk {

// Those messages of a log that a filter holds for, newest first. The log is searched on a thread of its own,
// in pieces, so that what is found shows at once: the newest messages first, back to the oldest that the log
// holds, and whatever comes in meanwhile before everything else. What the log drops goes from here, too.
// GUI thread.
class FilteredMessageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    // How far the search has come. All but `found` count messages that the log still holds.
    struct Progress {
        qint64 lookedAt = 0;
        qint64 all = 0;
        qint64 found = 0;
        qint64 partlySeen = 0; // of those looked at: an expression takes too long on them

        [[nodiscard]] bool isComplete() const { return lookedAt == all; }
    };

    // Whether it has the columns of the fields that were chosen, too.
    enum class Fields { AsTheBase, None };

    // The base shows the same log, newest first, and outlives this one.
    FilteredMessageModel(MessageTableModel &base, std::shared_ptr<MessageLog> log,
                         std::shared_ptr<const EntityCatalog> catalog,
                         std::shared_ptr<const DescriptorSource> descriptors, QObject *parent = nullptr,
                         Fields fields = Fields::AsTheBase);
    ~FilteredMessageModel() override;

    void setFilter(const FilterNode &filter);
    // Searches anew, as other names may be sensitive now.
    void setDescriptors(std::shared_ptr<const DescriptorSource> descriptors);
    // Finds nothing and rests.
    void clearFilter();
    [[nodiscard]] bool hasFilter() const { return m_search != nullptr; }
    [[nodiscard]] Progress progress() const;
    // Why it finds less than it should; empty while all is well.
    [[nodiscard]] const QString &problem() const { return m_problem; }

    [[nodiscard]] qint64 logRow(int row) const;
    [[nodiscard]] int rowOf(qint64 logRow) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void searched(); // another piece

private:
    struct Search; // what the thread works with

    void followFields();
    void begin(std::shared_ptr<Search> search);
    void searchNext();
    void searchPiece(qint64 first, qint64 end);
    void take(const QList<qint64> &found, qint64 first, qint64 end);
    void insertNewer(const QList<qint64> &found);
    void appendOlder(const QList<qint64> &found);
    void dropOld();
    void rest();

    MessageTableModel &m_base;
    Fields m_fields;
    std::shared_ptr<MessageLog> m_log;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<const DescriptorSource> m_descriptors;
    QThreadPool m_pool;
    FilterNode m_filter;
    std::shared_ptr<Search> m_search; // null: no filter
    std::deque<qint64> m_rows;        // of the log, descending
    qint64 m_searchedFrom = 0;        // what has been searched: [from, to)
    qint64 m_searchedTo = 0;
    qint64 m_logGeneration = 0;
    bool m_isRunning = false;
    QString m_problem;
    qint64 m_partlySeen = 0;
    QTimer m_wakeTimer; // runs after the log has said that there is more
};

} // namespace desk
