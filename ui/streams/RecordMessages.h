// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QTableView;

namespace desk {

class EmptyState;
class FilteredMessageModel;
class StreamPanel;
class Theme;

// The messages about one record among those that the live stream keeps, newest first, for a tab of the record's
// form; and the way to all that its topics still have. Looks for them only while it is seen. GUI thread.
class RecordMessages : public QWidget
{
    Q_OBJECT

public:
    // The stream outlives it, or goes with it.
    RecordMessages(const EntityType &entity, StreamPanel &stream, Theme &theme, QWidget *parent);

    void setRecord(const QString &id); // empty: none
    [[nodiscard]] QTableView &table() const { return *m_table; }
    [[nodiscard]] QAction *searchAction() const { return m_search; } // its topics, whole

    // Finds what is about the record: by its key, or by the id in the value where messages have no key.
    [[nodiscard]] static QString filterFor(const EntityType &entity, const QString &id);

Q_SIGNALS:
    void countChanged(qint64 count); // -1: not known
    void messageRequested(qint64 logRow);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void look();
    void showState();
    void searchTopics();

    const EntityType &m_entity;
    StreamPanel &m_stream;
    QPointer<FilteredMessageModel> m_model; // the stream's
    QString m_id;
    QTimer m_timer; // one who walks down a table does not look for every row's messages
    QTableView *m_table;
    EmptyState *m_empty;
    QLabel *m_note;
    QAction *m_search;
};

} // namespace desk
