// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace desk {

class MessageFilterField;
class Sparkline;
class StreamFigures;
class Theme;

// The line above the live stream: what is read, the filter, and what can be done with it. Knows nothing of the stream;
// the panel fills it. GUI thread.
class StreamHead : public QWidget
{
    Q_OBJECT

public:
    // `figures` stands at the end and becomes a child.
    StreamHead(Theme &theme, StreamFigures *figures, QWidget *parent);

    [[nodiscard]] QPushButton &topicsButton() const { return *m_topics; }
    [[nodiscard]] QPushButton &rangeButton() const { return *m_range; }
    [[nodiscard]] MessageFilterField &filter() const { return *m_filter; }
    [[nodiscard]] QPushButton &pauseButton() const { return *m_pause; }
    [[nodiscard]] Sparkline &sparkline() const { return *m_sparkline; }

    void setTopics(const QString &summary, const QString &all);
    void setRange(const QString &text);
    // A small button that triggers the action; before "More".
    QToolButton *addTool(QAction *action, const QString &name);
    // Behind "More", a section at a time.
    void addMore(const QList<QAction *> &actions);
    // A thin line below it all, in hundredths; 100 hides it. `words` say the same.
    void setProgress(int percent, const QString &words);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setFittedText(QPushButton &button, const QString &text, const QString &toolTip);

    Theme &m_theme;
    QLabel *m_title;
    QPushButton *m_topics;
    QPushButton *m_range;
    MessageFilterField *m_filter;
    QPushButton *m_pause;
    QToolButton *m_more;
    QMenu *m_moreMenu;
    Sparkline *m_sparkline;
    QHBoxLayout *m_tools;
    QProgressBar *m_progress;
};

} // namespace desk
