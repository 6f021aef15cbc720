// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace desk {

// What stands in the middle of a view that has nothing to show: a sentence, and the one thing to do about
// it. Covers the widget it is given and follows its size; the owner shows and hides it. GUI thread.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *over);

    // An empty `action`: no button.
    void setText(const QString &sentence, const QString &detail = {}, const QString &action = {});
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void triggered();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLabel *m_sentence;
    QLabel *m_detail;
    QPushButton *m_button;
};

} // namespace desk
