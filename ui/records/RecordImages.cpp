// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordImages.h"
#include "models/store/WhenFinished.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"
#include "ui/records/FieldEditor.h"
#include "ui/shell/DeskServices.h"

#include <QUrl>

namespace desk {
namespace {

constexpr int ReloadMilliseconds = 80; // several journal batches, one question

} // namespace

RecordImages::Relation RecordImages::relationOf(const EntityType &entity, const EntityCatalog &catalog)
{
    for (const auto &candidate : catalog.entities()) {
        Relation relation;
        for (int index = 0; index < candidate->columns.size(); ++index) {
            const Column &column = candidate->columns[index];
            if (column.widget == ColumnWidget::ImageUrl && relation.urlColumn < 0)
                relation.urlColumn = index;
            if (column.reference == entity.name && relation.referenceColumn < 0)
                relation.referenceColumn = index;
        }
        if (relation.urlColumn >= 0 && relation.referenceColumn >= 0) {
            relation.images = candidate.get();
            return relation;
        }
    }
    return {};
}

RecordImages::RecordImages(const EntityType &entity, const Relation &relation, DeskServices &services,
                           QObject *parent)
    : QObject(parent)
    , m_entity(entity)
    , m_relation(relation)
    , m_services(services)
{
    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(ReloadMilliseconds);
    connect(&m_reloadTimer, &QTimer::timeout, this, &RecordImages::load);
    connect(&services.store, &StoreClient::journalChanged, this, [this](const QList<JournalEntry> &entries) {
        const auto concerns = [this](const JournalEntry &entry) {
            return entry.entity == m_relation.images->name;
        };
        if (!m_id.isEmpty() && std::any_of(entries.cbegin(), entries.cend(), concerns))
            m_reloadTimer.start();
    });
    connect(&services.store, &StoreClient::everythingChanged, this, [this] { m_reloadTimer.start(); });
}

void RecordImages::setRecord(const RecordId &id)
{
    if (id == m_id)
        return;
    m_id = id;
    ++m_generation;
    m_reloadTimer.stop();
    if (!m_rows.isEmpty()) {
        m_rows.clear();
        Q_EMIT changed();
    }
    if (!id.isEmpty())
        m_reloadTimer.start(); // one who walks down a table does not ask for every row's pictures
}

void RecordImages::load()
{
    if (m_id.isEmpty())
        return;
    const Expected<QVariant> reference = valueFromText(m_relation.images->columns[m_relation.referenceColumn],
                                                       m_id);
    if (!reference)
        return;
    PageRequest request;
    request.query.entity = m_relation.images;
    request.query.sortColumn = m_relation.images->idColumn;
    request.query.filters = {ColumnFilter{m_relation.referenceColumn, FilterKind::Equals, *reference, {}}};
    request.limit = MaximumShown;
    const quint64 generation = ++m_generation;
    whenFinished(m_services.store.fetchPageAsync(request), this,
                 [this, generation](const Expected<QList<RecordRow>> &rows) {
                     if (generation != m_generation || !rows || *rows == m_rows)
                         return;
                     m_rows = *rows;
                     Q_EMIT changed();
                 });
}

QString RecordImages::url(int index) const
{
    return index < 0 || index >= m_rows.size()
        ? QString()
        : m_rows[index].record.values.value(m_relation.urlColumn).toString();
}

QStringList RecordImages::urls() const
{
    QStringList urls;
    for (int index = 0; index < m_rows.size(); ++index)
        urls.append(url(index));
    return urls;
}

QString RecordImages::add(const QString &url)
{
    const Column &urlColumn = m_relation.images->columns[m_relation.urlColumn];
    const QString trimmed = url.trimmed();
    const QUrl parsed(trimmed, QUrl::StrictMode);
    if (!parsed.isValid() || parsed.isRelative())
        return tr("This is no URL. It begins with http:// or https://.");
    Record record = newRecord(*m_relation.images);
    record.values[m_relation.urlColumn] = trimmed;
    const Expected<QVariant> reference = valueFromText(m_relation.images->columns[m_relation.referenceColumn],
                                                       m_id);
    if (m_id.isEmpty() || !reference)
        return tr("Save the record first.");
    record.values[m_relation.referenceColumn] = *reference;
    const QList<Error> errors = validateRecord(*m_relation.images, record);
    if (!errors.isEmpty())
        return fieldSentence(urlColumn, errors.constFirst());
    whenFinished(
        m_services.changes.apply({addition(*m_relation.images, record)},
                                 tr("Add an image to %1 #%2").arg(m_entity.singular.toLower(), m_id)),
        this, [this](const Expected<QList<AppliedChange>> &applied) {
            if (!applied)
                Q_EMIT refused(applied.error().sentence);
        });
    return {};
}

void RecordImages::remove(int index)
{
    if (index < 0 || index >= m_rows.size())
        return;
    whenFinished(
        m_services.changes.apply({deletion(*m_relation.images, m_rows[index].record)},
                                 tr("Delete an image of %1 #%2").arg(m_entity.singular.toLower(), m_id)),
        this, [this](const Expected<QList<AppliedChange>> &applied) {
            if (!applied)
                Q_EMIT refused(applied.error().sentence);
        });
}

} // namespace desk
