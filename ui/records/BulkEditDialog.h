// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;

namespace desk {

class BulkEditModel;
class FieldEditor;
struct DeskServices;

// Gives several records the same new values: which columns and what, and what that does to each record,
// before and after, with rows left out by a click. Applied as one step, all or nothing; stays open with the
// reason when the database refuses. GUI thread; deletes itself when closed.
class BulkEditDialog : public QDialog
{
    Q_OBJECT

public:
    BulkEditDialog(const EntityType &entity, const QList<RecordRow> &rows, DeskServices &services,
                   QWidget *parent);

private:
    struct Line {
        int column = 0;
        QCheckBox *box = nullptr;
        FieldEditor *editor = nullptr;
        QLabel *problem = nullptr;
    };

    QWidget *makeLines(const QList<RecordRow> &rows);
    void takeValues();
    void apply();

    const EntityType &m_entity;
    DeskServices &m_services;
    BulkEditModel *m_model;
    QList<Line> m_lines;
    QLabel *m_problem;
    QPushButton *m_apply;
    bool m_areValuesValid = true;
};

} // namespace desk
