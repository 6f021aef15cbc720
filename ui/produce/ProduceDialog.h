// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageShape.h"
#include "ui/produce/SendDialog.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QStackedWidget;

namespace desk {

class HeaderTable;
class TopicField;
class ValueForm;

// One message, made by hand: for a topic of an entity by the fields of its description and framed as its contract
// says; where only a schema knows the message, as its JSON (see MessageShape); or raw as text, JSON or bytes. Or made from another message; what is sensitive in that is sent again as it
// is, and never shown. Tells where the message got to, and stays for the next one. GUI thread.
class ProduceDialog : public SendDialog
{
    Q_OBJECT

public:
    enum class ValueMode { Form, Fields, Text, Json, Hex, Tombstone, Unchanged };
    enum class KeyMode { FromRecord, Text, Hex, None, Unchanged };

    ProduceDialog(const BrokerSettings &brokers, const DecodingSources &decoding, QWidget *parent);
    ~ProduceDialog() override;

    void setTopic(const QString &topic);
    void setMessage(const StreamMessage &message, const DecodedMessage &decoded);

    [[nodiscard]] ValueMode valueMode() const;
    void setValueMode(ValueMode mode);
    [[nodiscard]] KeyMode keyMode() const;
    [[nodiscard]] ValueForm *valueForm() const { return m_form; } // null: the topic is no entity's

protected:
    void submit() override;

private:
    void build();
    void useTopic();
    void useForm(const EntityType *entity);
    void useShape();
    void fillOutline();
    [[nodiscard]] bool isTyped() const; // something of the operator's own
    void showModes();
    void fillKey(const DecodedMessage &decoded);
    void fillValue(const DecodedMessage &decoded);
    [[nodiscard]] bool fillForm(const DecodedMessage &decoded);
    [[nodiscard]] bool fillFields();
    [[nodiscard]] Expected<> readKey(OutgoingMessage &message);
    [[nodiscard]] Expected<> readRaw(OutgoingMessage &message);
    [[nodiscard]] Expected<MessageSource> read();

    DecodingSources m_sources;
    std::shared_ptr<const EntityCatalog> m_catalog;
    SensitiveNames m_names;
    std::optional<StreamMessage> m_original;
    EntityCatalog::TopicUse m_use; // of the topic that is chosen
    ValueForm *m_form = nullptr;
    std::optional<MessageShape> m_shape; // of its values, if it is no entity's
    QString m_outline;                   // that was put there
    TopicField *m_topic;
    QSpinBox *m_partition;
    QComboBox *m_keyMode;
    QLineEdit *m_key;
    QComboBox *m_valueMode;
    QStackedWidget *m_values;
    QPlainTextEdit *m_raw;
    QLabel *m_note;
    HeaderTable *m_headers;
};

} // namespace desk
