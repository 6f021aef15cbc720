// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/RecordImport.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace desk {

class ImportProblemModel;
class TransferTask;
struct DeskServices;

// Records from a CSV file: choose it, see at once what it would do and which rows are wrong, then write. The
// good rows are taken, the others are listed with their line and sentence. Runs on the database thread with
// progress, and can be cancelled. GUI thread; deletes itself when closed.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(const EntityType &entity, DeskServices &services, QWidget *parent);

    // As if it had been chosen; begins the check.
    void setFile(const QString &path);
    void reject() override;

private:
    void chooseFile();
    void run(ImportMode mode);
    void showReport(ImportMode mode, const Expected<ImportReport> &report);
    void updateButtons();

    const EntityType &m_entity;
    DeskServices &m_services;
    TransferTask *m_task;
    ImportProblemModel *m_problems;
    QLineEdit *m_path;
    QComboBox *m_existing;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_copy;
    QPushButton *m_import;
    QPushButton *m_close;
    bool m_isChecked = false; // the file as chosen has been looked at and has rows to write
};

} // namespace desk
