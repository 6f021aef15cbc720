// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/TopicField.h"

#include "kafka/TopicAdmin.h"
#include "models/store/WhenFinished.h"
#include "ui/streams/TopicChooser.h"

#include <QCompleter>
#include <QtConcurrentRun>

namespace desk {

TopicField::TopicField(const EntityCatalog &catalog, const BrokerSettings &brokers, QWidget *parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    setAccessibleName(tr("Topic"));
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    addTopics(TopicChooser::catalogTopics(catalog));
    setEditText({});
    if (!brokers.isConfigured())
        return;
    whenFinished(QtConcurrent::run([brokers] { return TopicAdmin(brokers).cluster(); }), this,
                 [this](const Expected<ClusterInfo> &cluster) {
                     if (!cluster) // sending will tell
                         return;
                     QStringList topics;
                     for (const TopicInfo &topic : cluster->topics) {
                         if (!topic.isInternal)
                             topics.append(topic.name);
                     }
                     addTopics(topics);
                 });
}

void TopicField::addTopics(const QStringList &topics)
{
    const QString typed = currentText();
    const QSignalBlocker blocker(this);
    QStringList all = topics;
    for (int index = 0; index < count(); ++index)
        all.append(itemText(index));
    all.removeDuplicates();
    all.sort();
    clear();
    addItems(all);
    setEditText(typed);
}

} // namespace desk
