// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/StreamLogSettings.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace desk {

// The part of a workspace's form that says how much of the live stream is kept, and by which names values in messages
// are masked. What is out of range is said under its field while it is typed. GUI thread.
class StreamFields : public QWidget
{
    Q_OBJECT

public:
    explicit StreamFields(QWidget *parent = nullptr);

    void setSettings(const StreamLogSettings &log, const QStringList &sensitiveNames);
    // As typed; -1 for what is no number. See checkStreamLog().
    [[nodiscard]] StreamLogSettings log() const;
    [[nodiscard]] QStringList sensitiveNames() const;
    // Moves to the first field whose value cannot be kept; its sentence, or empty.
    [[nodiscard]] QString markWrong();

Q_SIGNALS:
    void edited();

private:
    struct Bound {
        QLineEdit *line = nullptr;
        QLabel *problem = nullptr;
    };
    [[nodiscard]] Bound addBound(const QString &label, const QString &unit, const char *name);
    void addNames();
    void showProblems();

    Bound m_rows;
    Bound m_mebibytes;
    QPlainTextEdit *m_names;
    QLabel *m_namesProblem;
};

} // namespace desk
