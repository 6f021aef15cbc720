// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"

#include <QListWidget>

namespace desk {

struct DeskServices;

// What has happened to one record, newest first: who, when, and each column from what to what. GUI thread.
class RecordHistory : public QListWidget
{
    Q_OBJECT

public:
    static constexpr int MaximumEntries = 200;

    RecordHistory(const EntityType &entity, DeskServices &services, QWidget *parent);

    void setEntries(const QList<JournalEntry> &entries);

    // One line for each column that changed: label, before, after.
    struct Line {
        QString label;
        QString before;
        QString after;
    };
    [[nodiscard]] static QList<Line> linesOf(const EntityType &entity, const JournalEntry &entry);

private:
    const EntityType &m_entity;
};

} // namespace desk
