// SPDX-License-Identifier: GPL-3.0-or-later
// The store on PostgreSQL beside libpq doing the bare minimum: what do validation, versions, the merge
// check and the journal cost an edit; how long does a page take, deep inside a large table.
#include "models/schema/ColumnText.h"
#include "tests/bench/Figure.h"
#include "tests/store/StoreFixture.h"

#include <QCoreApplication>

#include <libpq-fe.h>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int records = 200'000;
constexpr int edits = 1'000;
constexpr int pageRows = 200;

class BareConnection
{
public:
    explicit BareConnection(const DatabaseSettings &settings)
    {
        const QByteArray port = QByteArray::number(settings.port);
        m_connection = PQsetdbLogin(settings.host.toUtf8(), port, nullptr, nullptr, settings.name.toUtf8(),
                                    settings.user.toUtf8(), settings.password.toUtf8());
        if (PQstatus(m_connection) != CONNECTION_OK)
            qFatal("%s", PQerrorMessage(m_connection));
    }
    ~BareConnection() { PQfinish(m_connection); }
    BareConnection(const BareConnection &) = delete;
    BareConnection &operator=(const BareConnection &) = delete;

    void prepare(const char *name, const char *sql) { check(PQprepare(m_connection, name, sql, 0, nullptr)); }
    int run(const char *name, const QByteArrayList &values)
    {
        std::vector<const char *> pointers;
        for (const QByteArray &value : values)
            pointers.push_back(value.constData());
        return check(PQexecPrepared(m_connection, name, static_cast<int>(pointers.size()), pointers.data(),
                                    nullptr, nullptr, 0));
    }
    void exec(const char *sql) { check(PQexec(m_connection, sql)); }

private:
    int check(PGresult *result)
    {
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            qFatal("%s", PQerrorMessage(m_connection));
        const int rows = PQntuples(result);
        PQclear(result);
        return rows;
    }
    PGconn *m_connection = nullptr;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto catalog = EntityCatalog::load();
    const EntityType &product = *catalog->find(u"product");
    const StoreFixture fixture(DatabaseKind::PostgreSql);
    const auto store = fixture.open(catalog);
    BareConnection bare(fixture.settings());
    bare.exec(qPrintable(QStringLiteral("INSERT INTO product (id, name, description, price, currency) "
                                        "SELECT i, 'Product ' || md5(i::text), 'A description of some "
                                        "length, as shops have them.', i % 1000 + 0.99, 'EUR' "
                                        "FROM generate_series(1, %1) i")
                             .arg(records)));
    // The peer's table has neither version nor journal.
    bare.exec(
        "CREATE TABLE bare AS SELECT id, name, description, price, currency, stock_quantity FROM product");
    bare.exec("ALTER TABLE bare ADD PRIMARY KEY (id)");
    bare.exec("CREATE INDEX ON bare (name, id)");
    bare.exec("ANALYZE bare, product");
    bare.prepare("edit", "UPDATE bare SET stock_quantity = $1 WHERE id = $2");
    bare.prepare("page", "SELECT * FROM bare ORDER BY name, id LIMIT 200 OFFSET $1");

    bool ok = true;
    int round = 0;
    const int stock = product.indexOf(u"stock_quantity");
    ok &= measure(
        {QStringLiteral("store.edit"), QStringLiteral("edits/s"),
         QStringLiteral("libpq, UPDATE of a table without journal"), 0},
        [&] {
            ++round;
            QList<Record> seen;
            for (int id = 1; id <= edits; ++id)
                seen.append(store->fetch(product, QString::number(id))->record);
            return edits / seconds([&] {
                       for (const Record &before : std::as_const(seen)) {
                           Record after = before;
                           after.values[stock] = QVariant::fromValue<qint64>(round);
                           if (!store->apply({{update(product, before, after)}, QStringLiteral("bench")}))
                               qFatal("an edit was refused");
                       }
                   });
        },
        [&] {
            return edits / seconds([&] {
                       for (int id = 1; id <= edits; ++id)
                           bare.run("edit", {QByteArray::number(round), QByteArray::number(id)});
                   });
        });

    RecordQuery query{&product};
    query.sortColumn = product.indexOf(u"name");
    const qint64 deep = records * 3 / 4;
    const RecordRow anchor = store->fetchPage({query, deep - 1, 1, {}})->constFirst();
    ok &= measure(
        {QStringLiteral("store.page_deep_scrolled"), QStringLiteral("ms"),
         QStringLiteral("libpq, the same page by OFFSET"), 1.0},
        [&] {
            return 1000 * seconds([&] {
                       if (store->fetchPage({query, deep, pageRows, anchor})->size() != pageRows)
                           qFatal("a page was short");
                   });
        },
        [&] { return 1000 * seconds([&] { bare.run("page", {QByteArray::number(deep)}); }); });
    ok &= measure(
        {QStringLiteral("store.page_first"), QStringLiteral("ms"), QStringLiteral("libpq, the same page"), 0},
        [&] { return 1000 * seconds([&] {
                         (void)store->fetchPage({query, 0, pageRows, {}});
                     }); },
        [&] { return 1000 * seconds([&] { bare.run("page", {"0"}); }); });
    return ok ? 0 : 1;
}
