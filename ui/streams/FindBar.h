// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterExpression.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace desk {

class Theme;

// A line to type what is to be found, how (case, expression), and how many there are. Knows nothing of what is
// looked through. GUI thread.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    FindBar(Theme &theme, QWidget *parent);

    void open(); // with what stands there selected
    [[nodiscard]] FilterPattern pattern() const;
    void setResult(const QString &text); // "3 of 17"
    void setProblem(const QString &sentence);

Q_SIGNALS:
    void patternChanged();
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    Theme &m_theme;
    QLineEdit *m_text;
    QToolButton *m_case;
    QToolButton *m_expression;
    QLabel *m_result;
    QLabel *m_problem;
};

} // namespace desk
