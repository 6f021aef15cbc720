// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ImportDialog.h"
#include "models/store/WhenFinished.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"
#include "ui/transfer/ImportProblemModel.h"
#include "ui/transfer/TransferTask.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

namespace desk {
namespace {

QString summaryOf(ImportMode mode, const ImportReport &report)
{
    QStringList parts;
    const auto part = [&](qint64 count, const QString &text) {
        if (count > 0)
            parts.append(QStringLiteral("%1 %2").arg(groupedNumber(count), text));
    };
    const bool isDryRun = mode == ImportMode::DryRun;
    part(report.added, isDryRun ? ImportDialog::tr("to add") : ImportDialog::tr("added"));
    part(report.updated, isDryRun ? ImportDialog::tr("to change") : ImportDialog::tr("changed"));
    part(report.unchanged, ImportDialog::tr("as they are already"));
    part(report.refusedCount, ImportDialog::tr("refused"));
    QString text = parts.isEmpty() ? ImportDialog::tr("There are no rows in this file.")
                                   : parts.join(QStringLiteral(" · "));
    if (report.isCancelled)
        text = ImportDialog::tr("Cancelled. Until then: %1").arg(text);
    if (report.failure) {
        const QString place = report.position ? ImportDialog::tr("Line %1: ").arg(report.position->line)
                                              : QString();
        text = place + report.failure->sentence
            + (parts.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(text));
    }
    return text;
}

} // namespace

ImportDialog::ImportDialog(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QDialog(parent)
    , m_entity(entity)
    , m_services(services)
    , m_task(new TransferTask(this))
    , m_problems(new ImportProblemModel(entity, this))
    , m_path(new QLineEdit(this))
    , m_existing(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_copy(new QPushButton(tr("Copy this list"), this))
    , m_import(new QPushButton(tr("Import"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import %1").arg(entity.plural.toLower()));
    resize(760, 480);

    m_path->setReadOnly(true);
    m_path->setPlaceholderText(tr("A CSV file whose first row names the columns"));
    m_path->setAccessibleName(tr("File"));
    auto *browse = new QPushButton(tr("Choose…"), this);
    connect(browse, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    m_existing->addItem(tr("Refuse rows whose id is there already"),
                        static_cast<int>(ExistingRecords::Refuse));
    m_existing->addItem(tr("Change records that are there already"),
                        static_cast<int>(ExistingRecords::Update));
    m_existing->setAccessibleName(tr("Records that are there already"));
    connect(m_existing, &QComboBox::activated, this, [this] { run(ImportMode::DryRun); });

    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_import->setProperty("primary", true);
    m_import->setObjectName(QStringLiteral("importButton"));
    connect(m_import, &QPushButton::clicked, this, [this] { run(ImportMode::Write); });
    connect(m_close, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_problems->toText(QFileInfo(m_path->text()).fileName()));
    });
    connect(m_task, &TransferTask::progressed, this, [this](qint64 done, qint64 total) {
        m_progress->setRange(0, total > 0 ? 1000 : 0);
        m_progress->setValue(total > 0 ? static_cast<int>(done * 1000 / total) : 0);
    });

    auto *table = new LineTable(services.theme, this);
    table->setModel(m_problems);
    table->setColumns({LineColumn::Number, LineColumn::Number, LineColumn::Text, LineColumn::Problem},
                      {64, 80, 130, 300}, ImportProblemModel::SentenceColumn);
    table->setAccessibleName(tr("Rows that are refused"));

    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_copy);
    foot->addStretch();
    foot->addWidget(m_close);
    foot->addWidget(m_import);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    layout->addLayout(file);
    layout->addWidget(m_existing);
    layout->addWidget(m_summary);
    layout->addWidget(m_progress);
    layout->addWidget(table, 1);
    layout->addLayout(foot);
    m_copy->setAutoDefault(false);
    browse->setFocus();
    updateButtons();
}

void ImportDialog::chooseFile()
{
    auto *chooser = new QFileDialog(this, windowTitle(), {},
                                    tr("CSV files (*.csv *.tsv *.txt);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &ImportDialog::setFile);
    chooser->open();
}

void ImportDialog::setFile(const QString &path)
{
    m_path->setText(path);
    run(ImportMode::DryRun);
}

void ImportDialog::run(ImportMode mode)
{
    if (m_task->isRunning() || m_path->text().isEmpty())
        return;
    m_isChecked = false;
    m_summary->setText(mode == ImportMode::DryRun ? tr("Looking at the file…") : tr("Importing…"));
    m_problems->setProblems({});
    m_progress->setRange(0, 0);
    m_progress->show();

    ImportOptions options;
    options.mode = mode;
    options.author = m_services.author;
    options.existing = static_cast<ExistingRecords>(m_existing->currentData().toInt());
    whenFinished(m_services.store.run([entity = &m_entity, catalog = m_services.catalog, options,
                                       path = m_path->text(),
                                       progress = m_task->start()](Store &store) -> Expected<ImportReport> {
        return RecordImport(store, *entity, options).runFile(path, progress);
    }),
                 this, [this, mode](const Expected<ImportReport> &report) { showReport(mode, report); });
    updateButtons();
}

void ImportDialog::showReport(ImportMode mode, const Expected<ImportReport> &report)
{
    m_task->finish();
    m_progress->hide();
    if (!report) {
        m_summary->setText(report.error().sentence);
        Theme::setProperty(m_summary, "role", QStringLiteral("problem"));
    } else {
        Theme::setProperty(m_summary, "role",
                           report->failure ? QVariant(QStringLiteral("problem")) : QVariant());
        m_summary->setText(summaryOf(mode, *report));
        m_problems->setProblems(report->refused);
        m_isChecked = mode == ImportMode::DryRun && !report->failure && report->added + report->updated > 0;
        if (mode == ImportMode::Write) {
            m_close->setText(tr("Close"));
            m_services.store.poke();
        }
    }
    updateButtons();
}

void ImportDialog::updateButtons()
{
    m_import->setEnabled(m_isChecked && !m_task->isRunning());
    m_existing->setEnabled(!m_task->isRunning());
    m_copy->setVisible(m_problems->rowCount() > 0);
}

void ImportDialog::reject()
{
    // What is committed by then stays, and the report says how much that is.
    if (m_task->isRunning()) {
        m_task->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace desk
