// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageExport.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLineEdit;

namespace desk {

class TaskFoot;

// Writes messages to a file as JSON lines or CSV: those chosen in the stream, those it shows, or all that their
// topics hold. Closing it cancels, and no file is left then. GUI thread; deletes itself when closed.
class MessageExportDialog : public QDialog
{
    Q_OBJECT

public:
    MessageExportDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                        std::shared_ptr<MessageLog> log, QWidget *parent);

    // Rows of the log, oldest first, and the topics the stream reads.
    void setMessages(const QList<qint64> &chosen, const QList<qint64> &shown, const QStringList &topics);
    // Those the table shows, from left to right: all of a message or these can be written. Unless the operator says
    // otherwise these are for CSV, if there are fields among them that he has chosen.
    void setColumns(const QList<ExportedColumn> &columns);
    void setPath(const QString &path);
    [[nodiscard]] bool isRunning() const;

private:
    void build();
    void browse();
    void offerColumns();
    void showReady();
    void start();
    void finish(const Expected<ExportOutcome> &outcome);

    BrokerSettings m_brokers;
    DecodingSources m_decoding;
    std::shared_ptr<MessageLog> m_log;
    qint64 m_generation;
    QList<qint64> m_chosen;
    QList<qint64> m_shown;
    QStringList m_topics;
    QList<ExportedColumn> m_columns; // of the table
    bool m_areColumnsChosen = false; // by the operator, in this dialog
    QComboBox *m_which;
    QComboBox *m_format;
    QComboBox *m_what;
    QLineEdit *m_path;
    TaskFoot *m_foot;
};

} // namespace desk
