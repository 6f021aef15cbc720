// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace desk {

// The part of a workspace's form that says how to reach its brokers and its schema registry, and how topics
// are created. GUI thread.
class BrokerFields : public QWidget
{
    Q_OBJECT

public:
    explicit BrokerFields(QWidget *parent = nullptr);

    void setSettings(const BrokerSettings &settings);
    [[nodiscard]] BrokerSettings settings() const;

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QLineEdit *addLine(const QString &label, const QString &placeholder = {});
    [[nodiscard]] QComboBox *addChoice(const QString &label, const QString &automatic,
                                       const QStringList &choices);
    [[nodiscard]] QSpinBox *addCount(const QString &label, int maximum, const QString &toolTip);
    void updateEnabled();

    QFormLayout *m_form;
    QCheckBox *m_embedded;
    QLineEdit *m_servers;
    QComboBox *m_protocol;
    QComboBox *m_mechanism;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_registry;
    QSpinBox *m_partitions;
    QSpinBox *m_replicas;
    QCheckBox *m_readOnly;
    QMap<QString, QString> m_properties; // not shown; kept as they are
};

} // namespace desk
