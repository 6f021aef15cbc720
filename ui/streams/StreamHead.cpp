// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamHead.h"

#include "ui/shell/Theme.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/Sparkline.h"
#include "ui/streams/StreamFigures.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace desk {
namespace {

constexpr int WidestText = 220; // of a button; its tool tip has all of it
constexpr int WidthForAll = 860;

} // namespace

StreamHead::StreamHead(Theme &theme, StreamFigures *figures, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(tr("Live stream"), this))
    , m_topics(new QPushButton(this))
    , m_range(new QPushButton(this))
    , m_filter(new MessageFilterField(theme, this))
    , m_pause(new QPushButton(this))
    , m_more(new QToolButton(this))
    , m_moreMenu(new QMenu(this))
    , m_sparkline(new Sparkline(theme, this))
    , m_tools(new QHBoxLayout)
    , m_progress(new QProgressBar(this))
{
    m_title->setProperty("role", QStringLiteral("heading"));
    m_topics->setObjectName(QStringLiteral("streamTopics"));
    m_topics->setAccessibleName(tr("Topics"));
    m_topics->setIcon(theme.icon(QStringLiteral("chevron-down"), Theme::IconColour::Muted));
    m_topics->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the words
    m_range->setObjectName(QStringLiteral("streamStart"));
    m_range->setAccessibleName(tr("From where to where is read"));
    m_filter->setObjectName(QStringLiteral("streamFilter"));
    m_filter->setMaximumWidth(420);
    m_filter->setMinimumWidth(90);
    m_pause->setObjectName(QStringLiteral("streamPause"));
    m_more->setObjectName(QStringLiteral("streamMore"));
    m_more->setProperty("flat", true);
    m_more->setIcon(theme.icon(QStringLiteral("more")));
    m_more->setAccessibleName(tr("More for the stream"));
    m_more->setToolTip(tr("More: what is read, and what can be done with messages"));
    connect(m_more, &QToolButton::clicked, this,
            [this] { m_moreMenu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    m_tools->setSpacing(2);
    m_tools->addWidget(m_more);

    m_progress->setObjectName(QStringLiteral("streamProgress"));
    m_progress->setAccessibleName(tr("How far reading has come"));
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(2);
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // nothing moves when it comes and goes
    m_progress->setSizePolicy(policy);
    m_progress->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *layout = new QHBoxLayout;
    column->addLayout(layout);
    column->addWidget(m_progress);
    layout->setContentsMargins(12, 5, 12, 3);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_topics);
    layout->addWidget(m_range);
    layout->addWidget(m_filter, 100); // up to its maximum before anything else grows
    layout->addWidget(m_pause);
    layout->addLayout(m_tools);
    layout->addStretch(1);
    layout->addWidget(m_sparkline);
    layout->addWidget(figures);
}

// The figures say more than what goes here in their favour.
void StreamHead::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_title->setVisible(width() >= WidthForAll);
    m_sparkline->setVisible(width() >= WidthForAll);
}

void StreamHead::setTopics(const QString &summary, const QString &all)
{
    setFittedText(*m_topics, summary, all);
}

void StreamHead::setRange(const QString &text)
{
    setFittedText(*m_range, tr("From: %1").arg(text), tr("From: %1").arg(text));
}

void StreamHead::setFittedText(QPushButton &button, const QString &text, const QString &toolTip)
{
    QString shown = QFontMetrics(m_theme.font()).elidedText(text, Qt::ElideRight, WidestText);
    shown.replace(u'&', QStringLiteral("&&"));
    button.setText(shown);
    button.setToolTip(toolTip);
    button.setAccessibleDescription(text);
}

QToolButton *StreamHead::addTool(QAction *action, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setProperty("flat", true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    const auto follow = [button, action] {
        button->setIcon(action->icon());
        button->setAccessibleName(QString(action->text()).remove(u'&').remove(u'…'));
        button->setEnabled(action->isEnabled());
        button->setCheckable(action->isCheckable());
        button->setChecked(action->isChecked());
        button->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->toolTip(), action->shortcut().toString(QKeySequence::NativeText)));
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    m_tools->insertWidget(m_tools->count() - 1, button);
    return button;
}

void StreamHead::setProgress(int percent, const QString &words)
{
    m_progress->setValue(percent);
    m_progress->setAccessibleDescription(words);
    m_progress->setToolTip(words);
    m_progress->setVisible(percent < 100);
}

void StreamHead::addMore(const QList<QAction *> &actions)
{
    if (!m_moreMenu->isEmpty())
        m_moreMenu->addSeparator();
    m_moreMenu->addActions(actions);
}

} // namespace desk
