// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordStates.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace desk {

struct DeskServices;

// The head of a form: which record this is, "#24 · version 8 · changed by maria, 2 min ago", and how far its
// newest change has come. GUI thread.
class RecordFormHeader : public QWidget
{
    Q_OBJECT

public:
    RecordFormHeader(const EntityType &entity, DeskServices &services, QWidget *parent);

    void showRecord(const Record &record);
    void showNew();
    void showNothing();
    // Who made the record what it is, and when.
    void showLastChange(const QString &author, const QDateTime &at);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString meta() const;

private:
    void updateMeta();
    void updateState();

    const EntityType &m_entity;
    DeskServices &m_services;
    QLabel *m_title;
    QLabel *m_meta;
    QLabel *m_state;
    RecordId m_id;
    qint64 m_version = 0;
    QString m_author;
    QDateTime m_at;
    QTimer m_minutes; // "2 min ago" grows old
};

} // namespace desk
