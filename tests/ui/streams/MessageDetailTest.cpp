// SPDX-License-Identifier: GPL-3.0-or-later
// One message in full: its tabs, and finding in them.
#include "ui/streams/MessageDetail.h"

#include "ui/shell/Theme.h"
#include "ui/streams/DecodedTree.h"
#include "ui/streams/DetailList.h"
#include "ui/streams/FindBar.h"
#include "ui/streams/MessageFinder.h"
#include "ui/streams/PayloadView.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace desk;

class MessageDetailTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_decoder = std::make_unique<MessageDecoder>(EntityCatalog::load());
        m_detail = std::make_unique<MessageDetail>(*m_theme, nullptr);
        m_detail->resize(620, 400);
        m_detail->show();
        QVERIFY(QTest::qWaitForWindowActive(m_detail.get()));
    }
    void cleanup()
    {
        m_detail.reset();
        m_decoder.reset();
        m_theme.reset();
    }

    void everyTabShowsTheMessage()
    {
        show(message("{\"id\": 24, \"name\": \"Fish Steak\", \"tags\": [\"a\"]}"));
        chooseTab("JSON");
        QCOMPARE(view("messageJson").visibleLines().mid(0, 4),
                 (QStringList{"{", "  \"id\": 24,", "  \"name\": \"Fish Steak\",", "  \"tags\": ["}));
        chooseTab("Text");
        QCOMPARE(view("messageText").visibleLines().constFirst(),
                 QString("{\"id\": 24, \"name\": \"Fish Steak\", \"tags\": [\"a\"]}"));
        chooseTab("Hex");
        QVERIFY(view("messageHex").visibleLines().constFirst().startsWith("00000000  7b 22 69 64"));
        chooseTab("Headers 1");
        QCOMPARE(m_detail->findChild<DetailList *>("messageHeaders")->text(), QString("source\tdesk"));
        QCOMPARE(label("messageSizes"), QString("key 2 B · value 47 B · 1 header 10 B"));
        QVERIFY(!m_detail->findChild<QLabel *>("messageTombstone")->isVisible());
    }

    void theChosenTabIsKept()
    {
        show(message("{\"id\": 1}"));
        chooseTab("Hex");
        show(message("{\"id\": 2}"));
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("Hex"));
        QVERIFY(view("messageHex").visibleLines().constFirst().contains("{\"id\": 2}"));
        // By the keyboard as well.
        view("messageHex").setFocus();
        QTest::keyClick(&view("messageHex"), Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("Text"));
    }

    void theChosenTabComesBackWithTheWorkspace()
    {
        const QTemporaryDir folder;
        const StreamSettings shop(folder.filePath("desk.ini"), "shop");
        m_detail->keepIn(shop);
        show(message("{\"id\": 1}"));
        chooseTab("JSON");
        m_detail = std::make_unique<MessageDetail>(*m_theme, nullptr);
        m_detail->keepIn(shop);
        m_detail->show();
        show(message("{\"id\": 2}"));
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("JSON"));
        QCOMPARE(view("messageJson").visibleLines().value(1), QString("  \"id\": 2"));
        m_detail = std::make_unique<MessageDetail>(*m_theme, nullptr);
        m_detail->keepIn(StreamSettings(folder.filePath("desk.ini"), "another"));
        show(message("{\"id\": 3}"));
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("Fields"));
    }

    void reasonsAreShownWhereThereAreAny()
    {
        show(message("{\"id\": 1}"));
        QVERIFY(!isTabVisible("Reasons"));
        show(message(QByteArray("\xff\xfe\xfd\xfc\xfb", 5), "products_update")); // no product
        QVERIFY(isTabVisible("Reasons"));
        chooseTab("Reasons");
        const QString reasons = view("messageReasons").visibleLines().join('\n');
        QVERIFY2(reasons.startsWith("value, entity: These bytes are no Product"), qPrintable(reasons));
        QVERIFY2(reasons.contains("value, text: "), qPrintable(reasons));
        show(message("{\"id\": 1}"));
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("Fields"));
        show(message(QByteArray("\xff\xfe\xfd\xfc\xfb", 5), "products_update"));
        QCOMPARE(tabs().tabText(tabs().currentIndex()), QString("Reasons"));
    }

    void aTombstoneSaysWhatItDeletes()
    {
        StreamMessage tombstone = message({});
        tombstone.hasValue = false;
        show(tombstone);
        QCOMPARE(label("messageTombstone"), QString("Tombstone: deletes key 24 on compacted topics."));
        QCOMPARE(label("messageSizes"), QString("key 2 B · no value · 1 header 10 B"));
        chooseTab("Hex");
        QCOMPARE(view("messageHex").visibleLines(), QStringList("No value: a tombstone."));
        tombstone.hasKey = false;
        show(tombstone);
        QCOMPARE(label("messageTombstone"), QString("Neither key nor value: it deletes nothing."));
    }

    void aLargeValueIsReadFromEndToEnd()
    {
        QByteArray large(20 * 1024 * 1024, 'x');
        large.replace(large.size() - 4, 4, "lamp");
        show(message(large));
        chooseTab("Hex");
        QScrollBar *bar = view("messageHex").verticalScrollBar();
        QCOMPARE(bar->maximum() + bar->pageStep(), int(large.size() / 16));
        QTest::keyClick(&view("messageHex"), Qt::Key_End, Qt::ControlModifier);
        QVERIFY(view("messageHex").visibleLines().constLast().endsWith("xxlamp"));
        chooseTab("Text");
        QTRY_VERIFY(view("messageText").isReady()
                    && view("messageText").verticalScrollBar()->maximum() > 1000);
        find("LAMP");
        QTRY_COMPARE(result(), QString("1 of 1"));
        QVERIFY(view("messageText").visibleLines().constLast().endsWith("lamp"));
        chooseTab("Hex");
        QTRY_COMPARE(result(), QString("1 of 1"));
        // No widget for each line.
        QVERIFY(m_detail->findChildren<QWidget *>().size() < 100);
    }

    void whatIsSelectedIsCopied()
    {
        show(message("first line\nsecond line\nthird"));
        chooseTab("Text");
        PayloadView &text = view("messageText");
        text.setFocus();
        QTest::keyClick(&text, Qt::Key_Right, Qt::ControlModifier); // the caret is at the beginning
        QTest::keyClick(&text, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(&text, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&text, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(text.selectedText(), QString("first line\nsecond line"));
        QTest::keyClick(&text, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QString("first line\nsecond line"));
        QCOMPARE(text.accessibleDescription(), QString("second line"));
        QTest::keyClick(&text, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(text.selectedText(), QString("first line\nsecond line\nthird"));
        QTest::mouseDClick(text.viewport(), Qt::LeftButton, {}, QPoint(20, 14));
        QCOMPARE(text.selectedText(), QString("first"));
    }

    void theValueOfARowIsCopied()
    {
        const QByteArray large(5'000, 'x');
        show(message("{\"password\": \"4111\", \"name\": \"" + large + "\"}"));
        auto *tree = m_detail->findChild<DecodedTree *>();
        tree->setFocus();
        tree->setCurrentItem(tree->findItems("name", Qt::MatchExactly).value(0));
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QString::fromLatin1(large));
        tree->setCurrentItem(tree->findItems("password", Qt::MatchExactly).value(0));
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), MaskedValue.toString());
        chooseTab("Headers 1");
        auto *headers = m_detail->findChild<DetailList *>("messageHeaders");
        headers->setFocus();
        headers->setCurrentItem(headers->topLevelItem(0));
        QTest::keyClick(headers, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QString("desk"));
    }

    void findStepsThroughWhatItFound()
    {
        show(message("Lamp lamp\nnone\nlamp"));
        chooseTab("Text");
        view("messageText").setFocus();
        QTest::keyClick(&view("messageText"), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_detail->findChild<FindBar *>()->isVisible());
        auto *text = m_detail->findChild<QLineEdit *>("findText");
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClicks(text, "lamp");
        QTRY_COMPARE(result(), QString("1 of 3"));
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(result(), QString("2 of 3"));
        QTest::keyClick(text, Qt::Key_F3);
        QTest::keyClick(text, Qt::Key_F3);
        QCOMPARE(result(), QString("1 of 3")); // round the end
        QTest::keyClick(text, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(result(), QString("3 of 3"));
        m_detail->findChild<QToolButton *>("findCase")->click();
        QTRY_COMPARE(result(), QString("1 of 2"));
        m_detail->findChild<QToolButton *>("findExpression")->click();
        text->setText("^la.p$");
        QTRY_COMPARE(result(), QString("1 of 1"));
        text->setText("la(p");
        QTRY_VERIFY(m_detail->findChild<QLabel *>("findProblem")->isVisible());
        QVERIFY(label("findProblem").startsWith("Column 5"));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!m_detail->findChild<FindBar *>()->isVisible());
        QVERIFY(view("messageText").hasFocus());
    }

    void findUnfoldsTheFieldThatHoldsIt()
    {
        QByteArray many;
        for (int number = 0; number < 40; ++number)
            many += "{\"n\": " + QByteArray::number(number) + "},";
        show(message("{\"id\": 1, \"lines\": [" + many + "{\"n\": \"needle\"}]}"));
        find("needle");
        QTRY_COMPARE(result(), QString("1 of 1"));
        const auto *tree = m_detail->findChild<DecodedTree *>();
        QVERIFY(tree->currentItem());
        QCOMPARE(tree->currentItem()->text(1), QString("needle"));
        QVERIFY(tree->visualItemRect(tree->currentItem()).isValid());
        chooseTab("Headers 1");
        m_detail->findChild<QLineEdit *>("findText")->setText("desk");
        QTRY_COMPARE(result(), QString("1 of 1"));
    }

    void whatIsMaskedIsNotFound()
    {
        show(message("{\"id\": 1, \"password\": \"needle-4111\", \"note\": \"other\"}"));
        for (const char *tab : {"Fields", "JSON", "Text", "Hex"}) {
            chooseTab(tab);
            find("needle");
            QTRY_COMPARE(result(), QString("none"));
            find("4111");
            QTRY_COMPARE(result(), QString("none"));
            find("other");
            QTRY_VERIFY2(result() == "1 of 1", tab);
        }
    }

    // Also where it has been shown: that was for the operator's eyes.
    void whatWasShownIsNotFound()
    {
        show(message("{\"id\": 1, \"password\": \"needle-4111\"}"));
        m_detail->showRevealed(MessagePart::Value, {1}, "needle-4111");
        find("needle");
        QTRY_COMPARE(result(), QString("none"));
    }

    void theRecordIsAskedForByItsAction()
    {
        show(message("{\"id\": 1}"));
        QVERIFY(!m_detail->recordAction()->isEnabled());
        show(message(QByteArray("\x08\x18", 2), "products_delete"));
        QVERIFY(m_detail->recordAction()->isEnabled());
        QSignalSpy wanted(m_detail.get(), &MessageDetail::recordRequested);
        m_detail->recordAction()->trigger();
        QCOMPARE(wanted.value(0), (QVariantList{"product", "24"}));
    }

private:
    static StreamMessage message(const QByteArray &value, const QString &topic = "other")
    {
        return {.topic = topic,
                .partition = 1,
                .offset = 7,
                .timestamp = 1'700'000'000'000,
                .hasKey = true,
                .hasValue = true,
                .key = "24",
                .value = value,
                .headers = {{"source", "desk"}}};
    }
    void show(const StreamMessage &message) { m_detail->showMessage(message, m_decoder->decode(message)); }
    QTabWidget &tabs() const { return *m_detail->findChild<QTabWidget *>(); }
    int tabOf(const QString &title) const
    {
        for (int tab = 0; tab < tabs().count(); ++tab) {
            if (tabs().tabText(tab) == title)
                return tab;
        }
        return -1;
    }
    void chooseTab(const QString &title) const
    {
        QVERIFY2(tabOf(title) >= 0, qPrintable(title));
        tabs().setCurrentIndex(tabOf(title));
    }
    bool isTabVisible(const QString &title) const { return tabs().isTabVisible(tabOf(title)); }
    PayloadView &view(const QString &name) const { return *m_detail->findChild<PayloadView *>(name); }
    QString label(const QString &name) const { return m_detail->findChild<QLabel *>(name)->text(); }
    QString result() const
    {
        return m_detail->findChild<MessageFinder *>()->isSearching() ? QString() : label("findResult");
    }
    void find(const QString &text)
    {
        m_detail->findAction()->trigger();
        auto *line = m_detail->findChild<QLineEdit *>("findText");
        line->clear();
        QTRY_COMPARE(result(), QString());
        line->setText(text);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MessageDecoder> m_decoder;
    std::unique_ptr<MessageDetail> m_detail;
};

QTEST_MAIN(MessageDetailTest)
#include "MessageDetailTest.moc"
