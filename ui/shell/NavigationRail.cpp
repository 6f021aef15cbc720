// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NavigationRail.h"

#include "ui/shell/Theme.h"

#include <QListWidget>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace desk {

namespace {

enum Roles { PageRole = Qt::UserRole + 1, BadgeRole };

class RailDelegate : public QStyledItemDelegate
{
public:
    RailDelegate(Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return QSize(0, isSection(index) ? (index.row() == 0 ? 30 : 38) : 32);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        if (isSection(index))
            paintSection(*painter, option, index);
        else
            paintEntry(*painter, option, index);
        painter->restore();
    }

private:
    static bool isSection(const QModelIndex &index) { return index.data(PageRole).toString().isEmpty(); }

    void paintSection(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        QFont font = m_theme.font();
        font.setPixelSize(11);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(m_theme.colours().muted);
        painter.drawText(option.rect.adjusted(14, 0, -8, -7), Qt::AlignLeft | Qt::AlignBottom,
                         index.data().toString());
    }

    void paintEntry(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        const Colours &colours = m_theme.colours();
        const bool selected = option.state & QStyle::State_Selected;
        const QRect pill = option.rect.adjusted(6, 1, -6, -1);
        painter.setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(selected ? colours.selection : colours.hover);
            painter.drawRoundedRect(pill, 6, 6);
        }
        if (selected && (option.state & QStyle::State_HasFocus)) {
            painter.setPen(colours.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QRect icon(pill.left() + 9, pill.center().y() - 8, 17, 17);
        index.data(Qt::DecorationRole).value<QIcon>().paint(&painter, icon);

        const QString badge = index.data(BadgeRole).toString();
        painter.setFont(m_theme.smallFont());
        const int badgeWidth = badge.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(badge) + 8;
        painter.setPen(colours.muted);
        painter.drawText(pill.adjusted(0, 0, -9, 0), Qt::AlignRight | Qt::AlignVCenter, badge);

        QFont font = m_theme.font();
        if (selected)
            font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(colours.text);
        const QRect text = pill.adjusted(35, 0, -9 - badgeWidth, 0);
        painter.drawText(
            text, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    }

    Theme &m_theme;
};

} // namespace

NavigationRail::NavigationRail(Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_list(new QListWidget(this))
{
    setProperty("role", QStringLiteral("surface"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setItemDelegate(new RailDelegate(theme, m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_list);
    setFixedWidth(176);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            Q_EMIT chosen(item->data(PageRole).toString());
    });
}

void NavigationRail::addSection(const QString &title)
{
    auto *item = new QListWidgetItem(title, m_list);
    item->setFlags(Qt::NoItemFlags);
}

void NavigationRail::addEntry(const QString &id, const QString &title, const QString &iconName,
                              const QString &shortcut)
{
    const QSignalBlocker quiet(m_list); // the list makes its first entry current by itself
    auto *item = new QListWidgetItem(m_theme.icon(iconName), title, m_list);
    item->setData(PageRole, id);
    item->setToolTip(shortcut.isEmpty() ? title : tr("%1 (%2)").arg(title, shortcut));
    m_entries.insert(id, item);
}

void NavigationRail::setBadge(const QString &id, const QString &text)
{
    if (QListWidgetItem *item = m_entries.value(id)) {
        item->setData(BadgeRole, text);
        item->setData(Qt::AccessibleDescriptionRole, text);
    }
}

void NavigationRail::setCurrent(const QString &id)
{
    const QSignalBlocker quiet(m_list);
    m_list->setCurrentItem(m_entries.value(id));
}

} // namespace desk
