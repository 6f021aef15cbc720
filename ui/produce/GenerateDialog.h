// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GeneratedMessages.h"
#include "kafka/MessageDecoder.h"
#include "ui/produce/SendDialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QTreeWidget;

namespace desk {

class TopicField;

// Made-up messages of an entity, so many, at a rate: the first of them are shown before, with what is sensitive
// masked. They go to the topic and nowhere else. The seed is shown, since the same one makes the same messages. GUI
// thread.
class GenerateDialog : public SendDialog
{
    Q_OBJECT

public:
    static constexpr int Previewed = 3;

    GenerateDialog(const BrokerSettings &brokers, const DecodingSources &decoding, QWidget *parent);

    // By name, with records or without; one that is not there changes nothing.
    void setEntity(const QString &name);
    [[nodiscard]] const EntityType *entity() const; // null: the workspace has none

protected:
    void submit() override;

private:
    void build();
    void useEntity();
    void showPreview();
    void makeSeed();
    // Null: the seed is no number.
    [[nodiscard]] std::optional<GenerationRequest> request() const;

    std::shared_ptr<const EntityCatalog> m_catalog;
    SensitiveNames m_names;
    QComboBox *m_entity;
    TopicField *m_topic;
    QCheckBox *m_create;
    QSpinBox *m_count;
    QSpinBox *m_rate;
    QSpinBox *m_firstId;
    QLineEdit *m_seed;
    QTreeWidget *m_preview;
    QString m_suggestedTopic; // of the entity that was chosen last
};

} // namespace desk
