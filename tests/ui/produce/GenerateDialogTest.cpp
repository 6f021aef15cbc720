// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up messages from the window, on the in-process broker.
#include "ui/produce/GenerateDialog.h"

#include "kafka/EmbeddedBroker.h"
#include "models/schema/RecordJson.h"
#include "models/schema/RecordValidator.h"
#include "tests/kafka/TopicProbe.h"
#include "ui/shell/Theme.h"
#include "ui/streams/StreamActions.h"
#include "ui/streams/StreamPanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace desk;

class GenerateDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath("payment.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
message Payment {
  option (catalog.entity) = { plural: "Payments" topics: { all: "payments" } };
  int32 id = 1;
  string password = 2 [(catalog.column) = { required: true }];
  string bad = 3 [(catalog.column) = { min_len: 3 max_len: 2 }];
}
message Login {
  option (catalog.entity) = { plural: "Logins" key: "token" topics: { all: "logins" } };
  int32 id = 1;
  string token = 2 [(catalog.column) = { required: true }];
}
)");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(3);
        m_dialog = open(m_broker->settings());
    }
    void cleanup()
    {
        delete m_dialog;
        m_broker.reset();
    }

    void sendsWhatItShows()
    {
        m_dialog->setEntity(QStringLiteral("player"));
        QCOMPARE(topic()->currentText(), QStringLiteral("players"));
        QVERIFY(!spin("generateFirstId")->isEnabled()); // the ids are texts
        spin("generateCount")->setValue(40);
        const QTreeWidget &preview = *m_dialog->findChild<QTreeWidget *>(QStringLiteral("generatePreview"));
        QCOMPARE(preview.topLevelItemCount(), GenerateDialog::Previewed);
        QStringList shown;
        for (int row = 0; row < GenerateDialog::Previewed; ++row)
            shown.append(preview.topLevelItem(row)->text(0) + u' ' + preview.topLevelItem(row)->text(1));
        QCOMPARE(button()->text(), QStringLiteral("Send 40"));
        button()->click();
        QTRY_VERIFY2(m_dialog->status().startsWith(QStringLiteral("40 sent · 40 acknowledged · 0 failed.")),
                     qPrintable(m_dialog->status()));

        TopicProbe probe(m_broker->settings());
        probe.read(QStringLiteral("players"));
        const QList<StreamMessage> read = probe.waitForExactly(40);
        QCOMPARE(read.size(), 40);
        const EntityType &player = *m_catalog->findDescribed(u"player");
        QStringList sent;
        for (const StreamMessage &message : read) {
            const auto record = recordFromJson(player, message.value);
            QVERIFY(record && validateRecord(player, *record).isEmpty());
            QCOMPARE(message.key, record->values[2].toString().toLower().toUtf8());
            sent.append(QString::fromUtf8(message.key + ' ' + message.value));
        }
        for (const QString &line : shown)
            QVERIFY2(sent.contains(line), qPrintable(line));
    }

    void sameSeedShowsTheSame()
    {
        QLineEdit &seed = *m_dialog->findChild<QLineEdit *>(QStringLiteral("generateSeed"));
        seed.setText(QStringLiteral("77"));
        const QString first = previewText();
        m_dialog->findChild<QPushButton *>(QStringLiteral("generateNewSeed"))->click();
        QVERIFY(seed.text() != QStringLiteral("77"));
        QVERIFY(previewText() != first);
        seed.setText(QStringLiteral("77"));
        QCOMPARE(previewText(), first);
        seed.setText(QStringLiteral("no number"));
        button()->click();
        QVERIFY2(m_dialog->status().contains(QStringLiteral("seed")), qPrintable(m_dialog->status()));
        QVERIFY(!m_dialog->task().isRunning());
    }

    void topicGoesWithTheEntityUntilOneIsTyped()
    {
        m_dialog->setEntity(QStringLiteral("product"));
        QCOMPARE(topic()->currentText(), QStringLiteral("products_add"));
        m_dialog->setEntity(QStringLiteral("todo"));
        QCOMPARE(topic()->currentText(), QStringLiteral("todos2"));
        topic()->setEditText(QStringLiteral("mine"));
        m_dialog->setEntity(QStringLiteral("product"));
        QCOMPARE(topic()->currentText(), QStringLiteral("mine"));
    }

    void doesNotCreateTopicsUnlessAllowed()
    {
        m_dialog->findChild<QCheckBox *>(QStringLiteral("generateCreate"))->setChecked(false);
        topic()->setEditText(QStringLiteral("nowhere"));
        spin("generateCount")->setValue(3);
        button()->click();
        QTRY_VERIFY2(m_dialog->status().contains(QStringLiteral("3 failed")), qPrintable(m_dialog->status()));
        QVERIFY2(m_dialog->status().contains(QStringLiteral("There is no topic “nowhere”")),
                 qPrintable(m_dialog->status()));
        QCOMPARE(m_dialog->findChild<QTreeWidget *>(QStringLiteral("sendFailures"))->topLevelItemCount(), 3);
    }

    void showsNothingSensitive()
    {
        m_dialog->setEntity(QStringLiteral("login"));
        const QTreeWidget &preview = *m_dialog->findChild<QTreeWidget *>(QStringLiteral("generatePreview"));
        QCOMPARE(preview.topLevelItem(0)->text(0), MaskedValue.toString()); // the key is the secret
        QVERIFY2(!previewText().contains(QStringLiteral("example-")), qPrintable(previewText()));
        QVERIFY(previewText().contains(MaskedValue));
    }

    void saysWhatCannotBeMade()
    {
        m_dialog->setEntity(QStringLiteral("payment"));
        QVERIFY2(m_dialog->status().contains(QStringLiteral("Bad:")), qPrintable(m_dialog->status()));
        button()->click();
        QTRY_VERIFY(!m_dialog->task().isRunning());
        QVERIFY2(m_dialog->status().contains(QStringLiteral("Bad:")), qPrintable(m_dialog->status()));
        QCOMPARE(m_dialog->task().report().sent, 0);
        // Another one can be, and the sentence goes.
        m_dialog->setEntity(QStringLiteral("todo"));
        QVERIFY2(m_dialog->status().isEmpty(), qPrintable(m_dialog->status()));
    }

    void isCancelledWhileItGoesOn()
    {
        spin("generateRate")->setValue(50);
        spin("generateCount")->setValue(1'000'000);
        button()->click();
        QTRY_VERIFY(m_dialog->task().report().acknowledged > 3);
        QCOMPARE(button()->text(), QStringLiteral("Cancel"));
        button()->click();
        QTRY_VERIFY(!m_dialog->task().isRunning());
        QVERIFY2(m_dialog->status().contains(QStringLiteral("Cancelled")), qPrintable(m_dialog->status()));
        QVERIFY(m_dialog->task().report().sent < 1'000'000);
        QCOMPARE(m_dialog->task().report().failed, 0);
    }

    void isRefusedOnReadOnlyBrokers()
    {
        BrokerSettings settings = m_broker->settings();
        settings.readOnly = true;
        delete m_dialog;
        m_dialog = open(settings);
        QVERIFY(!button()->isEnabled());
        QVERIFY(!button()->toolTip().isEmpty());
        QCOMPARE(m_dialog->status(), button()->toolTip());
    }

    void isOpenedByItsAction()
    {
        StreamPanel panel(m_broker->settings(), m_catalog, *m_theme);
        QAction *generate = nullptr;
        for (QAction *action : panel.acting().writingActions()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_G))
                generate = action;
        }
        QVERIFY(generate && generate->isEnabled());
        QVERIFY(panel.actions().contains(generate)); // so the menu and the palette have it
        generate->trigger();
        const QPointer<GenerateDialog> dialog = panel.findChild<GenerateDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->close();
    }

private:
    GenerateDialog *open(const BrokerSettings &settings)
    {
        auto *dialog = new GenerateDialog(settings, DecodingSources{m_catalog, {}, nullptr}, nullptr);
        dialog->show();
        return dialog;
    }
    QString previewText() const
    {
        const QTreeWidget &preview = *m_dialog->findChild<QTreeWidget *>(QStringLiteral("generatePreview"));
        QStringList lines;
        for (int row = 0; row < preview.topLevelItemCount(); ++row)
            lines.append(preview.topLevelItem(row)->text(0) + u' ' + preview.topLevelItem(row)->text(1));
        return lines.join(u'\n');
    }
    QSpinBox *spin(const char *name) const { return m_dialog->findChild<QSpinBox *>(QLatin1String(name)); }
    QComboBox *topic() const { return m_dialog->findChild<QComboBox *>(QStringLiteral("generateTopic")); }
    QPushButton *button() const { return m_dialog->findChild<QPushButton *>(QStringLiteral("sendMessages")); }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    QPointer<GenerateDialog> m_dialog;
};

QTEST_MAIN(GenerateDialogTest)
#include "GenerateDialogTest.moc"
