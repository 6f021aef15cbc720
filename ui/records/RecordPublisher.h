// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"
#include "ui/shell/Notice.h"

#include <QObject>

namespace desk {

struct DeskServices;

// "Publish list" and "publish selected": puts records on their list and get topics on demand, and says how
// that went. The work runs on the database thread. GUI thread.
class RecordPublisher : public QObject
{
    Q_OBJECT

public:
    RecordPublisher(const EntityType &entity, DeskServices &services, QObject *parent);

    void publishList();
    void publish(const QList<RecordId> &ids);
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void noticeRequested(const desk::Notice &notice);
    void busyChanged();

private:
    // True if it may begin; says so.
    bool begin(Verb verb, const QString &what);
    void finish(Verb verb, const QString &what, const Expected<qint64> &messages);
    void setBusy(bool busy);

    const EntityType &m_entity;
    DeskServices &m_services;
    bool m_isBusy = false;
};

} // namespace desk
