// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/MessageExportDialog.h"

#include "kafka/MessageTableModel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

// Messages of the stream to a file, by the dialog.
class MessageExportDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_log = std::make_shared<MessageLog>();
        QList<StreamMessage> batch;
        for (int number = 0; number < 5; ++number) {
            StreamMessage message;
            message.topic = QStringLiteral("notes");
            message.offset = number;
            message.hasValue = true;
            message.value = R"({"password":"hunter2"})";
            batch.append(message);
        }
        m_log->append(batch);
        m_path = m_folder.filePath(QStringLiteral("out%1.jsonl").arg(++m_files));
        m_dialog = std::make_unique<MessageExportDialog>(
            BrokerSettings{}, DecodingSources{EntityCatalog::load(), {}, nullptr}, m_log, nullptr);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->setMessages({1, 2}, {0, 1, 2, 3, 4}, {});
        m_dialog->show();
    }

    void writesWhatIsChosenOrShown()
    {
        QVERIFY(!go()->isEnabled()); // without a file
        m_dialog->setPath(m_path);
        go()->click();
        QVERIFY(m_dialog->isRunning());
        QTRY_COMPARE(status(), QStringLiteral("2 messages written."));
        QCOMPARE(lines(), 2);
        m_dialog->findChild<QComboBox *>(QStringLiteral("exportWhich"))->setCurrentIndex(1);
        go()->click();
        QTRY_COMPARE(status(), QStringLiteral("5 messages written."));
        QCOMPARE(lines(), 5);
    }

    void tellsWhatIsGoneMeanwhile()
    {
        m_log->clear();
        m_dialog->setPath(m_path);
        go()->click();
        QTRY_COMPARE(status(), QStringLiteral("0 messages written. 2 were no longer kept here."));
    }

    void tellsWhyThereIsNoFile()
    {
        m_dialog->setPath(m_folder.filePath(QStringLiteral("no/such/place")));
        go()->click();
        QTRY_VERIFY2(status().contains(QStringLiteral("cannot be written")), qPrintable(status()));
    }

    void writesTheColumnsOfTheTable()
    {
        auto *what = m_dialog->findChild<QComboBox *>(QStringLiteral("exportWhat"));
        auto *format = m_dialog->findChild<QComboBox *>(QStringLiteral("exportFormat"));
        m_dialog->setColumns({{MessageTableModel::OffsetColumn, {}}, {MessageTableModel::KeyColumn, {}}});
        format->setCurrentIndex(1);        // CSV
        QCOMPARE(what->currentIndex(), 0); // none that was chosen
        m_dialog->setColumns({{MessageTableModel::OffsetColumn, {}}, {-1, QStringLiteral("password")}});
        QCOMPARE(what->currentIndex(), 1);
        QVERIFY2(what->currentText().endsWith(QStringLiteral("offset, password")),
                 qPrintable(what->currentText()));
        format->setCurrentIndex(0); // JSON lines
        QCOMPARE(what->currentIndex(), 0);
        what->setCurrentIndex(1);
        Q_EMIT what->activated(1); // as by hand
        format->setCurrentIndex(1);
        format->setCurrentIndex(0);
        QCOMPARE(what->currentIndex(), 1); // stays as it was chosen
        format->setCurrentIndex(1);
        m_dialog->setPath(m_path);
        go()->click();
        QTRY_COMPARE(status(), QStringLiteral("2 messages written."));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()),
                 QStringLiteral("offset,password\r\n1,%1\r\n2,%1\r\n").arg(MaskedValue));
    }

private:
    QPushButton *go() const { return m_dialog->findChild<QPushButton *>(QStringLiteral("exportGo")); }
    QString status() const { return m_dialog->findChild<QLabel *>(QStringLiteral("exportStatus"))->text(); }
    int lines() const
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray all = file.readAll();
        return all.contains("hunter2") ? -2 : static_cast<int>(all.count('\n'));
    }

    QTemporaryDir m_folder;
    QString m_path;
    int m_files = 0;
    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<MessageExportDialog> m_dialog;
};

QTEST_MAIN(MessageExportDialogTest)
#include "MessageExportDialogTest.moc"
