// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordPublisher.h"
#include "models/store/WhenFinished.h"

#include "kafka/Publisher.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/DeskServices.h"

namespace desk {

RecordPublisher::RecordPublisher(const EntityType &entity, DeskServices &services, QObject *parent)
    : QObject(parent)
    , m_entity(entity)
    , m_services(services)
{ }

void RecordPublisher::publishList()
{
    const QString what = tr("the list of %1").arg(m_entity.plural.toLower());
    if (!begin(Verb::List, what))
        return;
    whenFinished(m_services.store.run([entity = &m_entity, catalog = m_services.catalog,
                                       brokers = m_services.workspace.brokers](Store &store) {
        return desk::publishList(store, *entity, brokers);
    }),
                 this,
                 [this, what](const Expected<qint64> &messages) { finish(Verb::List, what, messages); });
}

void RecordPublisher::publish(const QList<RecordId> &ids)
{
    const QString what = ids.size() == 1
        ? tr("%1 #%2").arg(m_entity.singular.toLower(), ids.constFirst())
        : tr("%1 %2").arg(groupedNumber(ids.size()), m_entity.plural.toLower());
    if (ids.isEmpty() || !begin(Verb::Get, what))
        return;
    whenFinished(m_services.store.run([entity = &m_entity, catalog = m_services.catalog,
                                       brokers = m_services.workspace.brokers, ids](Store &store) {
        return publishRecords(store, *entity, ids, brokers);
    }),
                 this, [this, what](const Expected<qint64> &messages) { finish(Verb::Get, what, messages); });
}

bool RecordPublisher::begin(Verb verb, const QString &what)
{
    if (m_isBusy)
        return false;
    const QString topicOfNotice = QStringLiteral("publish-") + m_entity.name;
    if (!m_services.workspace.brokers.isConfigured()) {
        Q_EMIT noticeRequested({Notice::Kind::Warning,
                                tr("This workspace has no broker to publish to."),
                                topicOfNotice,
                                {},
                                {}});
        return false;
    }
    if (m_entity.topics.value(verb).isEmpty()) {
        Q_EMIT noticeRequested({Notice::Kind::Warning,
                                tr("%1 have no topic for this.").arg(m_entity.plural),
                                topicOfNotice,
                                {},
                                {}});
        return false;
    }
    setBusy(true);
    Q_EMIT noticeRequested({Notice::Kind::Information,
                            tr("Publishing %1 to %2…").arg(what, m_entity.topics.value(verb)),
                            topicOfNotice,
                            {},
                            {}});
    return true;
}

void RecordPublisher::finish(Verb verb, const QString &what, const Expected<qint64> &messages)
{
    setBusy(false);
    const QString topicOfNotice = QStringLiteral("publish-") + m_entity.name;
    if (!messages) {
        Q_EMIT noticeRequested({Notice::Kind::Error,
                                tr("Publishing %1 failed: %2").arg(what, messages.error().sentence),
                                topicOfNotice,
                                {},
                                {}});
        return;
    }
    const QString count = *messages == 1 ? tr("one message")
                                         : tr("%1 messages").arg(groupedNumber(*messages));
    Q_EMIT noticeRequested({Notice::Kind::Success,
                            tr("Published %1 to %2 in %3.").arg(what, m_entity.topics.value(verb), count),
                            topicOfNotice,
                            {},
                            {}});
}

void RecordPublisher::setBusy(bool busy)
{
    m_isBusy = busy;
    Q_EMIT busyChanged();
}

} // namespace desk
