// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"

#include <QHash>
#include <QListWidget>
#include <QTimer>

namespace desk {

struct DeskServices;

// What has happened to one record, newest first: who, when, and each column from what to what, references by
// the names they have today. Asks for it a moment after it is told to, and drops late answers. GUI thread.
class RecordHistory : public QListWidget
{
    Q_OBJECT

public:
    static constexpr int MaximumEntries = 200;

    RecordHistory(const EntityType &entity, DeskServices &services, QWidget *parent);

    void showRecord(const RecordId &id); // also: again; empty: none

    // One line for each column that changed: label, before, after.
    struct Line {
        QString label;
        QString before;
        QString after;
    };
    // Names of records, by entity and id.
    using Names = QHash<std::pair<QString, RecordId>, QString>;
    [[nodiscard]] static QList<Line> linesOf(const EntityType &entity, const JournalEntry &entry,
                                             const Names &names = {});

Q_SIGNALS:
    void newestLoaded(const QString &author, const QDateTime &at);

private:
    void load();
    void fetchNames();
    void fill();

    const EntityType &m_entity;
    DeskServices &m_services;
    RecordId m_id;
    QList<JournalEntry> m_history;
    Names m_names;
    quint64 m_generation = 0;
    QTimer m_timer;
};

} // namespace desk
