// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the live stream: its actions, which the window puts into its menu and the command palette.
#include "ui/streams/StreamPanel.h"

#include "ui/shell/Theme.h"
#include "ui/streams/DecodingMenu.h"
#include "ui/streams/MessageComparing.h"
#include "ui/streams/MessageColumns.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PartitionReadingDialog.h"
#include "ui/streams/PinnedComparing.h"
#include "ui/streams/StreamActions.h"
#include "ui/streams/StreamBody.h"
#include "ui/streams/StreamReading.h"

#include <QAction>

namespace desk {

QAction *StreamPanel::makeAction(const QString &text, const QString &icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setShortcut(shortcut);
    addAction(action);
    return action;
}

void StreamPanel::makeActions()
{
    m_pause = makeAction(tr("&Pause the stream"), QStringLiteral("pause"),
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::toggled, this, &StreamPanel::setPaused);
    m_clear = makeAction(tr("&Clear the stream"), QStringLiteral("clear"),
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    connect(m_clear, &QAction::triggered, this, &StreamPanel::clear);
    m_showCharts = makeAction(tr("Charts of &rate, size and lag"), QStringLiteral("charts"),
                              QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H));
    m_showCharts->setCheckable(true);
    m_showCharts->setToolTip(tr("Charts: messages, bytes, sizes and lag over the last minutes"));
    connect(m_showCharts, &QAction::toggled, m_body, &StreamBody::setChartsShown);
    connect(m_body, &StreamBody::chartsShownChanged, m_showCharts, &QAction::setChecked);
    makeReadingActions();
    connect(makeAction(tr("&Filter the stream"), QStringLiteral("filter"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)),
            &QAction::triggered, this, [this] {
                m_filter->setFocus(Qt::ShortcutFocusReason);
                m_filter->selectAll();
            });
    connect(makeAction(tr("&Read this topic as…"), QStringLiteral("settings"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)),
            &QAction::triggered, this, [this] {
                if (m_detail->isVisible())
                    m_detail->decodingMenu().popup(m_detail->mapToGlobal(QPoint(12, 32)));
            });
    m_comparing = new MessageComparing(*m_table, *m_model, m_log, *m_detail, this); // the panel owns it
    m_comparing->setBrokers(m_brokers);
    auto *pinnedComparing = new PinnedComparing(*m_table, *m_pinning, *m_comparing, m_theme,
                                                this); // the panel owns it
    addAction(pinnedComparing->action());
    addActions(QList{m_detail->showValueAction(), m_detail->showAsColumnAction(), m_detail->findAction(),
                     m_detail->recordAction()}
               + m_comparing->actions() + m_columns->actions() + m_pinning->actions());
    connect(m_table, &QAbstractItemView::activated, m_detail->recordAction(), &QAction::trigger); // Enter
    connect(makeAction(tr("How &filters are written"), QStringLiteral("help"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)),
            &QAction::triggered, this, [this] { m_filter->showHelp(); });
    m_searchTopics = makeAction(tr("&Search whole topics…"), QStringLiteral("search"),
                                QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F));
    m_searchTopics->setToolTip(tr("Search whole topics, not only what is kept here"));
    connect(m_searchTopics, &QAction::triggered, this, [this] { searchTopics(); });
    m_acting = new StreamActions(m_brokers, m_log, *m_model, *m_table, *m_columns, m_theme, this);
    addActions(m_acting->actions());
    auto *copy = new QAction(m_theme.icon(QStringLiteral("copy")), tr("Copy &message"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    connect(copy, &QAction::triggered, m_table, &MessageTableView::copySelection);
}

void StreamPanel::makeReadingActions()
{
    connect(makeAction(tr("Choose &topics…"), QStringLiteral("topics"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)),
            &QAction::triggered, this, &StreamPanel::chooseTopics);
    m_options = makeAction(tr("Reading &options…"), QStringLiteral("history"),
                           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    m_options->setToolTip(tr("From where to where, and which partitions"));
    connect(m_options, &QAction::triggered, this, &StreamPanel::chooseReading);
    m_standard = makeAction(tr("Read the &default"), QStringLiteral("undo"),
                            QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    m_standard->setToolTip(tr("The catalog's topics, from now on"));
    connect(m_standard, &QAction::triggered, m_reading, &StreamReading::reset);
    m_stop = makeAction(tr("S&top reading"), QStringLiteral("stop"),
                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    connect(m_stop, &QAction::triggered, this, &StreamPanel::stopOrRead);
    m_partitions = makeAction(tr("Pa&rtitions…"), QStringLiteral("broker"),
                              QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N));
    m_partitions->setToolTip(tr("How far each partition has been read, and which wait"));
    connect(m_partitions, &QAction::triggered, this,
            [this] { (new PartitionReadingDialog(*m_session, m_theme, this))->show(); });
}

} // namespace desk
