// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QObject>
#include <QTimer>

namespace desk {

class EntityCatalog;
struct DeskServices;

// The pictures of one record: the records of another entity that hold a URL of a picture and refer to it
// (image.product_id to product). Follows changes by anyone; adds and deletes through the change service, so
// both can be undone. GUI thread.
class RecordImages : public QObject
{
    Q_OBJECT

public:
    static constexpr int MaximumShown = 200;

    // Which entity's records are this entity's pictures, and by which columns.
    struct Relation {
        const EntityType *images = nullptr; // null: this entity has no pictures
        int urlColumn = -1;
        int referenceColumn = -1;
    };
    [[nodiscard]] static Relation relationOf(const EntityType &entity, const EntityCatalog &catalog);

    RecordImages(const EntityType &entity, const Relation &relation, DeskServices &services, QObject *parent);

    // Empty: a record without pictures, such as one that is not saved yet.
    void setRecord(const RecordId &id);
    [[nodiscard]] const RecordId &record() const { return m_id; }
    [[nodiscard]] const QList<RecordRow> &rows() const { return m_rows; }
    [[nodiscard]] QString url(int index) const;
    [[nodiscard]] QStringList urls() const;

    // Empty: being added. Otherwise the sentence that says why not.
    [[nodiscard]] QString add(const QString &url);
    void remove(int index);

Q_SIGNALS:
    void changed();
    void refused(const QString &sentence);

private:
    void load();

    const EntityType &m_entity;
    Relation m_relation;
    DeskServices &m_services;
    RecordId m_id;
    QList<RecordRow> m_rows;
    quint64 m_generation = 0;
    QTimer m_reloadTimer;
};

} // namespace desk
