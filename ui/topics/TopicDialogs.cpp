// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicDialogs.h"

#include "ui/topics/TopicTableModel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace desk {

namespace {

constexpr int MaximumPartitions = 10'000;

QStringList choicesOf(const ConfigurationEntry &entry)
{
    static const QMap<QString, QStringList> known{
        {QStringLiteral("cleanup.policy"),
         {QStringLiteral("delete"), QStringLiteral("compact"), QStringLiteral("compact,delete")}},
        {QStringLiteral("compression.type"),
         {QStringLiteral("producer"), QStringLiteral("uncompressed"), QStringLiteral("gzip"),
          QStringLiteral("snappy"), QStringLiteral("lz4"), QStringLiteral("zstd")}},
        {QStringLiteral("message.timestamp.type"),
         {QStringLiteral("CreateTime"), QStringLiteral("LogAppendTime")}},
    };
    const QString usual = entry.defaultValue.value_or(entry.value);
    if (usual == QLatin1String("true") || usual == QLatin1String("false"))
        return {QStringLiteral("true"), QStringLiteral("false")};
    return known.value(entry.name);
}

QSpinBox *newCount(int least, int most, int value, const QString &name, QWidget *parent)
{
    auto *count = new QSpinBox(parent);
    count->setRange(least, most);
    count->setValue(value);
    count->setAccessibleName(name);
    return count;
}

} // namespace

Expected<QMap<QString, QString>> settingsFromText(const QString &text)
{
    QMap<QString, QString> settings;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(QLatin1Char('#')))
            continue;
        const qsizetype equals = trimmed.indexOf(QLatin1Char('='));
        const QString name = trimmed.left(std::max<qsizetype>(0, equals)).trimmed();
        if (name.isEmpty())
            return failure(
                ErrorCode::InvalidValue,
                NewTopicDialog::tr("“%1” is no setting: write name = value, one a line.").arg(trimmed));
        settings.insert(name, trimmed.mid(equals + 1).trimmed());
    }
    return settings;
}

NewTopicDialog::NewTopicDialog(const BrokerSettings &brokers, QWidget *parent)
    : AdminDialog(tr("New topic"), tr("Create"), parent)
    , m_name(new QLineEdit(this))
    , m_partitions(newCount(1, MaximumPartitions, brokers.partitions, tr("Partitions"), this))
    , m_replicas(newCount(1, 100, brokers.replicas, tr("Replicas"), this))
    , m_cleanup(new QComboBox(this))
    , m_retention(new QComboBox(this))
    , m_further(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("newTopicDialog"));
    m_name->setObjectName(QStringLiteral("topicName"));
    m_partitions->setObjectName(QStringLiteral("topicPartitions"));
    m_further->setObjectName(QStringLiteral("topicSettings"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(249);
    m_cleanup->setAccessibleName(tr("Cleanup"));
    m_cleanup->addItem(tr("As the broker has it"), QString());
    m_cleanup->addItem(tr("Delete what is old"), QStringLiteral("delete"));
    m_cleanup->addItem(tr("Keep the newest message of each key (compact)"), QStringLiteral("compact"));
    m_cleanup->addItem(tr("Both"), QStringLiteral("compact,delete"));
    m_retention->setAccessibleName(tr("Retention"));
    m_retention->addItem(tr("As the broker has it"), QString());
    constexpr qint64 Hour = 60;
    for (const qint64 minutes : {Hour, 24 * Hour, 7 * 24 * Hour, 30 * 24 * Hour})
        m_retention->addItem(retentionText(minutes), QString::number(minutes * 60'000));
    m_retention->addItem(retentionText(-1), QStringLiteral("-1"));
    m_further->setPlaceholderText(tr("max.message.bytes = 2000000"));
    m_further->setAccessibleName(tr("Further settings"));
    m_further->setTabChangesFocus(true);
    m_further->setFixedHeight(84);
    form().addRow(tr("&Name"), m_name);
    form().addRow(tr("&Partitions"), m_partitions);
    form().addRow(tr("&Replicas"), m_replicas);
    form().addRow(tr("&Cleanup"), m_cleanup);
    form().addRow(tr("Re&tention"), m_retention);
    form().addRow(tr("&Further settings"), m_further);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &name) { setReady(!name.trimmed().isEmpty()); });
    setReady(false);
    m_name->setFocus();
}

QString NewTopicDialog::check()
{
    const auto settings = settingsFromText(m_further->toPlainText());
    return settings ? QString() : settings.error().sentence;
}

NewTopic NewTopicDialog::topic() const
{
    NewTopic topic;
    topic.name = m_name->text().trimmed();
    topic.partitions = m_partitions->value();
    topic.replicas = m_replicas->value();
    topic.configuration = settingsFromText(m_further->toPlainText()).value_or(QMap<QString, QString>{});
    if (const QString policy = m_cleanup->currentData().toString(); !policy.isEmpty())
        topic.configuration.insert(QStringLiteral("cleanup.policy"), policy);
    if (const QString retention = m_retention->currentData().toString(); !retention.isEmpty())
        topic.configuration.insert(QStringLiteral("retention.ms"), retention);
    return topic;
}

AddPartitionsDialog::AddPartitionsDialog(const QString &topic, int partitions, QWidget *parent)
    : AdminDialog(tr("Add partitions to %1").arg(topic), tr("Add"), parent)
    , m_partitions(newCount(partitions + 1, MaximumPartitions, partitions + 1, tr("Partitions in all"), this))
{
    setObjectName(QStringLiteral("addPartitionsDialog"));
    m_partitions->setObjectName(QStringLiteral("partitionsInAll"));
    setExplanation(
        tr("The topic has %1 partitions. They cannot be taken away again, and from now on a key may go "
           "to another partition than before: its older messages stay where they are, so its order "
           "is not kept over the change.")
            .arg(partitions));
    form().addRow(tr("&Partitions in all"), m_partitions);
    m_partitions->setFocus();
    m_partitions->selectAll();
}

int AddPartitionsDialog::partitions() const
{
    return m_partitions->value();
}

SettingDialog::SettingDialog(const QString &topic, const ConfigurationEntry &entry, QWidget *parent)
    : AdminDialog(tr("Setting of %1").arg(topic), tr("Change"), parent)
    , m_entry(entry)
    , m_value(new QComboBox(this))
    , m_asBroker(new QCheckBox(this))
{
    setObjectName(QStringLiteral("settingDialog"));
    m_value->setObjectName(QStringLiteral("settingValue"));
    m_asBroker->setObjectName(QStringLiteral("settingAsBroker"));
    m_value->setEditable(true);
    m_value->addItems(choicesOf(entry));
    m_value->setEditText(entry.value);
    m_value->setAccessibleName(entry.name);
    m_asBroker->setText(entry.defaultValue && !entry.isSensitive
                            ? tr("As the &broker has it: %1").arg(*entry.defaultValue)
                            : tr("As the &broker has it"));
    m_asBroker->setChecked(!entry.isOverride());
    form().addRow(entry.name, m_value);
    form().addRow(QString(), m_asBroker);
    connect(m_value, &QComboBox::editTextChanged, this, [this] { m_asBroker->setChecked(false); });
    connect(m_asBroker, &QCheckBox::toggled, this, [this](bool isOn) {
        if (!isOn || !m_entry.defaultValue)
            return;
        const QSignalBlocker blocker(m_value);
        m_value->setEditText(*m_entry.defaultValue);
    });
    m_value->setFocus();
    m_value->lineEdit()->selectAll();
}

ConfigurationChanges SettingDialog::changes() const
{
    if (m_asBroker->isChecked())
        return {{m_entry.name, std::nullopt}};
    return {{m_entry.name, m_value->currentText().trimmed()}};
}

} // namespace desk
