// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/JournalTableModel.h"

#include "ui/parts/LineTable.h"
#include "ui/parts/TimeText.h"
#include "ui/records/RecordHistory.h"

#include <QLocale>

#include <algorithm>

namespace desk {

namespace {

ChipTone toneOf(EntryState state)
{
    switch (state) {
    case EntryState::Saved:
        return ChipTone::Saved;
    case EntryState::Waiting:
        return ChipTone::Waiting;
    case EntryState::Refused:
        return ChipTone::Refused;
    case EntryState::Published:
    case EntryState::Received:
        break;
    }
    return ChipTone::Plain;
}

ChipTone toneOf(Operation operation)
{
    switch (operation) {
    case Operation::Add:
        return ChipTone::Published;
    case Operation::Update:
        return ChipTone::Saved;
    case Operation::Delete:
        break;
    }
    return ChipTone::Refused;
}

QString timeText(const QDateTime &at)
{
    const QDateTime local = at.toLocalTime();
    return local.date() == QDate::currentDate() ? local.toString(QStringLiteral("HH:mm:ss"))
                                                : local.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

} // namespace

QString entryStateText(EntryState state)
{
    switch (state) {
    case EntryState::Published:
        return JournalTableModel::tr("published");
    case EntryState::Saved:
        return JournalTableModel::tr("saved");
    case EntryState::Waiting:
        return JournalTableModel::tr("waiting");
    case EntryState::Refused:
        return JournalTableModel::tr("refused");
    case EntryState::Received:
        break;
    }
    return JournalTableModel::tr("received");
}

JournalTableModel::JournalTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent)
    : QAbstractTableModel(parent)
    , m_catalog(std::move(catalog))
{ }

void JournalTableModel::setEntries(const QList<JournalEntry> &newestFirst)
{
    beginResetModel();
    m_entries = newestFirst.first(std::min<qsizetype>(newestFirst.size(), MaximumEntries));
    m_older.clear();
    endResetModel();
    placeOlder();
}

void JournalTableModel::append(const QList<JournalEntry> &oldestFirst)
{
    QList<JournalEntry> added;
    for (const JournalEntry &entry : oldestFirst) {
        const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const JournalEntry &other) {
            return other.sequence == entry.sequence;
        });
        if (known == m_entries.end()) {
            added.prepend(entry);
        } else if (known->position != entry.position) { // it was read before it had its position
            *known = entry;
            const int row = static_cast<int>(known - m_entries.begin());
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (added.isEmpty())
        return;
    added = added.first(std::min<qsizetype>(added.size(), MaximumEntries));
    beginInsertRows({}, 0, static_cast<int>(added.size()) - 1);
    m_entries = added + m_entries;
    endInsertRows();
    if (m_entries.size() > MaximumEntries) {
        beginRemoveRows({}, MaximumEntries, static_cast<int>(m_entries.size()) - 1);
        m_entries.resize(MaximumEntries);
        endRemoveRows();
        placeOlder(); // what has just left may be refused
    }
}

void JournalTableModel::setPublishing(const PublishingState &publishing)
{
    m_cursor = publishing.cursor;
    m_waiting.clear();
    for (const auto &[entity, id] : publishing.waitingRecords)
        m_waiting.insert({entity, id});
    m_refused.clear();
    for (const RefusedEvent &event : publishing.refused)
        m_refused.insert(event.position, event);
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0, StateColumn), index(static_cast<int>(m_entries.size()) - 1, StateColumn));
    placeOlder();
}

void JournalTableModel::placeOlder()
{
    QSet<qint64> listed;
    for (const JournalEntry &entry : std::as_const(m_entries))
        listed.insert(entry.position);
    QList<JournalEntry> older;
    for (const RefusedEvent &event : std::as_const(m_refused)) {
        if (listed.contains(event.position))
            continue;
        JournalEntry entry;
        entry.position = event.position;
        entry.entity = event.entity;
        entry.id = event.id;
        entry.at = event.at;
        older.append(entry);
    }
    std::sort(older.begin(), older.end(), [](const JournalEntry &left, const JournalEntry &right) {
        return left.position > right.position;
    });

    const int first = static_cast<int>(m_entries.size());
    if (!m_older.isEmpty()) {
        beginRemoveRows({}, first, first + static_cast<int>(m_older.size()) - 1);
        m_older.clear();
        endRemoveRows();
    }
    if (!older.isEmpty()) {
        beginInsertRows({}, first, first + static_cast<int>(older.size()) - 1);
        m_older = older;
        endInsertRows();
    }
}

qsizetype JournalTableModel::unpublished() const
{
    return m_older.size()
        + std::count_if(m_entries.cbegin(), m_entries.cend(), [this](const JournalEntry &entry) {
               const EntryState now = state(entry);
               return now == EntryState::Saved || now == EntryState::Waiting || now == EntryState::Refused;
           });
}

const JournalEntry &JournalTableModel::entry(int row) const
{
    return row < m_entries.size() ? m_entries.at(row) : m_older.at(row - m_entries.size());
}

EntryState JournalTableModel::state(const JournalEntry &entry) const
{
    if (const auto refused = m_refused.constFind(entry.position); refused != m_refused.cend())
        return refused->isHeldBack ? EntryState::Waiting : EntryState::Refused;
    if (entry.origin == Origin::Ingest)
        return EntryState::Received;
    const bool isBehindCursor = entry.position > 0 && entry.position <= m_cursor;
    return !isBehindCursor && m_waiting.contains({entry.entity, entry.id}) ? EntryState::Saved
                                                                           : EntryState::Published;
}

int JournalTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size() + m_older.size());
}

int JournalTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString JournalTableModel::recordText(const JournalEntry &entry) const
{
    const EntityType *entity = m_catalog->find(entry.entity);
    const std::optional<Record> &record = entry.after ? entry.after : entry.before;
    if (!entity || !record || entity->displayColumn == entity->idColumn)
        return QStringLiteral("#%1").arg(entry.id);
    return QStringLiteral("#%1  %2").arg(entry.id, record->values.value(entity->displayColumn).toString());
}

QString JournalTableModel::changesText(const JournalEntry &entry) const
{
    if (const auto refused = m_refused.constFind(entry.position);
        refused != m_refused.cend() && !refused->reason.isEmpty())
        return refused->reason;
    const EntityType *entity = m_catalog->find(entry.entity);
    if (!entity || entry.operation != Operation::Update)
        return {};
    QStringList changes;
    for (const RecordHistory::Line &line : RecordHistory::linesOf(*entity, entry))
        changes.append(tr("%1 %2 → %3").arg(line.label, line.before, line.after));
    return changes.join(QStringLiteral("  ·  "));
}

QString JournalTableModel::text(const JournalEntry &entry, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeText(entry.at);
    case AuthorColumn:
        return entry.author.isEmpty() && entry.version > 0 ? tr("another program") : entry.author;
    case EntityColumn: {
        const EntityType *entity = m_catalog->find(entry.entity);
        return entity ? entity->singular : entry.entity;
    }
    case RecordColumn:
        return recordText(entry);
    case OperationColumn:
        return entry.version > 0 ? operationText(entry.operation)
                                 : QString(); // 0: known only as a refused event
    case ChangesColumn:
        return changesText(entry);
    case StateColumn:
        return entryStateText(state(entry));
    default:
        return {};
    }
}

QVariant JournalTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const JournalEntry &shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? exactTime(shown.at) : text(shown, index.column());
    case LineTable::ToneRole:
        if (index.column() == StateColumn)
            return static_cast<int>(toneOf(state(shown)));
        return index.column() == OperationColumn ? static_cast<int>(toneOf(shown.operation)) : QVariant();
    case StateRole:
        return static_cast<int>(state(shown));
    case EntityNameRole:
        return shown.entity;
    case RecordIdRole:
        return shown.id;
    case PositionRole:
        return shown.position;
    default:
        return {};
    }
}

QVariant JournalTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case AuthorColumn:
        return tr("Who");
    case EntityColumn:
        return tr("Entity");
    case RecordColumn:
        return tr("Record");
    case OperationColumn:
        return tr("Operation");
    case ChangesColumn:
        return tr("What changed");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

} // namespace desk
