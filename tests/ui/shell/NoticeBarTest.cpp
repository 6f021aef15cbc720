// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NoticeBar.h"
#include "ui/shell/Theme.h"

#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace desk;

class NoticeBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesWhenItHasNothingToSay()
    {
        Theme theme(Theme::Mode::Light);
        NoticeBar bar(theme);
        QVERIFY(bar.isHidden());
        bar.show({Notice::Kind::Warning, QStringLiteral("Mind the step."), {}, {}, {}});
        QVERIFY(!bar.isHidden());
        bar.findChild<QToolButton *>()->click();
        QVERIFY(bar.isHidden());
        QVERIFY(bar.sentences().isEmpty());
    }

    void aNewerNoticeOfATopicTakesTheOldOnesPlace()
    {
        Theme theme(Theme::Mode::Light);
        NoticeBar bar(theme);
        const QString topic = QStringLiteral("database");
        bar.show({Notice::Kind::Error, QStringLiteral("No such host."), topic, {}, {}});
        bar.show({Notice::Kind::Error, QStringLiteral("Wrong password."), topic, {}, {}});
        QCOMPARE(bar.sentences(), QStringList{QStringLiteral("Wrong password.")});
        bar.withdraw(topic);
        QVERIFY(bar.sentences().isEmpty());
    }

    void aSuccessLiesOverThePageAndMovesNothing()
    {
        Theme theme(Theme::Mode::Light);
        QWidget page;
        page.resize(900, 600);
        NoticeBar bar(theme, &page);
        bar.setToastArea(&page);
        page.show();
        bar.show({Notice::Kind::Success, QStringLiteral("4 topics created."), {}, {}, {}});
        QVERIFY(bar.isHidden());
        QCOMPARE(bar.sentences(), QStringList{QStringLiteral("4 topics created.")});
        auto *dismiss = page.findChild<QToolButton *>();
        QVERIFY(dismiss && dismiss->isVisible());
        bar.show({Notice::Kind::Error, QStringLiteral("No such host."), {}, {}, {}});
        QVERIFY(!bar.isHidden());
        dismiss->click();
        QCOMPARE(bar.sentences(), QStringList{QStringLiteral("No such host.")});
    }

    void keepsTheNewestFew()
    {
        Theme theme(Theme::Mode::Light);
        NoticeBar bar(theme);
        for (int number = 1; number <= 5; ++number)
            bar.show({Notice::Kind::Information, QString::number(number), {}, {}, {}});
        QCOMPARE(bar.sentences(),
                 (QStringList{QStringLiteral("5"), QStringLiteral("4"), QStringLiteral("3")}));
    }

    void anActionRunsOnceAndTheNoticeGoes()
    {
        Theme theme(Theme::Mode::Light);
        NoticeBar bar(theme);
        int runs = 0;
        bar.show(
            {Notice::Kind::Error, QStringLiteral("Away."), {}, QStringLiteral("Retry"), [&runs] { ++runs; }});
        auto *button = bar.findChild<QPushButton *>();
        QCOMPARE(button->text(), QStringLiteral("Retry"));
        button->click();
        QCOMPARE(runs, 1);
        QVERIFY(bar.sentences().isEmpty());
    }
};

QTEST_MAIN(NoticeBarTest)
#include "NoticeBarTest.moc"
