// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/ProduceDialog.h"

#include "kafka/EntityMessages.h"
#include "kafka/PayloadText.h"
#include "ui/parts/TabularText.h"
#include "ui/produce/HeaderTable.h"
#include "ui/produce/TopicField.h"
#include "ui/produce/ValueForm.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStackedWidget>

namespace desk {
namespace {

constexpr int TypingMilliseconds = 300;

InputFormat formatOf(ProduceDialog::ValueMode mode)
{
    if (mode == ProduceDialog::ValueMode::Json)
        return InputFormat::Json;
    return mode == ProduceDialog::ValueMode::Hex ? InputFormat::Hex : InputFormat::Text;
}

MessageSource sourceOf(const OutgoingMessage &message)
{
    return [message, isSent = false]() mutable -> Expected<std::optional<OutgoingMessage>> {
        if (std::exchange(isSent, true))
            return std::nullopt;
        return message;
    };
}

} // namespace

ProduceDialog::ProduceDialog(const BrokerSettings &brokers, const DecodingSources &decoding, QWidget *parent)
    : SendDialog(tr("Produce a message"), tr("Send"), brokers, parent)
    , m_sources(decoding)
    , m_catalog(decoding.catalog)
    , m_names(decoding.settings.sensitiveNames)
    , m_topic(new TopicField(*m_catalog, brokers, this))
    , m_partition(new QSpinBox(this))
    , m_keyMode(new QComboBox(this))
    , m_key(new QLineEdit(this))
    , m_valueMode(new QComboBox(this))
    , m_values(new QStackedWidget(this))
    , m_raw(new QPlainTextEdit(this))
    , m_note(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_headers(new HeaderTable(this))
{
    resize(640, 640);
    build();
    connect(m_topic, &QComboBox::editTextChanged, this, &ProduceDialog::useTopic);
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &ProduceDialog::settleTopic);
    connect(m_keyMode, &QComboBox::currentIndexChanged, this, &ProduceDialog::showModes);
    connect(m_valueMode, &QComboBox::currentIndexChanged, this, &ProduceDialog::showModes);
    if (m_sources.schemas) {
        m_sources.schemas->watch(this, [this] {
            QMetaObject::invokeMethod(this, &ProduceDialog::useShape, Qt::QueuedConnection);
        });
    }
    showModes();
    m_topic->setFocus();
}

ProduceDialog::~ProduceDialog()
{
    if (m_sources.schemas)
        m_sources.schemas->forgetWatcher(this);
}

void ProduceDialog::build()
{
    m_topic->setObjectName(QStringLiteral("produceTopic"));
    m_partition->setObjectName(QStringLiteral("producePartition"));
    m_partition->setAccessibleName(tr("Partition"));
    m_partition->setRange(-1, 1'000'000);
    m_partition->setSpecialValueText(tr("Automatic, by the key"));
    m_partition->setValue(-1);
    m_keyMode->setObjectName(QStringLiteral("produceKeyMode"));
    m_keyMode->setAccessibleName(tr("How the key is given"));
    addMode(m_keyMode, tr("Text"), int(KeyMode::Text));
    addMode(m_keyMode, tr("Hex"), int(KeyMode::Hex));
    addMode(m_keyMode, tr("No key"), int(KeyMode::None));
    m_key->setObjectName(QStringLiteral("produceKey"));
    m_key->setAccessibleName(tr("Key"));
    m_valueMode->setObjectName(QStringLiteral("produceValueMode"));
    m_valueMode->setAccessibleName(tr("How the value is given"));
    addMode(m_valueMode, tr("Text"), int(ValueMode::Text));
    addMode(m_valueMode, tr("JSON"), int(ValueMode::Json));
    addMode(m_valueMode, tr("Hex"), int(ValueMode::Hex));
    addMode(m_valueMode, tr("None (a tombstone)"), int(ValueMode::Tombstone));
    m_raw->setObjectName(QStringLiteral("produceValue"));
    m_raw->setAccessibleName(tr("Value"));
    m_raw->setTabChangesFocus(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_hint->setObjectName(QStringLiteral("produceHint"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setProperty("role", QStringLiteral("muted"));
    m_hint->hide();
    m_values->addWidget(m_raw);
    m_values->addWidget(m_note);

    auto *key = new QHBoxLayout;
    key->setSpacing(8);
    key->addWidget(m_keyMode);
    key->addWidget(m_key, 1);
    form().addRow(tr("&Topic"), m_topic);
    form().addRow(tr("&Partition"), m_partition);
    auto *keyLabel = new QLabel(tr("&Key"), this);
    keyLabel->setBuddy(m_key);
    form().addRow(keyLabel, key);
    form().addRow(tr("&Value"), m_valueMode);
    addWide(m_hint, 0);
    addWide(m_values, 1);
    addWide(m_headers, 0);
}

void ProduceDialog::addMode(QComboBox *modes, const QString &text, int mode)
{
    if (modes->findData(mode) < 0)
        modes->addItem(text, mode);
}

void ProduceDialog::setTopic(const QString &topic)
{
    m_topic->setTopic(topic);
    settleTopic();
}

ProduceDialog::ValueMode ProduceDialog::valueMode() const
{
    return ValueMode(m_valueMode->currentData().toInt());
}

void ProduceDialog::setValueMode(ValueMode mode)
{
    m_valueMode->setCurrentIndex(m_valueMode->findData(int(mode)));
}

ProduceDialog::KeyMode ProduceDialog::keyMode() const
{
    return KeyMode(m_keyMode->currentData().toInt());
}

void ProduceDialog::useTopic()
{
    const EntityCatalog::TopicUse use = m_catalog->forTopic(m_topic->topic());
    const bool isOther = use.entity != m_use.entity;
    m_use = use;
    if (isOther)
        useForm(use.entity);
    useVerb();
    m_typing.start();
    useShape();
}

// The registry is not asked for each beginning of a name that is being typed.
void ProduceDialog::settleTopic()
{
    m_typing.stop();
    m_settledTopic = m_topic->topic();
    useShape();
}

MessageShape::Found ProduceDialog::findShape(MessagePart part) const
{
    const QString topic = m_topic->topic();
    const QByteArray like = !m_original ? QByteArray()
        : part == MessagePart::Key      ? m_original->key
                                        : m_original->value;
    const DecodingRule *rule = m_sources.settings.ruleFor(topic, part);
    const bool isByFile = rule && rule->format == PayloadFormat::ProtoFile;
    if (m_use.entity || (like.isEmpty() && !isByFile && topic != m_settledTopic))
        return {};
    return MessageShape::find(m_sources, topic, like, part);
}

// Where no entity describes the topic's messages, a schema may.
void ProduceDialog::useShape()
{
    useKeyShape();
    const MessageShape::Found found = findShape(MessagePart::Value);
    m_shape = found.shape;
    m_hint->setText(found.isWaiting ? tr("The schema of this topic is being looked up.")
                        : found.reason.isEmpty()
                        ? QString()
                        : tr("%1 The value is sent as it is written here.").arg(found.reason));
    m_hint->setVisible(!m_hint->text().isEmpty());
    const int place = m_valueMode->findData(int(ValueMode::Fields));
    if (!m_shape) {
        m_valueMode->removeItem(place);
        return;
    }
    const QString title = tr("Fields of %1").arg(m_shape->name());
    if (place >= 0) {
        m_valueMode->setItemText(place, title);
    } else {
        m_valueMode->insertItem(0, title, int(ValueMode::Fields));
        if (!m_original && !isTyped())
            setValueMode(ValueMode::Fields);
    }
    showModes();
}

void ProduceDialog::useKeyShape()
{
    m_keyShape = findShape(MessagePart::Key).shape;
    const int place = m_keyMode->findData(int(KeyMode::Fields));
    if (!m_keyShape) {
        m_keyMode->removeItem(place);
        if (!m_keyOutline.isEmpty() && m_key->text() == m_keyOutline)
            m_key->clear();
        return;
    }
    const QString title = tr("Fields of %1").arg(m_keyShape->name());
    if (place >= 0)
        m_keyMode->setItemText(place, title);
    else
        m_keyMode->insertItem(0, title, int(KeyMode::Fields));
    if (m_original || (!m_key->text().isEmpty() && m_key->text() != m_keyOutline))
        return; // something of the operator's own
    m_keyOutline = m_keyShape->outline().simplified();
    m_key->setText(m_keyOutline);
    m_keyMode->setCurrentIndex(m_keyMode->findData(int(KeyMode::Fields)));
}

// A topic of one verb takes that; one for all takes deletions as well.
void ProduceDialog::useVerb()
{
    const bool canDelete = m_use.entity
        && (m_use.verb == Verb::Delete
            || (!m_use.verb && m_use.entity->topics.value(Verb::Delete) == m_topic->topic()));
    const bool canWrite = m_use.entity && m_use.verb != Verb::Delete;
    const auto offer = [this](bool isOffered, ValueMode mode, const QString &title) {
        const int place = m_valueMode->findData(int(mode));
        if (!isOffered)
            m_valueMode->removeItem(place);
        else if (place < 0)
            m_valueMode->insertItem(0, title, int(mode));
        else
            m_valueMode->setItemText(place, title);
    };
    const QString name = m_use.entity ? m_use.entity->singular : QString();
    const bool isByForm = valueMode() == ValueMode::Form || valueMode() == ValueMode::Deletion;
    offer(canDelete, ValueMode::Deletion, tr("Deletion: %1").arg(name));
    offer(canWrite, ValueMode::Form, tr("Form: %1").arg(name));
    const bool isKept = valueMode() == ValueMode::Form || valueMode() == ValueMode::Deletion;
    if (m_use.entity && isByForm && !isKept)
        setValueMode(canWrite ? ValueMode::Form : ValueMode::Deletion);
    showModes();
}

bool ProduceDialog::isTyped() const
{
    return !m_raw->toPlainText().isEmpty() && m_raw->toPlainText() != m_outline;
}

void ProduceDialog::fillOutline()
{
    if (!m_shape || isTyped())
        return;
    m_outline = m_shape->outline();
    m_raw->setPlainText(m_outline);
}

// The form is there for the topics of entities only.
void ProduceDialog::useForm(const EntityType *entity)
{
    delete std::exchange(m_form, nullptr);
    m_formPayload.clear();
    useVerb();
    if (!entity) {
        m_keyMode->removeItem(m_keyMode->findData(int(KeyMode::FromRecord)));
        return;
    }
    m_form = new ValueForm(*entity, m_names, this);
    m_form->setObjectName(QStringLiteral("produceForm"));
    m_values->addWidget(m_form);
    if (m_keyMode->findData(int(KeyMode::FromRecord)) < 0)
        m_keyMode->insertItem(0, tr("From the form"), int(KeyMode::FromRecord));
    if (!m_original) {
        setValueMode(m_use.verb == Verb::Delete ? ValueMode::Deletion : ValueMode::Form);
        m_keyMode->setCurrentIndex(m_keyMode->findData(int(KeyMode::FromRecord)));
    }
    showModes();
}

void ProduceDialog::showModes()
{
    m_key->setEnabled(keyMode() == KeyMode::Text || keyMode() == KeyMode::Hex
                      || keyMode() == KeyMode::Fields);
    if (m_form)
        m_form->setNeeded(valueMode() == ValueMode::Form ? ValueForm::Needed::Everything
                                                         : ValueForm::Needed::Identity);
    switch (valueMode()) {
    case ValueMode::Form:
    case ValueMode::Deletion:
        if (m_form)
            m_values->setCurrentWidget(m_form);
        break;
    case ValueMode::Tombstone:
        m_note->setText(
            tr("The message has a key and no value. Where a topic is compacted, it takes away the "
               "earlier messages with this key."));
        m_values->setCurrentWidget(m_note);
        break;
    case ValueMode::Unchanged:
        m_note->setText(
            tr("The %1 bytes of the message are sent again as they are. They hold what is not to be "
               "shown, or are too many to be typed.")
                .arg(groupedNumber(m_original ? m_original->value.size() : 0)));
        m_values->setCurrentWidget(m_note);
        break;
    case ValueMode::Fields:
        fillOutline();
        [[fallthrough]];
    default:
        m_raw->setPlaceholderText(valueMode() == ValueMode::Hex ? tr("0a 04 46 69 73 68") : QString());
        m_values->setCurrentWidget(m_raw);
    }
}

Expected<> ProduceDialog::readKey(OutgoingMessage &message)
{
    message.hasKey = keyMode() != KeyMode::None;
    if (keyMode() == KeyMode::Unchanged)
        message.key = m_original->key;
    if (keyMode() != KeyMode::Text && keyMode() != KeyMode::Hex && keyMode() != KeyMode::Fields)
        return {};
    const auto key = keyMode() == KeyMode::Fields
        ? m_keyShape->bytes(m_key->text(), m_original ? m_original->key : QByteArray())
        : bytesFromInput(keyMode() == KeyMode::Hex ? InputFormat::Hex : InputFormat::Text, m_key->text());
    if (!key) {
        m_key->setFocus();
        m_key->setCursorPosition(static_cast<int>(key.error().position));
        return failure(ErrorCode::InvalidValue, tr("The key: %1").arg(key.error().sentence));
    }
    message.key = *key;
    return {};
}

// Puts the cursor where the mistake is.
Expected<> ProduceDialog::readRaw(OutgoingMessage &message)
{
    message.hasValue = valueMode() != ValueMode::Tombstone;
    if (valueMode() == ValueMode::Tombstone)
        return {};
    if (valueMode() == ValueMode::Unchanged) {
        message.value = m_original->value;
        message.hasValue = m_original->hasValue;
        return {};
    }
    const auto value = valueMode() == ValueMode::Fields
        ? m_shape->bytes(m_raw->toPlainText(), m_original ? m_original->value : QByteArray())
        : bytesFromInput(formatOf(valueMode()), m_raw->toPlainText());
    if (!value) {
        QTextCursor cursor = m_raw->textCursor();
        cursor.setPosition(static_cast<int>(value.error().position));
        m_raw->setTextCursor(cursor);
        m_raw->setFocus();
        return failure(ErrorCode::InvalidValue, value.error().sentence);
    }
    message.value = *value;
    return {};
}

Expected<MessageSource> ProduceDialog::read()
{
    OutgoingMessage message;
    message.topic = m_topic->topic();
    if (message.topic.isEmpty())
        return failure(ErrorCode::InvalidValue, tr("Choose the topic."));
    message.partition = m_partition->value();
    message.headers = m_headers->headers();
    if (const Expected<> key = readKey(message); !key)
        return tl::make_unexpected(key.error());
    const bool isDeletion = valueMode() == ValueMode::Deletion;
    const bool isByForm = valueMode() == ValueMode::Form || isDeletion;
    if (!isByForm && keyMode() != KeyMode::FromRecord) {
        if (const Expected<> value = readRaw(message); !value)
            return tl::make_unexpected(value.error());
        return sourceOf(message);
    }
    const Expected<Record> record = m_form->record();
    if (!record)
        return tl::make_unexpected(record.error());
    if (!isByForm) {
        if (const Expected<> value = readRaw(message); !value)
            return tl::make_unexpected(value.error());
    }
    // Where one topic takes every verb, only this says that the record is gone.
    if (isDeletion) {
        message.headers.removeIf([](const MessageHeader &header) { return header.name == "operation"; });
        message.headers.append({"operation", verbText(Verb::Delete).toLatin1()});
    }
    const Verb verb = isDeletion ? Verb::Delete : m_use.verb.value_or(Verb::Add);
    // The registry is asked on the sending thread.
    return [message, record = *record, catalog = m_catalog, entity = m_use.entity, verb, brokers = brokers(),
            isByForm, original = m_formPayload, keysByRecord = keyMode() == KeyMode::FromRecord,
            isSent = false]() mutable -> Expected<std::optional<OutgoingMessage>> {
        if (std::exchange(isSent, true))
            return std::nullopt;
        EntityMessages messages(catalog, *entity, brokers, verb);
        if (keysByRecord)
            message.key = EntityMessages::keyOf(*entity, record);
        if (isByForm) {
            const Expected<QByteArray> value = messages.value(record, original);
            if (!value)
                return tl::make_unexpected(value.error());
            message.value = *value;
        }
        return message;
    };
}

void ProduceDialog::submit()
{
    Expected<MessageSource> source = read();
    if (!source) {
        showProblem(source.error().sentence);
        return;
    }
    begin(*std::move(source), {}, 1);
}

} // namespace desk
