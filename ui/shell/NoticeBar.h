// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Notice.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace desk {

class Theme;

// The notices above the page: one line each, newest first, at most MaximumShown. They stay until they are
// dismissed, replaced by a newer one of their topic, or withdrawn. Successes lie over the page instead, so that it
// does not move, and leave by themselves. GUI thread.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int MaximumShown = 3;
    static constexpr int SuccessMilliseconds = 6'000;

    explicit NoticeBar(Theme &theme, QWidget *parent = nullptr);

    // Where successes lie, at its lower right; without one they stand in the bar. Outlives the bar.
    void setToastArea(QWidget *area);

    void show(const Notice &notice);
    // The trouble of this topic is over.
    void withdraw(const QString &topic);
    [[nodiscard]] QStringList sentences() const; // newest first

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Line {
        QString topic;
        QString sentence;
        Notice::Kind kind;
        QWidget *widget;
    };

    [[nodiscard]] QWidget *makeLine(const Notice &notice);
    void remove(QWidget *widget);
    void placeToasts();

    Theme &m_theme;
    QVBoxLayout *m_layout;
    QPointer<QWidget> m_toastArea;
    QPointer<QWidget> m_toasts; // child of the area
    QList<Line> m_lines;
};

} // namespace desk
