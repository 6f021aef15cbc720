// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordTableModel.h"

#include "models/schema/ColumnText.h"
#include "models/schema/SensitiveNames.h"
#include "models/store/WhenFinished.h"

namespace desk {
namespace {

constexpr int reloadMilliseconds = 150; // several changes by others become one look

} // namespace

RecordTableModel::RecordTableModel(const EntityType &entity, StoreClient &store, ChangeService &changes,
                                   RecordStates &states, QObject *parent)
    : QAbstractTableModel(parent)
    , m_entity(entity)
    , m_store(store)
    , m_states(states)
    , m_loader(store, m_window)
    , m_edits(entity, changes, states,
              [this](const RecordId &id) { return m_window.row(m_window.rowOf(id)); })
{
    for (int column = 0; column < entity.columns.size(); ++column) {
        if (!entity.columns[column].hidden)
            m_sections.append(column);
    }
    m_sections.append(-1);
    RecordQuery all;
    all.entity = &entity;
    all.sortColumn = entity.idColumn;
    m_loader.setQuery(all);

    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(reloadMilliseconds);
    connect(&m_loader, &RecordPageLoader::pageLoaded, this, &RecordTableModel::placePage);
    connect(&m_loader, &RecordPageLoader::counted, this, &RecordTableModel::placeCount);
    connect(&m_loader, &RecordPageLoader::failed, this, &RecordTableModel::loadFailed);
    connect(&m_reloadTimer, &QTimer::timeout, this, &RecordTableModel::reload);
    connect(&m_store, &StoreClient::journalChanged, this, &RecordTableModel::followJournal);
    connect(&m_store, &StoreClient::everythingChanged, this, &RecordTableModel::reload);
    connect(&m_store, &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state != StoreClient::State::Ready)
            return;
        reload();
        m_edits.retry(ErrorCode::Unreachable);
    });
    connect(&m_states, &RecordStates::changed, this, &RecordTableModel::followStates);
    connect(&m_edits, &RecordEdits::changed, this, [this](const RecordId &id) {
        if (const int row = rowOf(id); row >= 0)
            emitRowChanged(row);
    });
    connect(&m_edits, &RecordEdits::committed, this, &RecordTableModel::showApplied);
    connect(&m_edits, &RecordEdits::refused, this,
            [this](const RecordId &id, int column, const Error &error) {
                if (const int row = rowOf(id); row >= 0)
                    Q_EMIT editRefused(index(row, sectionOf(column)), error);
            });
    connect(&m_edits, &RecordEdits::released, this, [this](const RecordId &id) {
        const int row = rowOf(id);
        if (row < 0)
            return;
        removeRowsAt(row, 1);
        Q_EMIT countChanged(m_rowCount, !isCounting());
    });
}

void RecordTableModel::setQuery(const RecordQuery &query)
{
    RecordQuery asked = query;
    asked.entity = &m_entity;
    beginResetModel();
    m_loader.setQuery(asked);
    m_window.clear();
    m_rowCount = 0;
    endResetModel();
    // The first rows come before the count, so that something is there to look at.
    m_loader.fetch(0);
    count();
}

void RecordTableModel::refresh()
{
    setQuery(query());
}

void RecordTableModel::reload()
{
    m_loader.startOver();
    const QList<int> pages = m_window.recentPages(PagesFollowed);
    m_window.dropAllBut(pages);
    if (pages.isEmpty())
        m_loader.fetch(0);
    for (const int page : pages)
        m_loader.fetch(page);
    count();
    if (m_rowCount > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, columnCount() - 1));
}

void RecordTableModel::count()
{
    m_loader.count();
    Q_EMIT countChanged(m_rowCount, false);
}

void RecordTableModel::placeCount(qint64 records)
{
    setRowCount(static_cast<int>(std::min<qint64>(records, std::numeric_limits<int>::max())));
    Q_EMIT countChanged(records, true);
}

void RecordTableModel::setRowCount(int rows)
{
    if (rows > m_rowCount)
        insertRowsAt(m_rowCount, rows - m_rowCount);
    else if (rows < m_rowCount)
        removeRowsAt(rows, m_rowCount - rows);
}

void RecordTableModel::insertRowsAt(int row, int count)
{
    beginInsertRows({}, row, row + count - 1);
    m_window.insertGap(row, count);
    m_rowCount += count;
    endInsertRows();
}

void RecordTableModel::removeRowsAt(int row, int count)
{
    beginRemoveRows({}, row, row + count - 1);
    m_window.remove(row, count);
    m_rowCount -= count;
    endRemoveRows();
}

// Puts the answer in place row by row, so that rows which came or went in between are told to the views
// as exactly that.
void RecordTableModel::placePage(int page, const QList<RecordRow> &rows)
{
    const int first = page * PageSize;
    for (qsizetype at = 0; at < rows.size(); ++at)
        placeRow(first + static_cast<int>(at), rows, at);
    if (rows.size() < PageSize && first + rows.size() < m_rowCount)
        removeRowsAt(first + static_cast<int>(rows.size()),
                     m_rowCount - first - static_cast<int>(rows.size()));
    m_window.use(page);
    m_window.dropUnused();
    if (!rows.isEmpty()) {
        Q_EMIT dataChanged(index(first, 0),
                           index(first + static_cast<int>(rows.size()) - 1, columnCount() - 1));
        Q_EMIT rowsLoaded(first, first + static_cast<int>(rows.size()) - 1);
    }
}

void RecordTableModel::placeRow(int row, const QList<RecordRow> &fresh, qsizetype at)
{
    const RecordRow &wanted = fresh[at];
    if (row >= m_rowCount) {
        insertRowsAt(m_rowCount, row + 1 - m_rowCount);
    } else if (const RecordRow *old = m_window.row(row); old && old->record.id != wanted.record.id) {
        const auto isLater = [&](const RecordId &id) {
            return std::any_of(fresh.cbegin() + at, fresh.cend(),
                               [&](const RecordRow &other) { return other.record.id == id; });
        };
        const int wantedWas = m_window.rowOf(wanted.record.id);
        if (isLater(old->record.id)) {
            if (wantedWas > row) // it moved up here
                removeRowsAt(wantedWas, 1);
            insertRowsAt(row, 1);
        } else if (wantedWas > row) {
            removeRowsAt(row, wantedWas - row);
        }
    }
    m_window.set(row, wanted);
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rowCount;
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sections.size());
}

std::optional<RecordRow> RecordTableModel::row(int row) const
{
    const RecordRow *loaded = m_window.row(row);
    return loaded ? std::optional(*loaded) : std::nullopt;
}

int RecordTableModel::rowOf(const RecordId &id) const
{
    return m_window.rowOf(id);
}

QVariant RecordTableModel::value(const RecordRow &row, int column) const
{
    const RecordDrafts::Draft *draft = m_edits.drafts().find(row.record.id, column);
    return draft ? draft->value : row.record.values.value(column);
}

QString RecordTableModel::displayText(const RecordRow &row, int column) const
{
    const Column &description = m_entity.columns[column];
    const QVariant value = this->value(row, column);
    if (!value.isValid())
        return {};
    if (description.sensitive)
        return MaskedValue.toString();
    if (description.isReference()) {
        const QString label = m_edits.drafts().find(row.record.id, column) ? QString()
                                                                           : row.labels.value(column);
        return label.isEmpty() ? u'#' + value.toString() : label;
    }
    if (description.type == ColumnType::Text) // one line in a table
        return value.toString().simplified();
    return textOf(description, value);
}

QVariant RecordTableModel::stateData(const RecordRow &row, int role) const
{
    RecordStates::Entry entry = m_states.entry(m_entity.name, row.record.id);
    // Whatever became of the record's other columns: as long as one shows what is not committed, it says so.
    const std::optional<Error> refusal = m_edits.refusal(row.record.id);
    if (refusal && entry.state != RecordState::Saving)
        entry = {RecordState::Refused, refusal->sentence};
    switch (role) {
    case Qt::DisplayRole:
        return recordStateText(entry.state);
    case Qt::ToolTipRole:
    case StateReasonRole:
        return entry.reason;
    case StateRole:
        return int(entry.state);
    case RecordIdRole:
        return row.record.id;
    case ColumnRole:
        return -1;
    case IsLoadedRole:
        return true;
    case IsDraftRole:
        return m_edits.drafts().contains(row.record.id);
    default:
        return {};
    }
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = entityColumn(index.column());
    m_window.use(m_window.pageOf(index.row()));
    const RecordRow *row = m_window.row(index.row());
    if (!row) {
        m_loader.request(m_window.pageOf(index.row()));
        if (role == IsLoadedRole)
            return false;
        return role == ColumnRole ? QVariant(column) : QVariant();
    }
    if (column < 0)
        return stateData(*row, role);

    const Column &description = m_entity.columns[column];
    const bool isChecked = description.type == ColumnType::Boolean && !description.sensitive;
    switch (role) {
    case Qt::DisplayRole:
        return isChecked ? QVariant() : displayText(*row, column);
    case Qt::EditRole:
    case ValueRole:
        return value(*row, column);
    case Qt::CheckStateRole:
        return isChecked ? QVariant(value(*row, column).toBool() ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (description.isNumber() ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return description.type == ColumnType::Text && !description.sensitive
            ? QVariant(value(*row, column).toString())
            : QVariant();
    case ReferenceIdRole:
        return description.isReference() && !description.sensitive ? QVariant(value(*row, column).toString())
                                                                   : QVariant();
    case IsDraftRole:
        return m_edits.drafts().find(row->record.id, column) != nullptr;
    case ColumnRole:
        return column;
    default:
        return stateData(*row, role); // the same for every column of a row
    }
}

Qt::ItemFlags RecordTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    const int column = entityColumn(index.column());
    if (column < 0 || m_entity.columns[column].readOnly || !m_window.row(index.row()))
        return flags;
    flags |= Qt::ItemIsEditable;
    if (m_entity.columns[column].type == ColumnType::Boolean)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_sections.size())
        return {};
    const int column = entityColumn(section);
    if (role == Qt::DisplayRole)
        return column < 0 ? tr("State") : m_entity.columns[column].label;
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            Qt::AlignVCenter
            | (column >= 0 && m_entity.columns[column].isNumber() ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

void RecordTableModel::sort(int column, Qt::SortOrder order)
{
    const int sortColumn = entityColumn(column);
    RecordQuery sorted = query();
    if (sortColumn < 0 || (sorted.sortColumn == sortColumn && sorted.sortOrder == order))
        return;
    sorted.sortColumn = sortColumn;
    sorted.sortOrder = order;
    setQuery(sorted);
}

Expected<QVariant> RecordTableModel::parse(int column, const QVariant &wanted, int role) const
{
    const Column &description = m_entity.columns[column];
    Expected<QVariant> parsed = wanted;
    if (role == Qt::CheckStateRole)
        parsed = QVariant(wanted.toInt() == Qt::Checked);
    else if (wanted.typeId() == QMetaType::QString)
        parsed = valueFromText(description, wanted.toString());
    if (!parsed)
        return parsed;
    const Expected<> valid = validateValue(description, *parsed);
    return valid ? parsed : tl::make_unexpected(valid.error());
}

bool RecordTableModel::setData(const QModelIndex &index, const QVariant &wanted, int role)
{
    const int column = entityColumn(index.column());
    const RecordRow *row = m_window.row(index.row());
    if (!row || !(flags(index) & Qt::ItemIsEditable) || (role != Qt::EditRole && role != Qt::CheckStateRole))
        return false;
    const Expected<QVariant> parsed = parse(column, wanted, role);
    if (!parsed) {
        Q_EMIT editRefused(index, parsed.error());
        return false;
    }
    m_edits.submit(RecordRow(*row), column, *parsed);
    return true;
}

// At once, without waiting for the journal.
void RecordTableModel::showApplied(const AppliedChange &applied)
{
    const int row = rowOf(applied.id());
    const RecordRow *shown = m_window.row(row);
    if (!shown || !applied.after || applied.after->version <= shown->record.version)
        return;
    RecordRow now = *shown;
    now.record = *applied.after;
    for (int column = 0; column < m_entity.columns.size(); ++column) {
        if (m_entity.columns[column].isReference()
            && !sameValue(now.record.values[column], shown->record.values[column]))
            now.labels[column].clear();
    }
    m_window.set(row, now);
    fetchChanged({now.record.id}); // for the names of references
}

void RecordTableModel::beginEdit(const QModelIndex &index)
{
    const int column = entityColumn(index.column());
    if (const RecordRow *row = m_window.row(index.row()); row && column >= 0)
        m_edits.begin(row->record.id, column, row->record.values[column]);
}

void RecordTableModel::emitRowChanged(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void RecordTableModel::followJournal(const QList<JournalEntry> &entries)
{
    QList<RecordId> changed;
    bool lookAgain = false;
    for (const JournalEntry &entry : entries) {
        if (entry.entity != m_entity.name) {
            // What a reference is called may have changed.
            lookAgain |= entry.operation == Operation::Update
                && std::any_of(m_entity.columns.cbegin(), m_entity.columns.cend(),
                               [&](const Column &column) { return column.reference == entry.entity; });
            continue;
        }
        const int row = m_window.rowOf(entry.id);
        if (entry.operation == Operation::Delete && row >= 0) {
            changed.removeOne(entry.id);
            if (m_edits.holdsDeleted(entry))
                continue;
            removeRowsAt(row, 1);
            Q_EMIT countChanged(m_rowCount, !isCounting());
        } else if (entry.operation != Operation::Update) {
            m_edits.restored(entry.id);
            lookAgain |= entry.operation == Operation::Add ? row < 0 : true;
        } else if (row >= 0 && m_window.row(row)->record.version < entry.version
                   && !changed.contains(entry.id)) {
            changed.append(entry.id);
        }
    }
    if (!changed.isEmpty())
        fetchChanged(changed);
    if (lookAgain && !m_reloadTimer.isActive())
        m_reloadTimer.start();
}

// A changed record keeps its place even if it now sorts elsewhere: rows do not jump under the operator's
// hands. The next question puts it where it belongs.
void RecordTableModel::fetchChanged(const QList<RecordId> &ids)
{
    whenFinished(m_store.fetchManyAsync(m_entity, ids), this, [this](const Expected<QList<RecordRow>> &rows) {
        if (!rows)
            return; // the database went away; everything is looked at again when it is back
        for (const RecordRow &fresh : *rows) {
            const int row = m_window.rowOf(fresh.record.id);
            if (row < 0 || m_window.row(row)->record.version > fresh.record.version)
                continue;
            m_window.set(row, fresh);
            emitRowChanged(row);
        }
    });
}

void RecordTableModel::followStates(const QString &entity, const QList<RecordId> &ids)
{
    if (!entity.isEmpty() && entity != m_entity.name)
        return;
    if (ids.isEmpty() && m_rowCount > 0)
        Q_EMIT dataChanged(index(0, stateSection()), index(m_rowCount - 1, stateSection()));
    for (const RecordId &id : ids) {
        if (const int row = m_window.rowOf(id); row >= 0)
            Q_EMIT dataChanged(index(row, stateSection()), index(row, stateSection()));
    }
}

} // namespace desk
