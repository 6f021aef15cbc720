// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/MessageExportDialog.h"

#include "kafka/PayloadText.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TaskFoot.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace desk {
namespace {

enum class Which { Chosen, Shown, Topics };
enum class What { Everything, Columns };
constexpr qsizetype LongestNames = 60; // characters

} // namespace

MessageExportDialog::MessageExportDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                                         std::shared_ptr<MessageLog> log, QWidget *parent)
    : QDialog(parent)
    , m_brokers(brokers)
    , m_decoding(decoding)
    , m_log(std::move(log))
    , m_generation(m_log->range().generation)
    , m_which(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_what(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_foot(new TaskFoot(QStringLiteral("export"), tr("Export"), tr("How far the export is"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export messages"));
    setMinimumWidth(560);
    build();
    connect(m_format, &QComboBox::currentIndexChanged, this, &MessageExportDialog::offerColumns);
    connect(m_what, &QComboBox::activated, this, [this] { m_areColumnsChosen = true; });
    connect(m_path, &QLineEdit::textChanged, this, &MessageExportDialog::showReady);
    connect(m_foot, &TaskFoot::started, this, &MessageExportDialog::start);
    connect(m_foot, &TaskFoot::closeRequested, this, &QDialog::reject);
    connect(m_foot, &TaskFoot::progressed, this,
            [this](qint64 done) { m_foot->say(tr("%1 messages written").arg(groupedNumber(done))); });
    showReady();
}

bool MessageExportDialog::isRunning() const
{
    return m_foot->isRunning();
}

void MessageExportDialog::build()
{
    auto *explanation = new QLabel(tr("What is sensitive is masked in the file, too."), this);
    explanation->setProperty("role", QStringLiteral("muted"));
    m_which->setObjectName(QStringLiteral("exportWhich"));
    m_which->setAccessibleName(tr("Which messages"));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    m_format->addItem(tr("JSON lines (.jsonl)"), int(ExportFormat::JsonLines));
    m_format->addItem(tr("CSV (.csv)"), int(ExportFormat::Csv));
    m_what->setObjectName(QStringLiteral("exportWhat"));
    m_what->setAccessibleName(tr("What of them"));
    m_what->addItem(tr("All of each message"), int(What::Everything));
    m_path->setObjectName(QStringLiteral("exportPath"));
    m_path->setAccessibleName(tr("File"));
    auto *browse = new QPushButton(tr("Browse…"), this);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &MessageExportDialog::browse);
    auto *file = new QHBoxLayout;
    file->setSpacing(8);
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Messages"), m_which);
    form->addRow(tr("F&ormat"), m_format);
    form->addRow(tr("&Columns"), m_what);
    auto *fileLabel = new QLabel(tr("&File"), this);
    fileLabel->setBuddy(m_path);
    form->addRow(fileLabel, file);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(explanation);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(m_foot);
}

void MessageExportDialog::setMessages(const QList<qint64> &chosen, const QList<qint64> &shown,
                                      const QStringList &topics)
{
    m_chosen = chosen;
    m_shown = shown;
    m_topics = topics;
    m_which->clear();
    if (!chosen.isEmpty())
        m_which->addItem(chosen.size() == 1
                             ? tr("The chosen message")
                             : tr("The %n chosen messages", nullptr, static_cast<int>(chosen.size())),
                         int(Which::Chosen));
    m_which->addItem(tr("All %1 messages that are shown").arg(groupedNumber(shown.size())),
                     int(Which::Shown));
    if (m_brokers.isConfigured() && !topics.isEmpty())
        m_which->addItem(topics.size() == 1 ? tr("All of the topic %1").arg(topics.first())
                                            : tr("All of the %n topics the stream reads", nullptr,
                                                 static_cast<int>(topics.size())),
                         int(Which::Topics));
}

void MessageExportDialog::setColumns(const QList<ExportedColumn> &columns)
{
    m_columns = columns;
    m_what->clear();
    m_what->addItem(tr("All of each message"), int(What::Everything));
    const QString names = ExportedColumns(columns).names().join(QStringLiteral(", "));
    if (!columns.isEmpty()) {
        m_what->addItem(tr("The columns of the table: %1").arg(oneLine(names, LongestNames)),
                        int(What::Columns));
        m_what->setItemData(1, names, Qt::ToolTipRole);
    }
    offerColumns();
}

void MessageExportDialog::offerColumns()
{
    if (m_areColumnsChosen)
        return;
    const bool isCsv = ExportFormat(m_format->currentData().toInt()) == ExportFormat::Csv;
    const bool hasFields = std::any_of(m_columns.cbegin(), m_columns.cend(),
                                       [](const ExportedColumn &column) { return column.fixed < 0; });
    const What what = isCsv && hasFields ? What::Columns : What::Everything;
    m_what->setCurrentIndex(m_what->findData(int(what)));
}

void MessageExportDialog::setPath(const QString &path)
{
    m_path->setText(path);
}

void MessageExportDialog::browse()
{
    const bool isCsv = ExportFormat(m_format->currentData().toInt()) == ExportFormat::Csv;
    auto *dialog = new QFileDialog(this, tr("Export messages"), m_path->text(),
                                   isCsv ? tr("CSV (*.csv)") : tr("JSON lines (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(isCsv ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void MessageExportDialog::showReady()
{
    m_foot->setReady(!m_path->text().trimmed().isEmpty());
}

void MessageExportDialog::start()
{
    const auto which = Which(m_which->currentData().toInt());
    const MessageExport settings{
        ExportFormat(m_format->currentData().toInt()), m_path->text().trimmed(), m_decoding,
        What(m_what->currentData().toInt()) == What::Columns ? m_columns : QList<ExportedColumn>()};
    const ExportedRows rows{m_log, m_generation, which == Which::Chosen ? m_chosen : m_shown};
    m_foot->run(
        [which, settings, rows, brokers = m_brokers, topics = m_topics](const TaskProgress &progress) {
            return which == Which::Topics ? exportTopics(brokers, topics, settings, progress)
                                          : exportRows(rows, settings, progress);
        },
        [this](const Expected<ExportOutcome> &outcome) { finish(outcome); });
}

void MessageExportDialog::finish(const Expected<ExportOutcome> &outcome)
{
    if (!outcome) {
        m_foot->sayProblem(outcome.error().sentence);
        return;
    }
    QString text = tr("%1 messages written.").arg(groupedNumber(outcome->written));
    if (outcome->missing > 0)
        text += u' ' + tr("%1 were no longer kept here.").arg(groupedNumber(outcome->missing));
    m_foot->say(text);
}

} // namespace desk
