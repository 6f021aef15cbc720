// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/RedriveDialog.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"
#include "ui/produce/RedriveModel.h"
#include "ui/produce/TopicField.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFormLayout>

namespace desk {
namespace {

enum class Which { Chosen, Shown };

} // namespace

RedriveDialog::RedriveDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                             std::shared_ptr<MessageLog> log, Theme &theme, QWidget *parent)
    : SendDialog(tr("Send to another topic"), tr("Send"), brokers, parent)
    , m_log(std::move(log))
    , m_model(new RedriveModel(m_log, decoding, this))
    , m_which(new QComboBox(this))
    , m_topic(new TopicField(*decoding.catalog, brokers, this))
    , m_keepKey(new QCheckBox(tr("Keep the &keys"), this))
    , m_keepPartition(new QCheckBox(tr("Keep the &partition numbers"), this))
    , m_addOrigin(new QCheckBox(tr("Add &headers that say where each came from"), this))
    , m_table(new LineTable(theme, this))
{
    resize(900, 560);
    build();
    connect(m_which, &QComboBox::currentIndexChanged, this, &RedriveDialog::showMessages);
    connect(m_topic, &QComboBox::editTextChanged, this, &RedriveDialog::showTarget);
    connect(m_keepPartition, &QCheckBox::toggled, this, &RedriveDialog::showTarget);
    m_topic->setFocus();
}

void RedriveDialog::build()
{
    m_which->setObjectName(QStringLiteral("redriveWhich"));
    m_which->setAccessibleName(tr("Which messages"));
    m_topic->setObjectName(QStringLiteral("redriveTopic"));
    m_keepKey->setObjectName(QStringLiteral("redriveKeepKey"));
    m_keepKey->setChecked(true);
    m_keepPartition->setObjectName(QStringLiteral("redriveKeepPartition"));
    m_addOrigin->setObjectName(QStringLiteral("redriveAddOrigin"));
    m_addOrigin->setChecked(true);
    m_addOrigin->setToolTip(tr("redriven-from: topic/partition/offset, redriven-at: the time"));
    form().addRow(tr("&Messages"), m_which);
    form().addRow(tr("To &topic"), m_topic);
    auto *choices = new QHBoxLayout;
    choices->setSpacing(16);
    choices->addWidget(m_keepKey);
    choices->addWidget(m_keepPartition);
    choices->addWidget(m_addOrigin);
    choices->addStretch(1);
    form().addRow(QString(), choices);
    m_table->setAccessibleName(tr("What goes where"));
    m_table->setModel(m_model);
    m_table->setColumns({LineColumn::Text, LineColumn::Number, LineColumn::Monospace, LineColumn::Muted,
                         LineColumn::Number, LineColumn::Text},
                        {210, 80, 80, 200, 70, 210}, RedriveModel::ValueColumn);
    addWide(m_table, 1);
}

void RedriveDialog::setMessages(const QList<qint64> &chosen, const QList<qint64> &shown)
{
    m_chosen = chosen;
    m_shown = shown;
    {
        const QSignalBlocker blocker(m_which);
        m_which->clear();
        if (!chosen.isEmpty())
            m_which->addItem(chosen.size() == 1
                                 ? tr("The chosen message")
                                 : tr("The %n chosen messages", nullptr, static_cast<int>(chosen.size())),
                             int(Which::Chosen));
        m_which->addItem(shown.size() < MostMessages
                             ? tr("All %n messages that are shown", nullptr, static_cast<int>(shown.size()))
                             : tr("The newest %1 of those that are shown").arg(groupedNumber(MostMessages)),
                         int(Which::Shown));
    }
    showMessages();
}

void RedriveDialog::setTarget(const QString &topic)
{
    m_topic->setTopic(topic);
}

void RedriveDialog::showMessages()
{
    m_model->setRows(Which(m_which->currentData().toInt()) == Which::Chosen ? m_chosen : m_shown);
    setVerb(tr("Send %1").arg(groupedNumber(m_model->messages().size())));
    showTarget();
}

void RedriveDialog::showTarget()
{
    const QString topic = m_topic->topic();
    m_model->setTarget(topic.isEmpty() || m_keepPartition->isChecked() ? topic
                                                                       : tr("%1, by the key").arg(topic));
    setExplanation(
        m_model->hasTopic(topic)
            ? tr("Some of these messages come from %1 itself: who reads it will see them twice.").arg(topic)
            : tr("Each message is sent as it was read, bytes and headers unchanged. The messages "
                 "stay where they are."));
}

void RedriveDialog::submit()
{
    const QString topic = m_topic->topic();
    if (topic.isEmpty()) {
        showProblem(tr("Choose the topic to send to."));
        m_topic->setFocus();
        return;
    }
    if (m_model->messages().isEmpty()) {
        showProblem(tr("There is no message to send."));
        return;
    }
    begin(
        [log = m_log, messages = m_model->messages(), next = qsizetype(0), topic,
         keepsKey = m_keepKey->isChecked(), keepsPartition = m_keepPartition->isChecked(),
         addsOrigin = m_addOrigin->isChecked(),
         at = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1()]() mutable
        -> Expected<std::optional<OutgoingMessage>> {
            if (next == messages.size())
                return std::nullopt;
            const ChosenMessage &chosen = messages[next++];
            const StreamMessage read = log->message(chosen.logRow);
            if (read.topic != chosen.topic || read.partition != chosen.partition
                || read.offset != chosen.offset)
                return failure(ErrorCode::NotFound,
                               tr("The message %1/%2 at offset %3 is no longer kept here: the rest was not "
                                  "sent. Pause the stream and choose again.")
                                   .arg(chosen.topic)
                                   .arg(chosen.partition)
                                   .arg(chosen.offset));
            OutgoingMessage message;
            message.topic = topic;
            message.partition = keepsPartition ? read.partition : -1;
            message.hasKey = keepsKey && read.hasKey;
            message.key = message.hasKey ? read.key : QByteArray();
            message.hasValue = read.hasValue;
            message.value = read.value;
            message.headers = read.headers;
            if (addsOrigin) {
                message.headers.append({"redriven-from",
                                        QStringLiteral("%1/%2/%3")
                                            .arg(read.topic)
                                            .arg(read.partition)
                                            .arg(read.offset)
                                            .toUtf8()});
                message.headers.append({"redriven-at", at});
            }
            return message;
        },
        {}, m_model->messages().size());
}

} // namespace desk
