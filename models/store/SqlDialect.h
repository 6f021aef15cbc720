// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"
#include "models/store/SqlSession.h"

#include <QMap>

#include <memory>

namespace desk {

// A column as the database has it now.
struct ExistingColumn {
    QString name;
    QString type; // in the database's own words
    bool notNull = false;
    bool hasDefault = false;
    QString logicalType; // as noted when the column was made; empty: not known, taken for what is wanted
};

// What differs between the two databases: types, how values are bound and read, a few expressions, and
// the statements that make tables, triggers and views. Stateless; any thread.
class SqlDialect
{
public:
    [[nodiscard]] static std::unique_ptr<const SqlDialect> forKind(DatabaseKind kind);
    virtual ~SqlDialect() = default;

    // Tables.
    [[nodiscard]] virtual QString baseScript() const = 0; // the journal and everything beside the entities
    [[nodiscard]] virtual QString createTable(const EntityType &entity) const = 0;
    [[nodiscard]] virtual QString addColumn(const EntityType &entity, const Column &column) const = 0;
    // Triggers, and the view for older services; replaces what is there.
    [[nodiscard]] virtual QString entityScript(const EntityType &entity) const = 0;
    [[nodiscard]] virtual QString indexScript(const EntityType &entity) const = 0;
    [[nodiscard]] virtual QString typeName(const Column &column) const = 0;
    // Whether a column of that type can hold this column's values as they are.
    [[nodiscard]] virtual bool fits(const ExistingColumn &existing, const Column &column) const = 0;
    // The statement that makes the existing column able to, without losing anything; empty: there is none.
    [[nodiscard]] virtual QString widen(const EntityType &entity, const ExistingColumn &existing,
                                        const Column &column) const = 0;
    [[nodiscard]] virtual Expected<QList<ExistingColumn>> existingColumns(SqlSession &session,
                                                                          const QString &table) const = 0;

    // Values.
    [[nodiscard]] virtual QVariant toSql(const Column &column, const QVariant &value) const = 0;
    [[nodiscard]] virtual QVariant fromSql(const Column &column, const QVariant &value) const = 0;
    [[nodiscard]] virtual QString selected(const Column &column, const QString &expression) const
    {
        Q_UNUSED(column)
        return expression;
    }
    [[nodiscard]] QVariant idToSql(const EntityType &entity, const RecordId &id) const;

    // Expressions.
    [[nodiscard]] virtual QString containsCondition(
        const QString &expression) const = 0; // one "?" for likePattern()
    [[nodiscard]] virtual QString asText(const QString &expression) const = 0;
    [[nodiscard]] virtual QString sortExpression(const Column &column, const QString &expression) const
    {
        Q_UNUSED(column)
        return expression;
    }
    [[nodiscard]] virtual QString forUpdate() const = 0; // after a SELECT: locks its rows
    [[nodiscard]] virtual QString forKeyShare()
        const = 0; // after a SELECT: they shall not be deleted meanwhile
    // The rows of a JSON array of ids, for "id IN (…)"; one "?" for the array as text.
    [[nodiscard]] virtual QString listedIds(const EntityType &entity) const = 0;
    [[nodiscard]] static QString likePattern(const QString &text); // "%…%", escaped with a backslash

protected:
    // Fills {names} in a template of resources/sql.
    [[nodiscard]] static QString fill(const QString &file, const QMap<QString, QString> &names);
    [[nodiscard]] static QString read(const QString &file);
    [[nodiscard]] static QString literal(const QString &text)
    {
        return u'\'' + QString(text).replace(u'\'', QStringLiteral("''")) + u'\'';
    }
};

} // namespace desk
