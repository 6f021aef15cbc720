// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/ClusterListPage.h"

#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TaskBar.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

namespace desk {

namespace {

constexpr int RefreshMilliseconds = 10'000;
// What is not on the screen is asked about again after this.
constexpr int AllFiguresMilliseconds = 60'000;

} // namespace

ClusterListPage::ClusterListPage(const BrokerSettings &brokers, Theme &theme, QAbstractItemModel *model,
                                 int sortRole, qsizetype figuresAtOnce, QWidget *parent)
    : Page(parent)
    , m_brokers(brokers)
    , m_shown(new QSortFilterProxyModel(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_taskBar(new TaskBar(this))
    , m_filter(new QLineEdit(this))
    , m_summary(new QLabel(this))
    , m_figuresAtOnce(figuresAtOnce)
{
    makeActions(theme);
    model->setParent(this);
    m_shown->setSourceModel(model);
    m_shown->setSortRole(sortRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_shown->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_shown);
    m_table->setSortingEnabled(true);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(240);
    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    m_refreshTimer.setInterval(RefreshMilliseconds);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
        else
            m_refreshTimer.stop();
    });
}

QAbstractItemModel *ClusterListPage::model() const
{
    return m_shown->sourceModel();
}

void ClusterListPage::makeActions(Theme &theme)
{
    m_search = new QAction(theme.icon(QStringLiteral("search")), {}, this);
    m_search->setShortcut(QKeySequence::Find);
    connect(m_search, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    m_refresh->setToolTip(
        tr("Ask the brokers again (%1)").arg(m_refresh->shortcut().toString(QKeySequence::NativeText)));
    connect(m_refresh, &QAction::triggered, this, &ClusterListPage::askAgain);
    addActions({m_search, m_refresh});
}

void ClusterListPage::layOut(const QString &filter, const QList<QWidget *> &left,
                             const QList<QWidget *> &right, QWidget *detail, const QList<int> &sizes)
{
    m_detail = detail;
    m_detail->hide();
    m_search->setText(filter);
    const QString plain = QString(filter).remove(u'&');
    m_filter->setPlaceholderText(plain);
    m_filter->setAccessibleName(plain);
    m_filter->setToolTip(tr("Shows those whose name contains this (%1)")
                             .arg(m_search->shortcut().toString(QKeySequence::NativeText)));
    auto *header = new PageHeader(title(), this);
    for (QWidget *widget : left)
        header->addLeft(widget);
    header->addLeft(m_filter);
    header->addRight(m_summary);
    for (QWidget *widget : right)
        header->addRight(widget);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes(sizes);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_taskBar);
    layout->addWidget(line);
    layout->addWidget(splitter, 1);
}

QList<QAction *> ClusterListPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::Edit:
        return {m_search};
    case PageMenu::View:
        return {m_refresh};
    default:
        return {};
    }
}

QList<QWidget *> ClusterListPage::focusParts()
{
    if (m_detail->isVisible())
        return {m_table, m_detail};
    return {m_table};
}

void ClusterListPage::activated()
{
    m_table->setFocus();
    refresh();
    m_refreshTimer.start();
}

void ClusterListPage::askAgain()
{
    ++m_question; // an answer under way is from before
    m_isAsking = false;
    m_allFigures.invalidate();
    refresh();
    askDetail();
}

void ClusterListPage::refresh()
{
    if (!m_brokers.isConfigured()) {
        m_empty->setText(tr("This workspace has no broker"),
                         tr("Name its brokers in the workspace (Ctrl+O); saved changes wait until then."));
        m_empty->show();
        return;
    }
    if (m_isAsking)
        return;
    m_isAsking = true;
    if (model()->rowCount() == 0)
        m_summary->setText(tr("Asking the brokers…"));
    ask();
}

void ClusterListPage::showAway(const QString &summary, const QString &title, const QString &sentence)
{
    m_summary->setText(summary);
    m_summary->setToolTip(sentence);
    m_empty->setText(title, sentence);
    m_empty->setVisible(model()->rowCount() == 0);
}

void ClusterListPage::beginFigures()
{
    if (!isVisible())
        return;
    const bool isAll = !m_allFigures.isValid() || m_allFigures.hasExpired(AllFiguresMilliseconds);
    if (isAll) {
        m_figures.begin(allNames());
        m_allFigures.start();
    } else if (m_figures.taken() == m_figures.total()) {
        m_figures.begin(namesOnScreen());
    } // else: a round over all of them is still going on
    if (!m_isCounting)
        askNextFigures();
}

void ClusterListPage::askNextFigures()
{
    // Nobody looks: what is left is asked when the page is in front again.
    const QStringList names = isVisible() ? m_figures.take(namesOnScreen(), m_figuresAtOnce) : QStringList();
    m_isCounting = !names.isEmpty();
    if (m_isCounting)
        askFigures(names);
}

void ClusterListPage::takeMoreFigures()
{
    askNextFigures();
    showSummary();
}

// The list says that the brokers are away; the next one begins anew.
void ClusterListPage::figuresFailed(const QString &sentence)
{
    m_figures.clear();
    m_allFigures.invalidate();
    m_isCounting = false;
    showSummary();
    m_summary->setToolTip(sentence);
}

QString ClusterListPage::withProgress(const QString &summary) const
{
    if (!m_isCounting || m_figures.total() <= m_figuresAtOnce)
        return summary;
    return tr("%1 · counted %2").arg(summary, groupedNumber(m_figures.taken()));
}

QStringList ClusterListPage::namesOnScreen() const
{
    QStringList names;
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    const int end = last < 0 ? m_shown->rowCount() : last + 1;
    for (int row = std::max(0, first); row < end; ++row) {
        const QString name = nameOf(m_shown->mapToSource(m_shown->index(row, 0)).row());
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

QList<int> ClusterListPage::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        rows.append(m_shown->mapToSource(row).row());
    return rows;
}

} // namespace desk
