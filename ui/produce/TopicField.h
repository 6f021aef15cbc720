// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QComboBox>

namespace desk {

class EntityCatalog;

// Where a topic is typed or chosen: the catalog's, and the cluster's as soon as it has told them. GUI thread.
class TopicField : public QComboBox
{
    Q_OBJECT

public:
    TopicField(const EntityCatalog &catalog, const BrokerSettings &brokers, QWidget *parent);

    [[nodiscard]] QString topic() const { return currentText().trimmed(); }
    void setTopic(const QString &topic) { setEditText(topic); }

private:
    void addTopics(const QStringList &topics);
};

} // namespace desk
