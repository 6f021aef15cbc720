// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageShape.h"
#include "ui/produce/SendDialog.h"

#include <QTimer>

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
// says, or a deletion of it; where only a schema knows the message, as its JSON (see MessageShape), for which the schema
// registry is asked, too; or raw as text, JSON or bytes. Or made from another message; what is sensitive in that is sent
// again as it is, and never shown, and so is what no description knows. Tells where the message got to, and stays for the next one. GUI thread.
class ProduceDialog : public SendDialog
{
    Q_OBJECT

public:
    enum class ValueMode { Form, Deletion, Fields, Text, Json, Hex, Tombstone, Unchanged };
    enum class KeyMode { FromRecord, Fields, Text, Hex, None, Unchanged };

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
    static void addMode(QComboBox *modes, const QString &text, int mode); // once
    void useTopic();
    void useForm(const EntityType *entity);
    void useVerb();
    void settleTopic();
    void useShape();
    void useKeyShape();
    [[nodiscard]] MessageShape::Found findShape(MessagePart part) const;
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
    QByteArray m_formPayload;            // of the message it was filled from
    std::optional<MessageShape> m_shape; // of its values, if it is no entity's
    QString m_outline;                   // that was put there
    std::optional<MessageShape> m_keyShape;
    QString m_keyOutline;
    QString m_settledTopic; // whose name is not being typed any more
    QTimer m_typing;
    TopicField *m_topic;
    QSpinBox *m_partition;
    QComboBox *m_keyMode;
    QLineEdit *m_key;
    QComboBox *m_valueMode;
    QStackedWidget *m_values;
    QPlainTextEdit *m_raw;
    QLabel *m_note;
    QLabel *m_hint; // what the registry said
    HeaderTable *m_headers;
};

} // namespace desk
