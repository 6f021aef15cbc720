// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/DetailList.h"

#include "ui/shell/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace desk {
namespace {

constexpr qsizetype ShownText = 2000;
constexpr int NameWidth = 130;

} // namespace

DetailList::DetailList(Theme &theme, const QString &name, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
{
    setColumnCount(2);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setAccessibleName(name);
    header()->resizeSection(0, NameWidth);
    setStyleSheet(
        QStringLiteral("QTreeView { padding: 4px 12px 0 12px; } QTreeView::item { height: 23px; }"));
    connect(&theme, &Theme::changed, this, &DetailList::fill);
}

void DetailList::setRows(const QList<std::pair<QString, QString>> &rows)
{
    m_rows = rows;
    fill();
}

void DetailList::fill()
{
    clear();
    for (const auto &[name, text] : std::as_const(m_rows)) {
        auto *item = new QTreeWidgetItem(this, {name, text.left(ShownText).simplified()}); // the list owns it
        item->setForeground(0, m_theme.colours().muted);
        item->setToolTip(1, text.left(ShownText));
    }
}

void DetailList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentItem())
        QGuiApplication::clipboard()->setText(m_rows[indexOfTopLevelItem(currentItem())].second);
    else
        QTreeWidget::keyPressEvent(event);
}

QString DetailList::text() const
{
    QStringList lines;
    for (const auto &[name, text] : m_rows)
        lines.append(name + u'\t' + text.simplified());
    return lines.join(u'\n');
}

FindTarget::Job DetailList::search() const
{
    return [rows = m_rows](const PayloadSearch &search) {
        QStringList items;
        for (const auto &[name, text] : rows)
            items.append(name + u'\n' + text);
        return search.inItems(items);
    };
}

void DetailList::showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current)
{
    if (matches && current >= 0)
        setCurrentItem(topLevelItem(int(matches->found[current].item)));
}

} // namespace desk
