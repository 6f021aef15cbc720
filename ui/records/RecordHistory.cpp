// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordHistory.h"

#include "models/schema/ColumnText.h"
#include "ui/parts/TimeText.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace desk {
namespace {

constexpr int EntryRole = Qt::UserRole + 1;
constexpr int MaximumValue = 160; // characters of a value shown
constexpr int Margin = 14;        // in line with the form's fields

struct HistoryItem {
    QString head; // "maria · 2 min ago"
    QString operation;
    qint64 version = 0;
    QList<RecordHistory::Line> lines;
};

// Heads in bold, and under each the columns from what to what.
class HistoryDelegate : public QStyledItemDelegate
{
public:
    HistoryDelegate(Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &colours = m_theme.colours();
        const auto item = index.data(EntryRole).value<HistoryItem>();
        painter->save();
        painter->fillRect(option.rect,
                          option.state & QStyle::State_Selected ? colours.selection : colours.surface);
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, colours.line);
        QRect line(option.rect.left() + Margin, option.rect.top() + 7, option.rect.width() - 2 * Margin,
                   lineHeight());
        painter->setFont(m_theme.font());
        painter->setPen(colours.text);
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft, item.head);
        painter->setFont(m_theme.smallFont());
        painter->setPen(colours.muted);
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignRight,
                          tr("%1 · version %2").arg(item.operation).arg(item.version));
        for (const RecordHistory::Line &change : item.lines) {
            line.translate(0, lineHeight());
            paintLine(painter, line, change);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const auto item = index.data(EntryRole).value<HistoryItem>();
        return {100, 15 + lineHeight() * static_cast<int>(1 + item.lines.size())};
    }

private:
    [[nodiscard]] int lineHeight() const { return QFontMetrics(m_theme.font()).height() + 3; }

    void paintLine(QPainter *painter, QRect line, const RecordHistory::Line &change) const
    {
        const Colours &colours = m_theme.colours();
        const QFontMetrics metrics(m_theme.smallFont());
        const int labelWidth = std::min(line.width() / 3, 96);
        painter->setPen(colours.muted);
        painter->drawText(QRect(line.left(), line.top(), labelWidth - 6, line.height()),
                          Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(change.label, Qt::ElideRight, labelWidth - 6));
        line.setLeft(line.left() + labelWidth);
        const QString arrow = QStringLiteral(" → ");
        const int room = line.width() - metrics.horizontalAdvance(arrow);
        const int afterWidth = metrics.horizontalAdvance(change.after);
        const QString before = metrics.elidedText(change.before, Qt::ElideRight,
                                                  std::max(room / 2, room - afterWidth));
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft, before + arrow);
        line.setLeft(line.left() + metrics.horizontalAdvance(before + arrow));
        painter->setPen(colours.text);
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(change.after, Qt::ElideRight, line.width()));
    }

    Theme &m_theme;
};

QString shown(const Column &column, const QVariant &value)
{
    if (column.sensitive && value.isValid())
        return QStringLiteral("••••");
    const QString text = textOf(column, value).simplified();
    if (text.isEmpty())
        return QStringLiteral("–");
    return column.isReference() ? u'#' + text : text.left(MaximumValue);
}

} // namespace

RecordHistory::RecordHistory(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QListWidget(parent)
    , m_entity(entity)
{
    setItemDelegate(new HistoryDelegate(services.theme, this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    setAccessibleName(tr("History"));
    connect(&services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QList<RecordHistory::Line> RecordHistory::linesOf(const EntityType &entity, const JournalEntry &entry)
{
    QList<Line> lines;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (index == entity.idColumn)
            continue;
        const QVariant before = entry.before ? entry.before->values.value(index) : QVariant();
        const QVariant after = entry.after ? entry.after->values.value(index) : QVariant();
        if (!sameValue(before, after))
            lines.append({entity.columns[index].label, shown(entity.columns[index], before),
                          shown(entity.columns[index], after)});
    }
    return lines;
}

void RecordHistory::setEntries(const QList<JournalEntry> &entries)
{
    clear();
    for (const JournalEntry &entry : entries) {
        HistoryItem item;
        const QString author = entry.author.isEmpty() ? tr("another program") : entry.author;
        item.head = QStringLiteral("%1 · %2").arg(author, timeAgo(entry.at));
        item.operation = operationText(entry.operation);
        item.version = entry.version;
        // What an addition began with is the record itself; only what changed is worth its lines.
        if (entry.operation == Operation::Update)
            item.lines = linesOf(m_entity, entry);

        auto *listed = new QListWidgetItem(this); // the list owns it
        listed->setData(EntryRole, QVariant::fromValue(item));
        QStringList words{item.head, item.operation};
        for (const Line &line : std::as_const(item.lines))
            words.append(QStringLiteral("%1: %2 → %3").arg(line.label, line.before, line.after));
        listed->setData(Qt::AccessibleTextRole, words.join(u'\n'));
        listed->setToolTip(QStringLiteral("%1\n%2").arg(exactTime(entry.at), words.join(u'\n')));
    }
}

} // namespace desk
