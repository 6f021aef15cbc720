// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ExportDialog.h"
#include "models/store/WhenFinished.h"

#include "models/transfer/RecordExport.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/DeskServices.h"
#include "ui/transfer/TransferTask.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>

namespace desk {

ExportDialog::ExportDialog(const RecordQuery &shown, qint64 count, DeskServices &services, QWidget *parent)
    : QDialog(parent)
    , m_shown(shown)
    , m_services(services)
    , m_task(new TransferTask(this))
    , m_summary(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_export(new QPushButton(tr("Export…"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const QString plural = shown.entity->plural.toLower();
    setWindowTitle(tr("Export %1").arg(plural));
    setMinimumWidth(420);

    const bool isNarrowed = !shown.search.isEmpty() || !shown.filters.isEmpty();
    m_all = new QRadioButton(tr("All %1").arg(plural), this);
    m_matching = new QRadioButton(count < 0 ? tr("What the table shows now")
                                            : tr("The %1 that the table shows now").arg(groupedNumber(count)),
                                  this);
    m_matching->setEnabled(isNarrowed);
    (isNarrowed ? m_matching : m_all)->setChecked(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("exportSummary"));
    m_summary->setText(tr(
        "A CSV file with ids and all columns that are not sensitive. Importing it gives the same records."));
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_export->setProperty("primary", true);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_task, &TransferTask::progressed, this, [this](qint64 done, qint64 total) {
        m_progress->setRange(0, total > 0 ? 1000 : 0);
        m_progress->setValue(total > 0 ? static_cast<int>(done * 1000 / total) : 0);
        m_summary->setText(tr("%1 written…").arg(groupedNumber(done)));
    });

    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_close);
    foot->addWidget(m_export);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    layout->addWidget(m_all);
    layout->addWidget(m_matching);
    layout->addWidget(m_summary);
    layout->addWidget(m_progress);
    layout->addStretch();
    layout->addLayout(foot);
}

void ExportDialog::chooseFile()
{
    auto *chooser = new QFileDialog(this, windowTitle(), m_shown.entity->table + QStringLiteral(".csv"),
                                    tr("CSV files (*.csv)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("csv"));
    connect(chooser, &QFileDialog::fileSelected, this, &ExportDialog::exportTo);
    chooser->open();
}

void ExportDialog::exportTo(const QString &path)
{
    if (m_task->isRunning())
        return;
    RecordQuery query = m_shown;
    if (m_all->isChecked()) {
        query.search.clear();
        query.filters.clear();
    }
    m_export->setEnabled(false);
    m_progress->setRange(0, 0);
    m_progress->show();
    whenFinished(
        m_services.store.run([query, path, catalog = m_services.catalog, progress = m_task->start()](
                                 Store &store) { return exportToFile(store, query, path, progress); }),
        this, [this, path](const Expected<qint64> &written) { finish(path, written); });
}

void ExportDialog::finish(const QString &path, const Expected<qint64> &written)
{
    m_task->finish();
    m_progress->hide();
    m_export->setEnabled(true);
    if (!written) {
        m_summary->setText(written.error().code == ErrorCode::Cancelled
                               ? tr("Cancelled; no file was written.")
                               : written.error().sentence);
        return;
    }
    m_close->setText(tr("Close"));
    m_summary->setText(
        tr("%1 records written to %2.").arg(groupedNumber(*written), QFileInfo(path).fileName()));
}

void ExportDialog::reject()
{
    if (m_task->isRunning()) {
        m_task->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace desk
