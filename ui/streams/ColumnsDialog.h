// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamColumns.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace desk {

// Which columns the stream's table has and in which order: ticked, dragged or moved by buttons; fields are added by
// their name, offered or typed. Open it with open(); it goes when it is closed. GUI thread.
class ColumnsDialog : public QDialog
{
    Q_OBJECT

public:
    // `titles`: of the fixed columns, by their number; `offered`: names of fields.
    ColumnsDialog(const StreamColumns &columns, const QStringList &titles, const QStringList &offered,
                  QWidget *parent);

    [[nodiscard]] StreamColumns columns() const;

Q_SIGNALS:
    void chosen(const desk::StreamColumns &columns);

private:
    void build(const QStringList &offered);
    void fill(const StreamColumns &columns);
    void addItem(const StreamColumn &column);
    void addField();
    void move(int by);
    void removeCurrent();
    void updateButtons();

    QStringList m_titles;
    QListWidget *m_list;
    QLineEdit *m_field;
    QPushButton *m_add;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_remove;
    QLabel *m_problem;
};

} // namespace desk
