// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/WorkspaceRepository.h"
#include "tests/ctl/ServiceProcess.h"
#include "tests/ctl/StackRunner.h"

#include <QTcpServer>

using namespace desk;

namespace {

constexpr int WrongSettings = 78;

} // namespace

// How relay and ingest end, or do not, when they cannot begin: a service manager decides by it whether to start
// them again.
class CtlServiceStartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ctl = std::make_unique<StackRunner>();
        const QString missing = m_ctl->begin();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
    }

    void endsForGoodOnSettingsThatAreWrong_data()
    {
        QTest::addColumn<QByteArray>("fault");
        for (const char *fault :
             {"password", "no password", "user", "database name", "brokers", "workspace", "environment file",
              "entities", "folder", "file without rights", "no database file", "URL", "only read"})
            QTest::newRow(fault) << QByteArray(fault);
    }
    void endsForGoodOnSettingsThatAreWrong()
    {
        QFETCH(QByteArray, fault);
        QUrl url(m_ctl->database);
        QStringList more;
        if (fault == "password")
            m_ctl->environment.insert("DATABASE_PASSWORD", "wrong");
        else if (fault == "no password")
            m_ctl->environment.remove("DATABASE_PASSWORD");
        else if (fault == "user")
            url.setUserName("nobody_here");
        else if (fault == "database name")
            url.setPath("/no_such_database");
        else if (fault == "brokers")
            m_ctl->environment.remove("BOOTSTRAP_SERVERS");
        else if (fault == "workspace")
            more = {"--workspace", "nowhere"};
        else if (fault == "environment file")
            more = {"--env-file", "none.env"};
        else if (fault == "entities")
            more = {"--entities", "nowhere"};
        else if (fault == "folder")
            url = QUrl("sqlite:/proc/none/shop.db");
        else if (fault == "only read")
            more = {"--workspace", onlyReading()};
        else if (fault == "file without rights")
            url = QUrl("sqlite:/proc/version");
        else if (fault == "no database file")
            url = QUrl("sqlite:" + m_ctl->write("shop.db", QByteArray(8'192, 'x')));
        else if (fault == "URL")
            url = QUrl("mysql://shop@db/shop");
        for (const QString service : {"relay", "ingest"}) {
            const QStringList words = QStringList{"--database", url.toString(QUrl::FullyEncoded)} + more
                + QStringList{service};
            CTL_EXIT(m_ctl->run(words), WrongSettings);
            // What somebody runs by hand, or a script, fails as all commands do.
            const CtlResult once = m_ctl->run(words + QStringList{"--once"});
            CTL_FAILED(once);
            QCOMPARE(once.error.contains("only reads from its brokers"), fault == "only read");
        }
    }

    void waitsForAServerThatIsAway_data()
    {
        QTest::addColumn<QString>("service");
        QTest::newRow("relay") << QStringLiteral("relay");
        QTest::newRow("ingest") << QStringLiteral("ingest");
    }
    void waitsForAServerThatIsAway()
    {
        QFETCH(QString, service);
        QTcpServer nobody; // takes the port, and gives it up again
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        QUrl url(m_ctl->database);
        url.setPort(nobody.serverPort());
        nobody.close();
        ServiceProcess process(*m_ctl, url.toString(QUrl::FullyEncoded), service);
        QVERIFY(!process.waitFor("state", "database away").isEmpty());
        QCOMPARE(process.end(SIGTERM), 0);
    }

    void theUnitsKnowTheStatus()
    {
        for (const char *unit : {"catalog-relay@.service", "catalog-ingest@.service"}) {
            QFile file(qEnvironmentVariable("CATALOG_SOURCE") + "/packaging/" + unit);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            const QByteArray text = file.readAll();
            QVERIFY2(
                text.contains("\nRestartPreventExitStatus=2 " + QByteArray::number(WrongSettings) + '\n'),
                text.constData());
            QVERIFY(text.contains("\nRestart=always\n"));
        }
    }

private:
    // A workspace that is told to only read from its brokers; its database and brokers are right.
    QString onlyReading() const
    {
        Workspace workspace;
        workspace.name = "Watching";
        workspace.database = *DatabaseSettings::fromUrl(m_ctl->database);
        workspace.brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        workspace.brokers.readOnly = true;
        WorkspaceRepository repository(m_ctl->folder.filePath("home/config"),
                                       m_ctl->folder.filePath("home/data"));
        return repository.save(workspace) ? workspace.name : QString();
    }

    std::unique_ptr<StackRunner> m_ctl;
};

QTEST_GUILESS_MAIN(CtlServiceStartTest)
#include "CtlServiceStartTest.moc"
