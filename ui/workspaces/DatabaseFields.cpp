// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/DatabaseFields.h"

#include "ui/shell/Theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <span>

namespace desk {

DatabaseFields::DatabaseFields(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_kind(new QComboBox(this))
    , m_port(new QSpinBox(this))
    , m_sslMode(new QComboBox(this))
    , m_file(new QWidget(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_kind->addItem(tr("PostgreSQL server"), static_cast<int>(DatabaseKind::PostgreSql));
    m_kind->addItem(tr("SQLite file"), static_cast<int>(DatabaseKind::Sqlite));
    m_form->addRow(tr("&Kind"), m_kind);
    addFile();
    m_url = addLine(tr("Paste a U&RL"), tr("postgresql://user@host/name – fills in the fields below"));
    m_host = addLine(tr("&Host"));
    m_port->setRange(1, 65535);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_form->addRow(tr("&Port"), m_port);
    m_name = addLine(tr("Data&base"));
    m_user = addLine(tr("&User"));
    m_password = addLine(tr("Pass&word"));
    m_password->setEchoMode(QLineEdit::Password);
    m_sslMode->addItem(tr("Verified for other computers, if offered on this one"), QString());
    m_sslMode->addItem(tr("Verified (verify-full)"), QStringLiteral("verify-full"));
    m_sslMode->addItem(tr("Verified without the host's name (verify-ca)"), QStringLiteral("verify-ca"));
    m_sslMode->addItem(tr("Encrypted only (require)"), QStringLiteral("require"));
    m_sslMode->addItem(tr("If offered (prefer)"), QStringLiteral("prefer"));
    m_sslMode->addItem(tr("None (disable)"), QStringLiteral("disable"));
    m_form->addRow(tr("&Encryption"), m_sslMode);
    for (QComboBox *box : {m_kind, m_sslMode}) {
        box->setAccessibleName(box == m_kind ? tr("Kind of database") : tr("Encryption"));
        connect(box, &QComboBox::currentIndexChanged, this, &DatabaseFields::edited);
    }
    connect(m_port, &QSpinBox::valueChanged, this, &DatabaseFields::edited);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &DatabaseFields::showKind);
    connect(m_url, &QLineEdit::textEdited, this, &DatabaseFields::readUrl);
    showKind();
}

QLineEdit *DatabaseFields::addLine(const QString &label, const QString &placeholder)
{
    auto *line = new QLineEdit(this);
    line->setPlaceholderText(placeholder);
    m_form->addRow(label, line);
    connect(line, &QLineEdit::textEdited, this, &DatabaseFields::edited);
    return line;
}

void DatabaseFields::addFile()
{
    auto *layout = new QHBoxLayout(m_file);
    layout->setContentsMargins(0, 0, 0, 0);
    m_path = new QLineEdit(m_file);
    m_path->setAccessibleName(tr("SQLite file"));
    auto *browse = new QPushButton(tr("Browse…"), m_file);
    browse->setToolTip(tr("Choose the SQLite file"));
    layout->addWidget(m_path, 1);
    layout->addWidget(browse);
    m_form->addRow(tr("&File"), m_file);
    connect(m_path, &QLineEdit::textEdited, this, &DatabaseFields::edited);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("SQLite file"), m_path->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave); // it need not exist
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            m_path->setText(path);
            Q_EMIT edited();
        });
        dialog->open();
    });
}

void DatabaseFields::readUrl(const QString &url)
{
    const Expected<DatabaseSettings> settings = DatabaseSettings::fromUrl(url.trimmed());
    Theme::setProperty(m_url, "invalid", !url.isEmpty() && !settings);
    m_url->setToolTip(settings || url.isEmpty() ? QString() : settings.error().sentence);
    if (!settings)
        return;
    setSettings(*settings);
    m_url->clear(); // it may hold a password
    Q_EMIT edited();
}

void DatabaseFields::setSettings(const DatabaseSettings &settings)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(settings.kind)));
    m_path->setText(settings.path);
    m_host->setText(settings.host);
    m_port->setValue(settings.port);
    m_name->setText(settings.name);
    m_user->setText(settings.user);
    m_password->setText(settings.password);
    m_sslMode->setCurrentIndex(qMax(0, m_sslMode->findData(settings.sslMode)));
}

DatabaseSettings DatabaseFields::settings() const
{
    DatabaseSettings settings;
    settings.kind = static_cast<DatabaseKind>(m_kind->currentData().toInt());
    if (settings.kind == DatabaseKind::Sqlite) {
        settings.path = m_path->text().trimmed();
        return settings;
    }
    settings.host = m_host->text().trimmed();
    settings.port = m_port->value();
    settings.name = m_name->text().trimmed();
    settings.user = m_user->text().trimmed();
    settings.password = m_password->text();
    settings.sslMode = m_sslMode->currentData().toString();
    return settings;
}

QString DatabaseFields::markMissing()
{
    const bool isFile = static_cast<DatabaseKind>(m_kind->currentData().toInt()) == DatabaseKind::Sqlite;
    const std::pair<QLineEdit *, QString> server[] = {{m_host, tr("Name the host of the database.")},
                                                      {m_name, tr("Name the database.")}};
    const std::pair<QLineEdit *, QString> file[] = {{m_path, tr("Name the file of the database.")}};
    QString sentence;
    for (const auto &[line, say] : isFile ? std::span<const std::pair<QLineEdit *, QString>>(file) : server) {
        const bool isMissing = sentence.isEmpty() && line->text().trimmed().isEmpty();
        Theme::setProperty(line, "invalid", isMissing);
        if (!isMissing)
            continue;
        sentence = say;
        line->setFocus();
        connect(
            line, &QLineEdit::textChanged, this,
            [line = line] { Theme::setProperty(line, "invalid", false); }, Qt::SingleShotConnection);
    }
    return sentence;
}

void DatabaseFields::showKind()
{
    const bool isFile = static_cast<DatabaseKind>(m_kind->currentData().toInt()) == DatabaseKind::Sqlite;
    for (int row = 1; row < m_form->rowCount(); ++row) {
        QWidget *field = m_form->itemAt(row, QFormLayout::FieldRole)->widget();
        const bool isShown = (field == m_file) == isFile;
        field->setVisible(isShown);
        m_form->labelForField(field)->setVisible(isShown);
    }
}

} // namespace desk
