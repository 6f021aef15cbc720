// SPDX-License-Identifier: GPL-3.0-or-later
// The main job, whole: the real input imported by catalogctl, a price edited in the real window by typing
// and clicking, its event read from the real broker by a client that shares no code with us; and what a
// plain client writes to the database shows in the open window.
#include "app/desk/DeskWindow.h"
#include "app/desk/WorkspaceSession.h"
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"
#include "ui/records/RecordTableView.h"
#include "ui/records/RecordsPage.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace desk;

namespace {

struct Output {
    int code = -1;
    QByteArray out;
    QByteArray error;
};

Output runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120'000))
        return {-1, {}, process.errorString().toUtf8()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class FirstLightTest : public QObject
{
    Q_OBJECT

private:
    // The topics are shared with whatever ran on this broker before; the events are told apart by their
    // database's id, which is this test's own.
    StoreFixture m_fixture{DatabaseKind::PostgreSql};
    QString m_brokers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
    QTemporaryDir m_folder;

    [[nodiscard]] QString databaseUrl() const
    {
        const DatabaseSettings &settings = m_fixture.settings();
        return QStringLiteral("postgresql://%1:%2@%3:%4/%5")
            .arg(settings.user, settings.password, settings.host)
            .arg(settings.port)
            .arg(settings.name);
    }
    Output ctl(const QStringList &arguments) const
    {
        return runProgram(
            qEnvironmentVariable("CATALOG_BINARIES") + QStringLiteral("/catalogctl"),
            QStringList{QStringLiteral("--database"), databaseUrl(), QStringLiteral("--brokers"), m_brokers}
                + arguments);
    }
    [[nodiscard]] Workspace workspace() const
    {
        Workspace workspace;
        workspace.name = QStringLiteral("Shop");
        workspace.id = QStringLiteral("shop");
        workspace.database = m_fixture.settings();
        workspace.brokers.bootstrapServers = m_brokers;
        return workspace;
    }

    // The messages of a topic that came from this test's database, as the product service's own class reads them.
    QList<QJsonObject> readTopic(const QString &topic, const QString &messageClass,
                                 const QString &origin) const
    {
        const QString interop = qEnvironmentVariable("CATALOG_SOURCE") + QStringLiteral("/tests/interop/");
        QString python = qEnvironmentVariable("CATALOG_PYTHON");
        if (python.isEmpty())
            python = QString::fromUtf8(runProgram(interop + QStringLiteral("venv"), {}).out)
                         .trimmed()
                         .section(u'\n', -1);
        const Output output = runProgram(python,
                                         {interop + QStringLiteral("read_topic.py"), topic, messageClass});
        QList<QJsonObject> messages;
        const QList<QByteArray> lines = output.out.split('\n');
        for (const QByteArray &line : lines) {
            const QJsonObject message = QJsonDocument::fromJson(line).object();
            if (message[QStringLiteral("headers")].toObject()[QStringLiteral("origin")].toString() == origin)
                messages.append(message);
        }
        if (output.code != 0)
            qWarning("%s", qPrintable(QString::fromUtf8(output.error) + QString::fromUtf8(output.out)));
        return messages;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY2(!m_brokers.isEmpty(), "BOOTSTRAP_SERVERS must name the test broker; ./dev test sets it.");
        const QString data = qEnvironmentVariable("CATALOG_SOURCE") + QStringLiteral("/../shared/data/");
        for (const char *entity : {"category", "product", "image", "todo"}) {
            const QString name = QString::fromLatin1(entity);
            const QString file = name == QLatin1String("category") ? QStringLiteral("categories")
                                                                   : name + u's';
            const Output imported = ctl(
                {QStringLiteral("import"), name, data + file + QStringLiteral(".csv")});
            QVERIFY2(imported.code == 0, imported.error.constData());
        }
    }

    void editsAPriceByHandAndTheServiceReadsIt()
    {
        Theme theme;
        WorkspaceSession session(workspace(), theme, m_folder.filePath(QStringLiteral("cache")));
        DeskWindow window(session, theme);
        session.start();
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_COMPARE_WITH_TIMEOUT(session.store().state(), StoreClient::State::Ready, 20'000);

        RecordsPage *page = window.recordsPage(QStringLiteral("product"));
        QVERIFY(page);
        page->activated();
        RecordTableModel &model = page->model();
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 194, 20'000);
        const EntityType &product = model.entity();
        QTRY_VERIFY(model.rowOf(QStringLiteral("1")) >= 0);
        const int row = model.rowOf(QStringLiteral("1"));
        const QModelIndex price = model.index(row, model.sectionOf(product.indexOf(u"price")));
        QCOMPARE(price.data().toString(), QStringLiteral("9.99"));
        QCOMPARE(model.index(row, model.sectionOf(product.indexOf(u"category_id"))).data().toString(),
                 QStringLiteral("Beauty"));
        const QModelIndex state = model.index(row, model.stateSection());
        QTRY_COMPARE_WITH_TIMEOUT(state.data().toString(), QStringLiteral("published"),
                                  60'000); // the whole import

        RecordTableView &table = page->table();
        table.scrollTo(price);
        const QPoint cell = table.visualRect(price).center();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, cell);
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, cell);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        auto *editor = static_cast<QLineEdit *>(QApplication::focusWidget());
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("21.49"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(price.data().toString(), QStringLiteral("21.49"));
        QTRY_COMPARE_WITH_TIMEOUT(state.data().toString(), QStringLiteral("published"), 30'000);

        const auto store = m_fixture.open();
        const RecordRow saved = store->fetch(product, QStringLiteral("1")).value();
        QCOMPARE(saved.record.version, 2);
        const QList<QJsonObject> updates = readTopic(QStringLiteral("products_update"),
                                                     QStringLiteral("ProductUpdate"), store->databaseId());
        QCOMPARE(updates.size(), 1);
        const QJsonObject &event = updates.constFirst();
        QCOMPARE(event[QStringLiteral("key")].toString(), QStringLiteral("1"));
        // Our bytes begin with exactly what the service's class writes for the same values; ours follow.
        QVERIFY(event[QStringLiteral("own_is_prefix")].toBool());
        const QJsonObject fields = event[QStringLiteral("fields")].toObject();
        QCOMPARE(fields.value(QStringLiteral("name")).toString(),
                 QStringLiteral("Essence Mascara Lash Princess"));
        QCOMPARE(QString::number(fields.value(QStringLiteral("price")).toDouble(), 'g', 6),
                 QStringLiteral("21.49"));
        const QJsonObject headers = event[QStringLiteral("headers")].toObject();
        QCOMPARE(headers[QStringLiteral("operation")].toString(), QStringLiteral("update"));
        QCOMPARE(headers[QStringLiteral("version")].toString(), QStringLiteral("2"));
        QCOMPARE(
            readTopic(QStringLiteral("products_add"), QStringLiteral("ProductCreate"), store->databaseId())
                .size(),
            194);
        QCOMPARE(
            readTopic(QStringLiteral("todos2"), QStringLiteral("TodoCreate"), store->databaseId()).size(),
            254);

        // A plain client, through the table's older name.
        m_fixture.sql({QStringLiteral("UPDATE productcreate SET stock_quantity = 777 WHERE id = 1")});
        QTRY_COMPARE_WITH_TIMEOUT(
            model.index(row, model.sectionOf(product.indexOf(u"stock_quantity"))).data().toString(),
            QStringLiteral("777"), 2'000);
        m_fixture.sql({QStringLiteral("DELETE FROM imagecreate WHERE product_id = 1"),
                       QStringLiteral("DELETE FROM productcreate WHERE id = 1")});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 193, 2'000);
    }
};

QTEST_MAIN(FirstLightTest)
#include "FirstLightTest.moc"
