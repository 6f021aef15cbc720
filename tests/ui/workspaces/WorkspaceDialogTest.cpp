// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Theme.h"
#include "ui/workspaces/ConnectionTest.h"
#include "ui/workspaces/WorkspaceDialog.h"
#include "ui/workspaces/WorkspaceForm.h"

#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

namespace {

// A keychain in memory, or none at all.
class MapSecrets : public SecretStore
{
public:
    QFuture<Expected<QString>> readAsync(const QString &key) override
    {
        if (!isThere)
            return done<QString>(failure(ErrorCode::NotSupported, QStringLiteral("no keychain")));
        if (!secrets.contains(key))
            return done<QString>(failure(ErrorCode::NotFound, QStringLiteral("none")));
        return done<QString>(secrets.value(key));
    }
    QFuture<Expected<>> writeAsync(const QString &key, const QString &secret) override
    {
        secrets.insert(key, secret);
        return done<void>({});
    }
    QFuture<Expected<>> removeAsync(const QString &key) override
    {
        secrets.remove(key);
        return done<void>({});
    }

    template <typename T>
    static QFuture<Expected<T>> done(const Expected<T> &value)
    {
        QPromise<Expected<T>> promise;
        promise.start();
        promise.addResult(value);
        promise.finish();
        return promise.future();
    }

    bool isThere = true;
    QMap<QString, QString> secrets;
};

// A port of this computer at which nobody listens.
quint16 closedPort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 1;
}

} // namespace

class WorkspaceDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_secrets = std::make_unique<MapSecrets>();
    }

    void testSaysOfEachWhatFailed()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace();
        Workspace workspace = dialog->form().workspace();
        workspace.database = *DatabaseSettings::fromUrl(
            QStringLiteral("postgresql://shop@127.0.0.1:%1/catalog").arg(closedPort()));
        workspace.brokers.bootstrapServers = QStringLiteral("127.0.0.1:%1").arg(closedPort());
        dialog->form().setWorkspace(workspace);
        dialog->testConnection();
        const auto *database = dialog->findChild<QLabel *>(QStringLiteral("databaseOutcome"));
        const auto *brokers = dialog->findChild<QLabel *>(QStringLiteral("brokersOutcome"));
        QCOMPARE(database->text(), QStringLiteral("Database: connecting…"));
        QTRY_VERIFY_WITH_TIMEOUT(database->property("role").toString() == QLatin1String("problem"), 15'000);
        QVERIFY2(database->text().contains(QLatin1String("127.0.0.1")), qPrintable(database->text()));
        QVERIFY2(database->text().contains(QStringLiteral("127.0.0.1:%1").arg(workspace.database.port)),
                 qPrintable(database->text()));
        QTRY_VERIFY_WITH_TIMEOUT(brokers->property("role").toString() == QLatin1String("problem"), 15'000);
        QVERIFY2(brokers->text().contains(QLatin1String("127.0.0.1")), qPrintable(brokers->text()));
    }

    void testTellsNoSuchHostFromARefusedPort()
    {
        const DatabaseSettings settings = *DatabaseSettings::fromUrl(
            QStringLiteral("postgresql://shop@no-such-host.invalid/catalog"));
        const TestOutcome outcome = ConnectionTest::testDatabase(settings);
        QVERIFY(!outcome.isFine);
        QVERIFY2(outcome.sentence.contains(QLatin1String("no-such-host.invalid")),
                 qPrintable(outcome.sentence));
    }

    void aTestMakesNoSqliteFile()
    {
        DatabaseSettings settings;
        settings.kind = DatabaseKind::Sqlite;
        settings.path = m_folder->filePath(QStringLiteral("new.db"));
        QVERIFY(ConnectionTest::testDatabase(settings).isFine);
        QVERIFY(!QFile::exists(settings.path));
        settings.path = m_folder->filePath(QStringLiteral("new/new.db"));
        QVERIFY(ConnectionTest::testDatabase(settings).isFine);
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("new"))));
        QFile file(m_folder->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        settings.path = m_folder->filePath(QStringLiteral("file/new.db"));
        QVERIFY(!ConnectionTest::testDatabase(settings).isFine);
    }

    void aFileThatIsNoDatabaseIsSaidToBeNone()
    {
        DatabaseSettings settings;
        settings.kind = DatabaseKind::Sqlite;
        settings.path = m_folder->filePath(QStringLiteral("text.db"));
        QFile file(settings.path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        QVERIFY(!ConnectionTest::testDatabase(settings).isFine);
    }

    void whatIsTypedIsKeptWithoutItsPassword()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace();
        Workspace workspace = dialog->form().workspace();
        workspace.name = QStringLiteral("Main shop");
        workspace.database.name = QStringLiteral("catalog");
        workspace.database.password = QStringLiteral("hunter2");
        dialog->form().setWorkspace(workspace);
        QSignalSpy typed(dialog.get(), &WorkspaceDialog::passwordTyped);
        QVERIFY(dialog->save());
        QCOMPARE(typed.count(), 1);

        const Expected<Workspace> kept = repository().find(QStringLiteral("Main shop"));
        QVERIFY(kept);
        QVERIFY(kept->database.password.isEmpty());
        QCOMPARE(m_secrets->secrets.value(kept->secretKey(QStringLiteral("database"))),
                 QStringLiteral("hunter2"));
        QDirIterator files(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("hunter2"));
        }
    }

    void anUnnamedDatabaseIsNotKept()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace();
        QVERIFY(!dialog->save());
        QVERIFY(!dialog->findChild<QLabel *>(QStringLiteral("problem"))->text().isEmpty());
        QCOMPARE(repository().all().size(), 1);
    }

    void lookingAtAnotherWorkspaceLosesNothing()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace();
        auto *name = dialog->form().findChild<QLineEdit *>();
        QTest::keyClicks(name, QStringLiteral("Main shop")); // it is selected: typing replaces it
        Workspace typed = dialog->form().workspace();
        dialog->setCurrent(QStringLiteral("Sample"));
        QVERIFY(dialog->form().workspace().isSample);
        dialog->setCurrent(QStringLiteral("Main shop"));
        QCOMPARE(dialog->form().workspace().name, typed.name);
    }

    void closingAsksBeforeItDropsWhatWasTyped()
    {
        const auto dialog = newDialog();
        dialog->show();
        dialog->addWorkspace();
        QTest::keyClicks(dialog->form().findChild<QLineEdit *>(), QStringLiteral("Main shop"));
        QTest::keyClick(dialog.get(), Qt::Key_Escape);
        auto *question = dialog->findChild<QMessageBox *>(QStringLiteral("unsavedWorkspaces"));
        QVERIFY(question && question->isVisible());
        QVERIFY2(question->text().contains(QStringLiteral("Main shop")), qPrintable(question->text()));
        QTest::keyClick(question, Qt::Key_Escape); // stay
        QVERIFY(dialog->isVisible());
        QTRY_VERIFY(!dialog->findChild<QMessageBox *>(QStringLiteral("unsavedWorkspaces")));

        dialog->reject();
        question = dialog->findChild<QMessageBox *>(QStringLiteral("unsavedWorkspaces"));
        QVERIFY(question);
        question->findChild<QPushButton *>(QStringLiteral("discardWorkspaces"))->click();
        QVERIFY(!dialog->isVisible());
    }

    void closingAsksNothingWhenNothingWasTyped()
    {
        const auto dialog = newDialog();
        dialog->show();
        dialog->reject();
        QVERIFY(!dialog->isVisible());
    }

    void aTestNamesTheEmptyFieldFirst()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace(); // its database has no name
        dialog->testConnection();
        const auto *problem = dialog->findChild<QLabel *>(QStringLiteral("problem"));
        QCOMPARE(problem->text(), QStringLiteral("Name the database."));
        QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("databaseOutcome"))->isHidden());
    }

    void openingHandsOverThePasswordThatWasTyped()
    {
        const auto dialog = newDialog();
        dialog->addWorkspace();
        Workspace workspace = dialog->form().workspace();
        workspace.name = QStringLiteral("Main shop");
        workspace.database.name = QStringLiteral("catalog");
        workspace.database.password = QStringLiteral("hunter2");
        dialog->form().setWorkspace(workspace);
        Workspace opened;
        connect(dialog.get(), &WorkspaceDialog::openRequested, this,
                [&](const Workspace &wanted) { opened = wanted; });
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->isDefault())
                button->click();
        }
        QCOMPARE(opened.name, QStringLiteral("Main shop"));
        QCOMPARE(opened.database.password, QStringLiteral("hunter2"));
        QVERIFY(!opened.id.isEmpty());
    }

    void withoutAKeychainItSaysThatPasswordsAreAskedForEachTime()
    {
        m_secrets->isThere = false;
        const auto dialog = newDialog();
        QTRY_VERIFY(hasLabel(*dialog, QStringLiteral("asked for each time")));
    }

    void settingsOfAnOlderServiceAreRead()
    {
        QFile file(m_folder->filePath(QStringLiteral("shop.env")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("DATABASE_URL=postgresql://shop:pw@db.example:5433/"
                   "catalog\nBOOTSTRAP_SERVERS=kafka.example:9092\n");
        file.close();
        const auto dialog = newDialog();
        dialog->importEnvironment(file.fileName());
        const Workspace workspace = dialog->form().workspace();
        QCOMPARE(workspace.database.host, QStringLiteral("db.example"));
        QCOMPARE(workspace.database.port, 5433);
        QCOMPARE(workspace.database.password, QStringLiteral("pw"));
        QCOMPARE(workspace.brokers.bootstrapServers, QStringLiteral("kafka.example:9092"));
    }

    void aBrokenSettingsFileIsReportedWithItsLine()
    {
        QFile file(m_folder->filePath(QStringLiteral("bad.env")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("DATABASE_HOST=db\nthis is no setting\n");
        file.close();
        const auto dialog = newDialog();
        dialog->importEnvironment(file.fileName());
        const auto *problem = dialog->findChild<QLabel *>(QStringLiteral("problem"));
        QVERIFY2(problem->text().contains(QLatin1String("2")), qPrintable(problem->text()));
    }

    void theStreamsBoundsAreCheckedAtTheirPlace()
    {
        const auto dialog = newDialog();
        dialog->show();
        addShop(*dialog);
        auto *rows = dialog->findChild<QLineEdit *>(QStringLiteral("streamLogRows"));
        const auto *problem = dialog->findChild<QLabel *>(QStringLiteral("streamLogRowsProblem"));
        QCOMPARE(dialog->form().workspace().streamLog, StreamLogSettings());
        QVERIFY(problem->isHidden());
        for (const char *wrong : {"12", "", "many", "90,000,000"}) {
            rows->selectAll();
            QTest::keyClicks(rows, QString::fromLatin1(wrong));
            if (!*wrong)
                QTest::keyClick(rows, Qt::Key_Delete);
            QVERIFY2(!problem->isHidden(), wrong);
            QVERIFY2(problem->text().contains(QStringLiteral("1,000 to 50,000,000")),
                     qPrintable(problem->text()));
            QVERIFY(rows->property("invalid").toBool());
            QVERIFY(!dialog->save());
            QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("problem"))->text(), problem->text());
        }
        QCOMPARE(repository().all().size(), 1);
        rows->selectAll();
        QTest::keyClicks(rows, QStringLiteral("25 000"));
        QVERIFY(problem->isHidden());
        auto *memory = dialog->findChild<QLineEdit *>(QStringLiteral("streamLogMebibytes"));
        memory->selectAll();
        QTest::keyClicks(memory, QStringLiteral("8"));
        QVERIFY(!dialog->save());
        QTest::keyClicks(memory, QStringLiteral("0"));
        Workspace told;
        connect(dialog.get(), &WorkspaceDialog::saved, this, [&](const Workspace &saved) { told = saved; });
        QVERIFY(dialog->save());
        const Expected<Workspace> kept = repository().find(QStringLiteral("Main shop"));
        QVERIFY(kept);
        QCOMPARE(kept->streamLog, (StreamLogSettings{25'000, 80}));
        QCOMPARE(told.streamLog, kept->streamLog); // the open window hears of it
        QCOMPARE(told.id, kept->id);
    }

    void namesOfSensitiveValuesAreKept()
    {
        const auto dialog = newDialog();
        dialog->show();
        addShop(*dialog);
        auto *names = dialog->findChild<QPlainTextEdit *>(QStringLiteral("sensitiveNames"));
        const auto *problem = dialog->findChild<QLabel *>(QStringLiteral("sensitiveNamesProblem"));
        QCOMPARE(dialog->form().workspace().decoding.sensitiveNames, SensitiveNames::defaultPatterns());
        names->selectAll();
        QTest::keyClicks(names, QStringLiteral("--"));
        QVERIFY(!dialog->save());
        QVERIFY2(problem->text().contains(QStringLiteral("--")), qPrintable(problem->text()));
        names->selectAll();
        QTest::keyClick(names, Qt::Key_Delete);
        QVERIFY(!problem->isHidden()); // nothing is masked then: that is said
        QTest::keyClicks(names, QStringLiteral("salary,  nick name,salary"));
        QVERIFY(problem->isHidden());
        QVERIFY(dialog->save());
        QCOMPARE(repository().find(QStringLiteral("Main shop"))->decoding.sensitiveNames,
                 (QStringList{QStringLiteral("salary"), QStringLiteral("nick name")}));
        dialog->findChild<QPushButton *>(QStringLiteral("defaultSensitiveNames"))->click();
        QVERIFY(dialog->save());
        QCOMPARE(repository().find(QStringLiteral("Main shop"))->decoding.sensitiveNames,
                 SensitiveNames::defaultPatterns());
    }

    void theSampleCannotBeChanged()
    {
        const auto dialog = newDialog();
        QVERIFY(dialog->form().workspace().isSample);
        QVERIFY(dialog->save());
        QCOMPARE(repository().all().size(), 1);
    }

private:
    static void addShop(WorkspaceDialog &dialog)
    {
        dialog.addWorkspace();
        Workspace workspace = dialog.form().workspace();
        workspace.name = QStringLiteral("Main shop");
        workspace.database.name = QStringLiteral("catalog");
        dialog.form().setWorkspace(workspace);
    }

    [[nodiscard]] WorkspaceRepository repository() const
    {
        return WorkspaceRepository(m_folder->filePath(QStringLiteral("config")),
                                   m_folder->filePath(QStringLiteral("data")));
    }

    [[nodiscard]] std::unique_ptr<WorkspaceDialog> newDialog() const
    {
        auto dialog = std::make_unique<WorkspaceDialog>(repository(), *m_secrets, *m_theme, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false); // the test owns it
        return dialog;
    }

    [[nodiscard]] static bool hasLabel(const QWidget &widget, const QString &part)
    {
        for (const QLabel *label : widget.findChildren<QLabel *>()) {
            if (label->text().contains(part))
                return true;
        }
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MapSecrets> m_secrets;
};

QTEST_MAIN(WorkspaceDialogTest)
#include "WorkspaceDialogTest.moc"
