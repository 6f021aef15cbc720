// SPDX-License-Identifier: GPL-3.0-or-later
// Ids at the end of their range, versions of records that come again, names the databases keep for themselves.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

#include <unistd.h>

using namespace desk;

namespace {

// While it lives, root is nobody in particular: permissions of files bind this process too.
class Unprivileged
{
public:
    Unprivileged()
    {
        if (geteuid() == 0 && setresuid(Nobody, Nobody, 0) != 0)
            qFatal("This process cannot give up its rights.");
    }
    ~Unprivileged()
    {
        if (getuid() == Nobody && setresuid(0, 0, 0) != 0)
            qFatal("This process cannot take its rights back.");
    }
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;

private:
    static constexpr uid_t Nobody = 65534;
};

} // namespace

class RecordIdTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    const EntityType &m_category = *m_catalog->find(u"category");

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("SQLite") << DatabaseKind::Sqlite;
        QTest::newRow("PostgreSQL") << DatabaseKind::PostgreSql;
    }
    Expected<QList<AppliedChange>> add(Store &store, const QString &name, const RecordId &id = {}) const
    {
        Record record = newRecord(m_category);
        record.values[m_category.indexOf(u"name")] = name;
        if (!id.isEmpty())
            setRecordId(m_category, record, id);
        return store.apply({{addition(m_category, record)}, QStringLiteral("maria")});
    }

private Q_SLOTS:
    void findsFreeIdsBelowTheLast_data() { onBoth(); }
    void findsFreeIdsBelowTheLast()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QVERIFY(add(*store, QStringLiteral("first")));
        QVERIFY(add(*store, QStringLiteral("last"), QStringLiteral("2147483647")));
        QSet<RecordId> ids{QStringLiteral("1"), QStringLiteral("2147483647")};
        for (int round = 0; round < 40; ++round) {
            const auto added = add(*store, QStringLiteral("more"));
            QVERIFY2(added, qPrintable(added ? QString() : added.error().sentence));
            const RecordId id = added->constFirst().id();
            QVERIFY2(!ids.contains(id) && id.toLongLong() > 0 && id.toLongLong() < 2147483647,
                     qPrintable(id));
            ids.insert(id);
        }
        // A store that begins now meets the same.
        QVERIFY(add(*fixture.open(m_catalog), QStringLiteral("another")));
        QVERIFY(!add(*store, QStringLiteral("beyond"), QStringLiteral("2147483648")));
    }

    void countsVersionsOnWhenARecordComesAgain_data() { onBoth(); }
    void countsVersionsOnWhenARecordComesAgain()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Record first = *add(*store, QStringLiteral("a"), QStringLiteral("7"))->constFirst().after;
        QCOMPARE(first.version, 1);
        QVERIFY(store->apply({{deletion(m_category, first)}, QStringLiteral("maria")}));
        const Record again = *add(*store, QStringLiteral("b"), QStringLiteral("7"))->constFirst().after;
        QCOMPARE(again.version, 3);
        // Who still looks at the first one is told.
        Record stale = first;
        stale.values[m_category.indexOf(u"name")] = QStringLiteral("c");
        ChangeSet late{{update(m_category, first, stale)}, QStringLiteral("jo")};
        late.onConflict = OnConflict::Refuse;
        const auto refused = store->apply(late);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QCOMPARE(store->fetch(m_category, QStringLiteral("7"))->record.version, 3);
    }

    // Columns named like what the triggers use.
    void takesNamesOfTheTriggersOwn_data() { onBoth(); }
    void takesNamesOfTheTriggersOwn()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("odd.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "syntax = \"proto3\";\nimport \"catalog/options.proto\";\nmessage Odd {\n"
            "  option (catalog.entity) = {};\n  int32 id = 1;\n  string who = 2;\n  string client = 3;\n"
            "  string image = 4;\n  string author = 5;\n  string entity = 6;\n  string t = 7;\n"
            "  string time = 8;\n  string before = 9;\n}\n");
        file.close();
        const auto catalog = EntityCatalog::load(folder.path());
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType &odd = *catalog->find(u"odd");
        const auto store = fixture.open(catalog);
        Record record = newRecord(odd);
        for (int column = 1; column < odd.columns.size(); ++column)
            record.values[column] = odd.columns[column].name;
        const auto added = store->apply({{addition(odd, record)}, QStringLiteral("maria")});
        QVERIFY2(added, qPrintable(added ? QString() : added.error().sentence));
        const JournalEntry entry = store->readJournal(0, 1)->constFirst();
        QCOMPARE(entry.author, QStringLiteral("maria"));
        QCOMPARE(entry.after->values, store->fetch(odd, entry.id)->record.values);
    }

    // A file without its write permission, and a disk that takes nothing.
    void opensAFileThatCanOnlyBeRead()
    {
        const StoreFixture fixture(DatabaseKind::Sqlite);
        QVERIFY(add(*fixture.open(m_catalog), QStringLiteral("a")));
        const QString path = fixture.settings().path;
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
        QVERIFY(QFile::setPermissions(QFileInfo(path).path(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                          | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther
                                          | QFile::ExeOther));
        const Unprivileged somebody;
        QVERIFY(!QFileInfo(path).isWritable());
        const auto store = fixture.open(m_catalog);
        QCOMPARE(store->count({&m_category}).value(), 1);
        const auto refused = add(*store, QStringLiteral("b"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NoAccess);
        QVERIFY2(refused.error().sentence.contains(QStringLiteral("only be read")),
                 qPrintable(refused.error().sentence));
    }
};

QTEST_GUILESS_MAIN(RecordIdTest)
#include "RecordIdTest.moc"
