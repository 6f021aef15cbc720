// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlDialect.h"

namespace desk {

class SqliteDialect : public SqlDialect
{
public:
    QString baseScript() const override;
    QString createTable(const EntityType &entity) const override;
    QString addColumn(const EntityType &entity, const Column &column) const override;
    QString entityScript(const EntityType &entity) const override;
    QString indexScript(const EntityType &entity) const override;
    QString typeName(const Column &column) const override;
    bool fits(const ExistingColumn &existing, const Column &column) const override;
    QString widen(const EntityType &entity, const ExistingColumn &existing,
                  const Column &column) const override;
    Expected<QList<ExistingColumn>> existingColumns(SqlSession &session, const QString &table) const override;

    QVariant toSql(const Column &column, const QVariant &value) const override;
    QVariant fromSql(const Column &column, const QVariant &value) const override;
    QString sortExpression(const Column &column, const QString &expression) const override;
    QString containsCondition(const QString &expression) const override;
    QString listedIds(const EntityType &entity) const override;
    QString asText(const QString &expression) const override;
    QString forUpdate() const override;
    QString forKeyShare() const override;

private:
    [[nodiscard]] QString definition(const EntityType &entity, const Column &column) const;
    // Makes the column anew with the description's definition; `expression` is its value, with {old} for the
    // old one.
    [[nodiscard]] QString rebuildColumn(const EntityType &entity, const Column &column,
                                        const QString &expression) const;
    [[nodiscard]] static QString image(const EntityType &entity, const QString &row);
};

} // namespace desk
