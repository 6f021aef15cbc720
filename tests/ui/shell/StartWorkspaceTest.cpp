// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskOptions.h"
#include "app/desk/StartWorkspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class StartWorkspaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFirstStartOpensTheSample()
    {
        const Expected<Workspace> workspace = start({});
        QVERIFY(workspace);
        QVERIFY(workspace->isSample);
        QVERIFY(workspace->brokers.embedded);
    }

    void theNextStartOpensWhatWasOpenLast()
    {
        keepShop();
        QCOMPARE(start({}, QStringLiteral("Shop"))->database.host, QStringLiteral("db.example"));
        QVERIFY(start({}, QStringLiteral("Removed meanwhile"))->isSample);
    }

    void theEnvironmentComesBeforeTheLastOpened()
    {
        keepShop();
        m_environment.insert(QStringLiteral("DATABASE_URL"), QStringLiteral("postgresql://me@env.example/x"));
        QCOMPARE(start({}, QStringLiteral("Shop"))->database.host, QStringLiteral("env.example"));
        m_environment.clear();
    }

    void optionsComeBeforeEverything()
    {
        keepShop();
        m_environment.insert(QStringLiteral("DATABASE_URL"), QStringLiteral("postgresql://me@env.example/x"));
        m_environment.insert(QStringLiteral("DATABASE_PASSWORD"), QStringLiteral("pw"));
        const Expected<Workspace> named = start({QStringLiteral("--workspace"), QStringLiteral("Shop")});
        QCOMPARE(named->database.host, QStringLiteral("db.example"));
        QCOMPARE(named->database.password, QStringLiteral("pw")); // passwords are taken all the same
        const Expected<Workspace> url = start(
            {QStringLiteral("--workspace"), QStringLiteral("Shop"), QStringLiteral("--database"),
             QStringLiteral("sqlite:/tmp/x.db"), QStringLiteral("--brokers"), QStringLiteral("embedded")});
        QCOMPARE(url->database.path, QStringLiteral("/tmp/x.db"));
        QVERIFY(url->brokers.embedded);
        m_environment.clear();
    }

    void brokersAloneKeepTheSamplesRecords()
    {
        const Expected<Workspace> workspace = start(
            {QStringLiteral("--brokers"), QStringLiteral("kafka.example:9092")});
        QVERIFY(workspace->isSample);
        QCOMPARE(workspace->brokers.bootstrapServers, QStringLiteral("kafka.example:9092"));
        QVERIFY(!workspace->brokers.embedded);
    }

    void wrongUseIsASentence_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown option")
            << QStringList{QStringLiteral("--colour")} << QStringLiteral("colour");
        QTest::newRow("theme") << QStringList{QStringLiteral("--theme"), QStringLiteral("pink")}
                               << QStringLiteral("pink");
        QTest::newRow("size") << QStringList{QStringLiteral("--size"), QStringLiteral("huge")}
                              << QStringLiteral("huge");
        QTest::newRow("stray word") << QStringList{QStringLiteral("shop")} << QStringLiteral("shop");
    }

    void wrongUseIsASentence()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        const Expected<CommandLineAnswer> answer = readDeskOptions(QStringList{QStringLiteral("catalog-desk")}
                                                                   + words);
        QVERIFY(!answer);
        QVERIFY2(answer.error().sentence.contains(part), qPrintable(answer.error().sentence));
    }

    void helpIsPrinted()
    {
        const Expected<CommandLineAnswer> answer = readDeskOptions(
            {QStringLiteral("catalog-desk"), QStringLiteral("--help")});
        QVERIFY(answer);
        QVERIFY(answer->output.contains(QLatin1String("--screenshot-set")));
    }

private:
    [[nodiscard]] WorkspaceRepository repository() const
    {
        return WorkspaceRepository(m_folder->path(), m_folder->path());
    }

    void keepShop()
    {
        Workspace shop;
        shop.name = QStringLiteral("Shop");
        shop.database = *DatabaseSettings::fromUrl(QStringLiteral("postgresql://shop@db.example/catalog"));
        WorkspaceRepository workspaces = repository();
        QVERIFY(workspaces.save(shop));
    }

    [[nodiscard]] Expected<Workspace> start(const QStringList &words, const QString &last = {}) const
    {
        const Expected<CommandLineAnswer> answer = readDeskOptions(QStringList{QStringLiteral("catalog-desk")}
                                                                   + words);
        if (!answer)
            return tl::make_unexpected(answer.error());
        return startWorkspace(answer->options, repository(), m_environment, last);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(StartWorkspaceTest)
#include "StartWorkspaceTest.moc"
