// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/BrokerFields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace desk {

BrokerFields::BrokerFields(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_embedded(new QCheckBox(tr("A broker &inside the program (for trying out)"), this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Kind"), m_embedded);
    m_servers = addLine(tr("&Servers"), tr("host:9092,host:9092 – empty: changes wait"));
    m_protocol = addChoice(tr("Se&curity"), tr("As the mechanism needs"),
                           {QStringLiteral("PLAINTEXT"), QStringLiteral("SSL"),
                            QStringLiteral("SASL_PLAINTEXT"), QStringLiteral("SASL_SSL")});
    m_mechanism = addChoice(tr("&Mechanism"), tr("None"),
                            {QStringLiteral("PLAIN"), QStringLiteral("SCRAM-SHA-256"),
                             QStringLiteral("SCRAM-SHA-512"), QStringLiteral("OAUTHBEARER")});
    m_user = addLine(tr("User"));
    m_password = addLine(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_registry = addLine(tr("Schema re&gistry"), tr("https://registry.example – or empty"));
    m_partitions = addCount(tr("Par&titions"), 10'000,
                            tr("Of topics that are created because they are missing"));
    m_replicas = addCount(tr("Rep&licas"), 100, tr("Of topics that are created because they are missing"));
    m_readOnly = new QCheckBox(tr("&Only read: nothing is sent, created, changed or deleted there"), this);
    m_readOnly->setObjectName(QStringLiteral("brokersReadOnly"));
    m_readOnly->setToolTip(
        tr("For looking at a cluster that is not to be touched. Records are edited as ever; their "
           "changes wait to be published, and nothing is taken in."));
    m_form->addRow(tr("Access"), m_readOnly);
    connect(m_readOnly, &QCheckBox::toggled, this, &BrokerFields::edited);
    connect(m_embedded, &QCheckBox::toggled, this, [this] {
        updateEnabled();
        Q_EMIT edited();
    });
    connect(m_mechanism, &QComboBox::currentIndexChanged, this, &BrokerFields::updateEnabled);
    updateEnabled();
}

QLineEdit *BrokerFields::addLine(const QString &label, const QString &placeholder)
{
    auto *line = new QLineEdit(this);
    line->setPlaceholderText(placeholder);
    m_form->addRow(label, line);
    connect(line, &QLineEdit::textEdited, this, &BrokerFields::edited);
    return line;
}

QComboBox *BrokerFields::addChoice(const QString &label, const QString &automatic, const QStringList &choices)
{
    auto *box = new QComboBox(this);
    box->addItem(automatic, QString());
    for (const QString &choice : choices)
        box->addItem(choice, choice);
    m_form->addRow(label, box);
    connect(box, &QComboBox::currentIndexChanged, this, &BrokerFields::edited);
    return box;
}

QSpinBox *BrokerFields::addCount(const QString &label, int maximum, const QString &toolTip)
{
    auto *count = new QSpinBox(this);
    count->setRange(1, maximum);
    count->setToolTip(toolTip);
    m_form->addRow(label, count);
    connect(count, &QSpinBox::valueChanged, this, &BrokerFields::edited);
    return count;
}

void BrokerFields::setSettings(const BrokerSettings &settings)
{
    m_embedded->setChecked(settings.embedded);
    m_servers->setText(settings.bootstrapServers);
    m_protocol->setCurrentIndex(qMax(0, m_protocol->findData(settings.securityProtocol)));
    m_mechanism->setCurrentIndex(qMax(0, m_mechanism->findData(settings.saslMechanism)));
    m_user->setText(settings.saslUser);
    m_password->setText(settings.saslPassword);
    m_registry->setText(settings.registryUrl);
    m_partitions->setValue(settings.partitions);
    m_replicas->setValue(settings.replicas);
    m_readOnly->setChecked(settings.readOnly);
    m_properties = settings.properties;
    updateEnabled();
}

BrokerSettings BrokerFields::settings() const
{
    BrokerSettings settings;
    settings.embedded = m_embedded->isChecked();
    if (!settings.embedded) {
        settings.bootstrapServers = m_servers->text().trimmed();
        settings.securityProtocol = m_protocol->currentData().toString();
        settings.saslMechanism = m_mechanism->currentData().toString();
        settings.saslUser = m_user->text().trimmed();
        settings.saslPassword = m_password->text();
        settings.readOnly = m_readOnly->isChecked();
    }
    settings.registryUrl = m_registry->text().trimmed();
    settings.partitions = m_partitions->value();
    settings.replicas = m_replicas->value();
    settings.properties = m_properties;
    return settings;
}

void BrokerFields::updateEnabled()
{
    const bool isRemote = !m_embedded->isChecked();
    // The broker inside the program is reached without any of these.
    for (QWidget *field : std::initializer_list<QWidget *>{m_servers, m_protocol, m_mechanism, m_user,
                                                           m_password, m_replicas, m_readOnly})
        m_form->setRowVisible(field, isRemote);
    const bool signsIn = isRemote && !m_mechanism->currentData().toString().isEmpty();
    m_user->setEnabled(signsIn);
    m_password->setEnabled(signsIn);
}

} // namespace desk
