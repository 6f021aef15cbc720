// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterExpression.h"

#include <QLineEdit>
#include <QTimer>

#include <optional>

class QCompleter;
class QStringListModel;

namespace desk {

class Theme;

// The line in which a filter for messages is typed: reads it a moment after the last key, underlines where it
// cannot be read and says why, offers the names of fields, and explains the language. What it last read
// stays in force while the next is being typed. GUI thread.
class MessageFilterField : public QLineEdit
{
    Q_OBJECT

public:
    MessageFilterField(Theme &theme, QWidget *parent);

    // Names that conditions can use, besides those that every message has.
    void setNames(const QStringList &names);
    // What is in force; nothing typed is nothing asked for.
    [[nodiscard]] const std::optional<FilterNode> &filter() const { return m_filter; }
    [[nodiscard]] const std::optional<FilterProblem> &problem() const { return m_problem; }
    // Reads what is typed now, without waiting for another key.
    void readNow();
    void showHelp();

Q_SIGNALS:
    void filterChanged();  // also when it was emptied
    void problemChanged(); // there is one, another one, or none any more

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Word {
        qsizetype begin = 0;
        QString text;
    };
    [[nodiscard]] Word wordAtCursor() const;
    void setProblem(const std::optional<FilterProblem> &problem);
    void offerNames();
    void takeName(const QString &name);

    Theme &m_theme;
    QTimer m_timer;
    QString m_read; // the text of what is in force
    std::optional<FilterNode> m_filter;
    std::optional<FilterProblem> m_problem;
    QStringListModel *m_names;
    QCompleter *m_completer;
};

} // namespace desk
