// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamChoice.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace desk {

// Where reading the chosen topics, or a search of them, begins and ends, and in which partitions. What cannot be read is said below
// its field, and keeps the dialog from being accepted. Emits chosen() once, goes away when it is closed. GUI thread.
class ReadingDialog : public QDialog
{
    Q_OBJECT

public:
    // A search looks at what is there: not only at what comes, and not without an end.
    enum class Purpose { Read, Search };

    // `standard`: what "Back to the default" puts into the fields.
    ReadingDialog(const StreamChoice &choice, const StreamChoice &standard, QWidget *parent,
                  Purpose purpose = Purpose::Read);

Q_SIGNALS:
    void chosen(const desk::StreamChoice &choice);

private:
    [[nodiscard]] QLabel *addProblem(QFormLayout *form);
    void offer(Purpose purpose);
    void fill(const StreamChoice &choice);
    void check();
    [[nodiscard]] std::optional<StreamChoice> read();
    [[nodiscard]] QString readEnd(StreamChoice &choice) const; // what is wrong with it, or empty
    void submit();

    StreamChoice m_choice; // topics and pattern are kept
    QComboBox *m_start;
    QLineEdit *m_count;
    QLineEdit *m_offset;
    QDateTimeEdit *m_from;
    QLabel *m_startProblem;
    QComboBox *m_end;
    QDateTimeEdit *m_until;
    QLineEdit *m_untilOffset;
    QLabel *m_endProblem;
    QLineEdit *m_partitions;
    QLabel *m_partitionsProblem;
    QPushButton *m_submit;
};

} // namespace desk
