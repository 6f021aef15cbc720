// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"
#include "ui/shell/Notice.h"

#include <QFrame>

class QAction;
class QLabel;
class QTableView;

namespace desk {

class Theme;

// Above the journal while it has refused events: how many, and what the operator may do with those selected
// in the table (or, to try again, with all). Hidden otherwise. GUI thread.
class RefusedBar : public QFrame
{
    Q_OBJECT

public:
    // `table` shows a JournalTableModel or a filter of one; its model is set. `author` goes on record with
    // each decision.
    RefusedBar(StoreClient &store, const QString &author, Theme &theme, QTableView &table,
               QWidget *parent = nullptr);

    void setPublishing(const PublishingState &publishing);

    [[nodiscard]] QAction *retryAction() const { return m_retry; }
    [[nodiscard]] QAction *dropAction() const { return m_drop; }

Q_SIGNALS:
    void noticeRequested(const desk::Notice &notice);

private:
    void layOut();
    void updateActions();
    void retry();
    void askToDrop();
    void drop(const QList<qint64> &positions);
    void finish(const Expected<qint64> &count);
    [[nodiscard]] QList<qint64> selectedRefused() const;

    StoreClient &m_store;
    QString m_author;
    QTableView &m_table;
    QLabel *m_sentence;
    QAction *m_retry;
    QAction *m_drop;
    QList<qint64> m_refused; // positions, by the newest publishing state
};

} // namespace desk
