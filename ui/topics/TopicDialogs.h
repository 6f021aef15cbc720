// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "ui/cluster/AdminDialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace desk {

// A new topic: its name, how many partitions and replicas, and what of its configuration differs from the
// broker's. Starts with what the workspace says of new topics. GUI thread.
class NewTopicDialog : public AdminDialog
{
    Q_OBJECT

public:
    NewTopicDialog(const BrokerSettings &brokers, QWidget *parent);

    [[nodiscard]] NewTopic topic() const;

protected:
    [[nodiscard]] QString check() override;

private:
    QLineEdit *m_name;
    QSpinBox *m_partitions;
    QSpinBox *m_replicas;
    QComboBox *m_cleanup;
    QComboBox *m_retention;
    QPlainTextEdit *m_further;
};

// More partitions for a topic. GUI thread.
class AddPartitionsDialog : public AdminDialog
{
    Q_OBJECT

public:
    AddPartitionsDialog(const QString &topic, int partitions, QWidget *parent);

    [[nodiscard]] int partitions() const; // in all

private:
    QSpinBox *m_partitions;
};

// One setting of a topic: a value of its own, or the broker's. GUI thread.
class SettingDialog : public AdminDialog
{
    Q_OBJECT

public:
    SettingDialog(const QString &topic, const ConfigurationEntry &entry, QWidget *parent);

    [[nodiscard]] ConfigurationChanges changes() const;

private:
    ConfigurationEntry m_entry;
    QComboBox *m_value;
    QCheckBox *m_asBroker;
};

// Reads "name = value" lines; InvalidValue names the first line that is none. Empty lines and those that begin
// with # are passed over.
[[nodiscard]] Expected<QMap<QString, QString>> settingsFromText(const QString &text);

} // namespace desk
