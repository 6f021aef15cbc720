// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"
#include "models/schema/Error.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace desk {

class TransferTask;
struct DeskServices;

// Records into a CSV file: all of them, or those the table shows now. Runs on the database thread with
// progress, and can be cancelled; the file appears whole or not at all. GUI thread; deletes itself when
// closed.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    // `shown`: the table's question now. `count`: how many records answer it; below 0: not known yet.
    ExportDialog(const RecordQuery &shown, qint64 count, DeskServices &services, QWidget *parent);

    // As if it had been chosen; begins the export.
    void exportTo(const QString &path);
    void reject() override;

private:
    void chooseFile();
    void finish(const QString &path, const Expected<qint64> &written);

    RecordQuery m_shown;
    DeskServices &m_services;
    TransferTask *m_task;
    QRadioButton *m_all;
    QRadioButton *m_matching;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_export;
    QPushButton *m_close;
};

} // namespace desk
