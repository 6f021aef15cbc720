// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace desk {

// The part of a workspace's form that says how to reach its database: kind, then a file or a server, or a
// URL pasted whole. GUI thread.
class DatabaseFields : public QWidget
{
    Q_OBJECT

public:
    explicit DatabaseFields(QWidget *parent = nullptr);

    void setSettings(const DatabaseSettings &settings);
    [[nodiscard]] DatabaseSettings settings() const;
    // Marks the first empty field that a connection needs, and says what to do; empty: none is.
    [[nodiscard]] QString markMissing();

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QLineEdit *addLine(const QString &label, const QString &placeholder = {});
    void addFile();
    void readUrl(const QString &url);
    void showKind();

    QFormLayout *m_form;
    QComboBox *m_kind;
    QLineEdit *m_url;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_name;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QComboBox *m_sslMode;
    QWidget *m_file;
    QLineEdit *m_path = nullptr;
};

} // namespace desk
