// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordHistory.h"

#include "models/schema/ColumnText.h"
#include "models/schema/SensitiveNames.h"
#include "models/store/WhenFinished.h"
#include "ui/parts/TimeText.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace desk {
namespace {

constexpr int EntryRole = Qt::UserRole + 1;
constexpr int MaximumValue = 160;     // characters of a value shown
constexpr int Margin = 14;            // in line with the form's fields
constexpr int LoadMilliseconds = 120; // one who walks down a table does not ask for every row's history

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
        if (change.before.isEmpty()) { // what a record began with
            painter->setPen(colours.text);
            painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                              metrics.elidedText(change.after, Qt::ElideRight, line.width()));
            return;
        }
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

QString shown(const Column &column, const QVariant &value, const RecordHistory::Names &names)
{
    if (column.sensitive && value.isValid())
        return MaskedValue.toString();
    const QString text = textOf(column, value).simplified();
    if (text.isEmpty())
        return QStringLiteral("–");
    if (column.isReference()) {
        const QString name = names.value({column.reference, text}).simplified();
        return name.isEmpty() ? u'#' + text : name.left(MaximumValue);
    }
    return text.left(MaximumValue);
}

QString lineText(const RecordHistory::Line &line)
{
    return line.before.isEmpty() ? QStringLiteral("%1: %2").arg(line.label, line.after)
                                 : QStringLiteral("%1: %2 → %3").arg(line.label, line.before, line.after);
}

} // namespace

RecordHistory::RecordHistory(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QListWidget(parent)
    , m_entity(entity)
    , m_services(services)
{
    setItemDelegate(new HistoryDelegate(services.theme, this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    setAccessibleName(tr("History"));
    connect(&services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    m_timer.setSingleShot(true);
    m_timer.setInterval(LoadMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &RecordHistory::load);
}

// An addition lists what the record began with: no "before", and no empty columns.
QList<RecordHistory::Line> RecordHistory::linesOf(const EntityType &entity, const JournalEntry &entry,
                                                  const Names &names)
{
    QList<Line> lines;
    const bool isAddition = entry.operation == Operation::Add;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (index == entity.idColumn)
            continue;
        const Column &column = entity.columns[index];
        const QVariant before = entry.before ? entry.before->values.value(index) : QVariant();
        const QVariant after = entry.after ? entry.after->values.value(index) : QVariant();
        if (sameValue(before, after) || (isAddition && textOf(column, after).isEmpty()))
            continue;
        lines.append({column.label, isAddition ? QString() : shown(column, before, names),
                      shown(column, after, names)});
    }
    return lines;
}

void RecordHistory::showRecord(const RecordId &id)
{
    if (m_id != id) {
        m_history.clear();
        fill();
    }
    m_id = id;
    ++m_generation;
    if (id.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
}

void RecordHistory::load()
{
    whenFinished(m_services.store.historyAsync(m_entity.name, m_id, MaximumEntries), this,
                 [this, generation = m_generation](const Expected<QList<JournalEntry>> &entries) {
                     if (generation != m_generation || !entries)
                         return;
                     m_history = *entries;
                     fill();
                     fetchNames();
                     if (!entries->isEmpty())
                         Q_EMIT newestLoaded(entries->constFirst().author, entries->constFirst().at);
                 });
}

void RecordHistory::fetchNames()
{
    QHash<QString, QList<RecordId>> wanted;
    for (const JournalEntry &entry : std::as_const(m_history)) {
        for (const std::optional<Record> &record : {entry.before, entry.after}) {
            for (int index = 0; record && index < m_entity.columns.size(); ++index) {
                const Column &column = m_entity.columns[index];
                const RecordId id = column.isReference() ? textOf(column, record->values.value(index))
                                                         : RecordId();
                if (!id.isEmpty() && !wanted[column.reference].contains(id))
                    wanted[column.reference].append(id);
            }
        }
    }
    for (auto ids = wanted.cbegin(); ids != wanted.cend(); ++ids) {
        const EntityType *target = m_services.catalog->find(ids.key());
        if (!target || ids->isEmpty())
            continue;
        whenFinished(m_services.store.fetchManyAsync(*target, *ids), this,
                     [this, target, generation = m_generation](const Expected<QList<RecordRow>> &rows) {
                         if (generation != m_generation || !rows)
                             return;
                         for (const RecordRow &row : *rows)
                             m_names.insert(
                                 {target->name, row.record.id},
                                 textOf(target->display(), row.record.values.value(target->displayColumn)));
                         fill();
                     });
    }
}

void RecordHistory::fill()
{
    clear();
    for (const JournalEntry &entry : std::as_const(m_history)) {
        HistoryItem item;
        const QString author = entry.author.isEmpty() ? tr("another program") : entry.author;
        item.head = QStringLiteral("%1 · %2").arg(author, timeAgo(entry.at));
        item.operation = operationText(entry.operation);
        item.version = entry.version;
        if (entry.operation != Operation::Delete)
            item.lines = linesOf(m_entity, entry, m_names);

        auto *listed = new QListWidgetItem(this); // the list owns it
        listed->setData(EntryRole, QVariant::fromValue(item));
        QStringList words{item.head, item.operation};
        for (const Line &line : std::as_const(item.lines))
            words.append(lineText(line));
        listed->setData(Qt::AccessibleTextRole, words.join(u'\n'));
        listed->setToolTip(QStringLiteral("%1\n%2").arg(exactTime(entry.at), words.join(u'\n')));
    }
}

} // namespace desk
