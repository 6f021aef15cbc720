// SPDX-License-Identifier: GPL-3.0-or-later
// Messages from topics on both databases: each takes effect once, whatever order, repetition or contradiction
// they come in; what cannot be applied is kept with its bytes.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class IngestTest : public QObject
{
    Q_OBJECT

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    void begin()
    {
        QFETCH(DatabaseKind, kind);
        m_fixture = std::make_unique<StoreFixture>(kind);
        m_store = m_fixture->open();
        m_offset = 0;
        m_clock = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    }
    const EntityType &product() const { return *m_store->catalog().find(u"product"); }
    QVariant read(const char *column, const QString &text) const
    {
        return *valueFromText(product().columns[product().indexOf(QString::fromLatin1(column))], text);
    }

    // A message of an older service: no version; `columns` is what it wrote.
    IngestMessage message(Operation operation, const QString &id,
                          const QList<std::pair<const char *, QString>> &columns = {}, qint64 version = 0)
    {
        IngestChange change;
        change.entity = &product();
        change.operation = operation;
        change.record = newRecord(product());
        setRecordId(product(), change.record, id);
        change.record.id = id;
        change.record.version = version;
        change.written.resize(product().columns.size());
        change.imprecise.resize(product().columns.size());
        for (const auto &[column, text] : columns) {
            const int index = product().indexOf(QString::fromLatin1(column));
            change.record.values[index] = read(column, text);
            change.written.setBit(index);
        }
        change.author = QStringLiteral("products_add");
        IngestMessage message;
        message.topic = QStringLiteral("products");
        message.offset = m_offset++;
        m_clock = m_clock.addMSecs(10);
        message.at = m_clock;
        message.change = change;
        return message;
    }
    IngestMessage lamp(const QString &id, const QString &name = QStringLiteral("Lamp"))
    {
        return message(Operation::Add, id, {{"name", name}, {"price", QStringLiteral("5.00")}});
    }
    IngestBatch batchOf(const QList<IngestMessage> &messages)
    {
        IngestBatch batch;
        batch.consumerGroup = QStringLiteral("desk");
        batch.messages = messages;
        batch.positions = {{QStringLiteral("products"), 0, m_offset}};
        batch.source = [messages](qsizetype index) {
            TopicMessage source;
            source.topic = messages[index].topic;
            source.offset = messages[index].offset;
            source.key = QByteArray("key\0", 4);
            source.value = QByteArray("\x08\xff", 2);
            source.headers = {{"h", QByteArray("\xfe", 1)}};
            source.at = messages[index].at;
            return source;
        };
        return batch;
    }
    IngestOutcome take(const QList<IngestMessage> &messages)
    {
        const Expected<IngestOutcome> outcome = m_store->ingest().take(batchOf(messages));
        if (!outcome)
            qFatal("%s", qPrintable(outcome.error().sentence));
        return *outcome;
    }
    QString stored(const QString &id, const char *column) const
    {
        const int index = product().indexOf(QString::fromLatin1(column));
        const Expected<RecordRow> row = m_store->fetch(product(), id);
        return row ? textOf(product().columns[index], row->record.values[index]) : QStringLiteral("-");
    }
    Record edit(const QString &id, const char *column, const QString &text)
    {
        const Record before = m_store->fetch(product(), id)->record;
        Record after = before;
        after.values[product().indexOf(QString::fromLatin1(column))] = read(column, text);
        ChangeSet set{{update(product(), before, after)}};
        set.author = QStringLiteral("Ada");
        return *m_store->apply(set)->constFirst().after;
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    qint64 m_offset = 0;
    QDateTime m_clock;

private Q_SLOTS:
    void cleanup() { m_store.reset(); } // before its database

    void takesManyAtOnceAndRemembersHowFar_data() { onBoth(); }
    void takesManyAtOnceAndRemembersHowFar()
    {
        begin();
        QList<IngestMessage> messages;
        for (int id = 1; id <= 500; ++id)
            messages.append(lamp(QString::number(id), QStringLiteral("Lamp\t\\ %1\n\"ü\"").arg(id)));
        IngestOutcome expected;
        expected.applied = 500;
        QCOMPARE(take(messages), expected);
        QCOMPARE(stored(QStringLiteral("77"), "name"), QStringLiteral("Lamp\t\\ 77\n\"ü\""));
        QCOMPARE(stored(QStringLiteral("77"), "currency"), QStringLiteral("EUR")); // the column's default
        const auto positions = m_store->ingest().positions(QStringLiteral("desk")).value();
        QCOMPARE(positions.size(), 1);
        QCOMPARE(positions.constFirst().next, 500);
        const auto entry = m_store->history(QStringLiteral("product"), QStringLiteral("77"), 10)
                               ->constFirst();
        QCOMPARE(entry.origin, Origin::Ingest);
        QCOMPARE(entry.author, QStringLiteral("products_add"));

        // A process that does not know it has lost the partition.
        const qint64 head = m_store->journalHead().value();
        IngestOutcome repeated;
        repeated.repeated = 500;
        QCOMPARE(take(messages), repeated);
        QCOMPARE(m_store->journalHead().value(), head);
        // The writer's name does not stick to the connection.
        edit(QStringLiteral("1"), "name", QStringLiteral("Chair"));
        QCOMPARE(m_store->history(QStringLiteral("product"), QStringLiteral("1"), 1)->constFirst().author,
                 QStringLiteral("Ada"));
        // Ids that came from topics are not handed out again.
        Record added = newRecord(product());
        added.values[product().indexOf(u"name")] = QStringLiteral("Ours");
        QVERIFY(m_store->apply({{addition(product(), added)}})->constFirst().id().toInt() > 500);
    }

    void anAdditionThatComesAgainChangesNothing_data() { onBoth(); }
    void anAdditionThatComesAgainChangesNothing()
    {
        begin();
        take({lamp(QStringLiteral("1")), lamp(QStringLiteral("2"))});
        const IngestOutcome again = take({lamp(QStringLiteral("1")), lamp(QStringLiteral("3"))});
        QCOMPARE(again.unchanged, 1);
        QCOMPARE(again.applied, 1);
        // Late news: the record has come from topics and moved on since.
        take({message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("Big lamp")}})});
        const IngestOutcome late = take({lamp(QStringLiteral("1"))});
        QCOMPARE(late.outdated, 1);
        QCOMPARE(late.poison, 0);
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("Big lamp"));
    }

    void updatesWriteWhatTheySay_data() { onBoth(); }
    void updatesWriteWhatTheySay()
    {
        begin();
        take({lamp(QStringLiteral("1"))});
        edit(QStringLiteral("1"), "price", QStringLiteral("1234567.89"));
        edit(QStringLiteral("1"), "currency", QStringLiteral("USD"));
        IngestMessage stock = message(
            Operation::Update, QStringLiteral("1"),
            {{"stock_quantity", QStringLiteral("7")}, {"price", QStringLiteral("1234567.88")}});
        stock.change->imprecise.setBit(product().indexOf(u"price")); // all that a float holds of it
        QCOMPARE(take({stock}).applied, 1);
        QCOMPARE(stored(QStringLiteral("1"), "stock_quantity"), QStringLiteral("7"));
        QCOMPARE(stored(QStringLiteral("1"), "price"), QStringLiteral("1234567.89"));
        QCOMPARE(stored(QStringLiteral("1"), "currency"), QStringLiteral("USD"));
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("Lamp"));
        // Several of one record in one batch, in their order.
        take({message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("A")}}),
              message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("B")}})});
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("B"));
        QCOMPARE(m_store->fetch(product(), QStringLiteral("1"))->record.version, 6);
    }

    void topicsNeedNotBeReadInStep_data() { onBoth(); }
    void topicsNeedNotBeReadInStep()
    {
        begin();
        const IngestMessage added = lamp(QStringLiteral("1"));
        const IngestMessage addedToo = lamp(QStringLiteral("2"));
        // The update first, then the addition it belongs to.
        take({message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("Newer")}})});
        IngestMessage late = added;
        late.offset = m_offset++;
        QCOMPARE(take({late}).outdated, 1);
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("Newer"));
        // The deletion first: the record does not rise again.
        take({message(Operation::Delete, QStringLiteral("2"))});
        late = addedToo;
        late.offset = m_offset++;
        QCOMPARE(take({late}).unchanged, 1);
        QCOMPARE(stored(QStringLiteral("2"), "name"), QStringLiteral("-"));
        // But one that is added after it does.
        QCOMPARE(take({lamp(QStringLiteral("2"))}).applied, 1);
        QCOMPARE(take({message(Operation::Delete, QStringLiteral("1"))}).applied, 1);
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("-"));
    }

    void aTopicThatCarriesEveryChangeIsTakenInItsOrder_data() { onBoth(); }
    void aTopicThatCarriesEveryChangeIsTakenInItsOrder()
    {
        begin();
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("article.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\"; import \"catalog/options.proto\"; message Article {"
                   " option (catalog.entity) = { topics: { all: \"articles\" } };"
                   " int32 id = 1; string name = 2; }");
        file.close();
        m_store = m_fixture->open(EntityCatalog::load(folder.path()));
        const EntityType &article = *m_store->catalog().find(u"article");
        const auto said = [&](Operation operation, qint64 later) {
            IngestMessage message;
            message.topic = QStringLiteral("articles");
            message.offset = m_offset++;
            message.at = m_clock.addMSecs(later);
            IngestChange change;
            change.entity = &article;
            change.operation = operation;
            change.record = newRecord(article);
            setRecordId(article, change.record, QStringLiteral("1"));
            change.record.id = QStringLiteral("1");
            change.written = QBitArray(article.columns.size(), true);
            change.author = QStringLiteral("articles");
            change.imprecise.resize(article.columns.size());
            message.change = change;
            return message;
        };
        // Made anew within the same millisecond, and by a sender whose clock was set back.
        for (const qint64 later : {0, -5'000}) {
            QCOMPARE(
                take({said(Operation::Update, 0), said(Operation::Delete, 0), said(Operation::Update, later)})
                    .applied,
                3);
            QVERIFY(m_store->fetch(article, QStringLiteral("1")));
            QCOMPARE(take({said(Operation::Delete, later)}).applied, 1);
        }
    }

    void whatContradictsTheDeskIsKeptForAHuman_data() { onBoth(); }
    void whatContradictsTheDeskIsKeptForAHuman()
    {
        begin();
        take({message(Operation::Add, QStringLiteral("1"), {{"name", QStringLiteral("Lamp")}}, 1)});
        edit(QStringLiteral("1"), "name", QStringLiteral("Ada's lamp")); // version 2
        const IngestOutcome outcome = take(
            {message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("Theirs")}}, 2)});
        QCOMPARE(outcome.poison, 1);
        QCOMPARE(stored(QStringLiteral("1"), "name"), QStringLiteral("Ada's lamp"));
        const PoisonMessage poison = m_store->ingest().poison(10)->constFirst();
        QVERIFY2(poison.reason.contains(QStringLiteral("Ada has changed it here")),
                 qPrintable(poison.reason));

        Record ours = newRecord(product());
        setRecordId(product(), ours, QStringLiteral("40"));
        ours.id = QStringLiteral("40");
        ours.values[product().indexOf(u"name")] = QStringLiteral("Chair");
        QVERIFY(m_store->apply({{addition(product(), ours)}}));
        QCOMPARE(take({lamp(QStringLiteral("40"))}).poison, 1);
        QCOMPARE(stored(QStringLiteral("40"), "name"), QStringLiteral("Chair"));
        // A later version is news again.
        QCOMPARE(
            take({message(Operation::Update, QStringLiteral("1"), {{"name", QStringLiteral("Theirs")}}, 3)})
                .applied,
            1);
    }

    void oneThatDoesNotFitCostsOnlyItself_data() { onBoth(); }
    void oneThatDoesNotFitCostsOnlyItself()
    {
        begin();
        IngestMessage broken = lamp(QStringLiteral("3"));
        broken.change = failure(ErrorCode::Format, QStringLiteral("These bytes are no Product message."));
        const QList<IngestMessage> messages{lamp(QStringLiteral("1")),
                                            lamp(QStringLiteral("2"), QString(300, u'x')), broken,
                                            lamp(QStringLiteral("4"))};
        const IngestOutcome outcome = take(messages);
        QCOMPARE(outcome.applied, 2);
        QCOMPARE(outcome.poison, 2);
        QCOMPARE(m_store->ingest().poisonCount().value(), 2);
        const auto poison = m_store->ingest().poison(10).value();
        const PoisonMessage &bytes = poison.constFirst();
        QCOMPARE(bytes.reason, QStringLiteral("These bytes are no Product message."));
        QCOMPARE(bytes.message.key, QByteArray("key\0", 4));
        QCOMPARE(bytes.message.value, QByteArray("\x08\xff", 2));
        QCOMPARE(bytes.message.headers.constFirst().second, QByteArray("\xfe", 1));
        QCOMPARE(bytes.message.at, broken.at);
        QVERIFY(poison[1].reason.contains(QStringLiteral("Name")));

        // Tried again after a fix, it leaves the list; still broken, it takes the new reason.
        IngestMessage mended = lamp(QStringLiteral("2"), QStringLiteral("Short"));
        mended.poisonId = poison[1].id;
        IngestMessage worse = broken;
        worse.poisonId = bytes.id;
        worse.change = failure(ErrorCode::Format, QStringLiteral("Still broken."));
        IngestBatch again = batchOf({mended, worse});
        again.positions.clear();
        QCOMPARE(m_store->ingest().take(again)->applied, 1);
        QCOMPARE(m_store->ingest().poisonCount().value(), 1);
        QCOMPARE(m_store->ingest().poison(10)->constFirst().reason, QStringLiteral("Still broken."));
        QVERIFY(!m_store->ingest().dropPoison({bytes.id, 4711}));
        QCOMPARE(m_store->ingest().poisonCount().value(), 1);
        QVERIFY(m_store->ingest().dropPoison({bytes.id}));
        QCOMPARE(m_store->ingest().poisonCount().value(), 0);
    }

    // Each is a change of its own, on what the one before it left.
    void takesManyMessagesAboutTheSameRecords_data() { onBoth(); }
    void takesManyMessagesAboutTheSameRecords()
    {
        begin();
        QList<IngestMessage> messages{lamp(QStringLiteral("1")), lamp(QStringLiteral("2")),
                                      lamp(QStringLiteral("1"))};
        for (int round = 1; round <= 50; ++round) {
            for (const char *id : {"1", "2"})
                messages.append(message(Operation::Update, QString::fromLatin1(id),
                                        {{"stock_quantity", QString::number(round)}}));
        }
        messages.append(message(Operation::Delete, QStringLiteral("2")));
        messages.append(message(Operation::Delete, QStringLiteral("2")));
        messages.append(message(Operation::Update, QStringLiteral("2"), {{"name", QStringLiteral("New")}}));
        messages.append(message(Operation::Update, QStringLiteral("2"), {{"price", QStringLiteral("7.00")}}));
        const IngestOutcome outcome = take(messages);
        QCOMPARE(outcome.poison, 0);
        QCOMPARE(outcome.applied, 2 + 100 + 1 + 2);
        QCOMPARE(outcome.unchanged, 2); // the second addition, the second deletion
        QCOMPARE(stored(QStringLiteral("1"), "stock_quantity"), QStringLiteral("50"));
        QCOMPARE(stored(QStringLiteral("2"), "name"), QStringLiteral("New"));
        QCOMPARE(stored(QStringLiteral("2"), "price"), QStringLiteral("7.00"));
        QCOMPARE(stored(QStringLiteral("2"), "stock_quantity"), QStringLiteral("0"));
        const QList<JournalEntry> history = *m_store->history(QStringLiteral("product"), QStringLiteral("1"),
                                                              99);
        QCOMPARE(history.size(), 51);
        for (qsizetype index = 0; index < history.size(); ++index)
            QCOMPARE(history[index].version, history.size() - index);
    }
};

QTEST_GUILESS_MAIN(IngestTest)
#include "IngestTest.moc"
