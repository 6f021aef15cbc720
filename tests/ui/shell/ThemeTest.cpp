// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Theme.h"
#include "ui/shell/ThemeIcon.h"
#include "ui/shell/ThemeStyleSheet.h"

#include <QApplication>
#include <QDirIterator>
#include <QSignalSpy>
#include <QCheckBox>
#include <QRadioButton>
#include <QTest>

using namespace desk;

namespace {

constexpr double ReadableText = 4.5; // WCAG 2.1, 1.4.3

struct Pair {
    const char *name;
    QColor text;
    QColor ground;
};

QList<Pair> textsOf(const Colours &colours)
{
    QList<Pair> pairs = {
        {"text on ground", colours.text, colours.ground},
        {"text on surface", colours.text, colours.surface},
        {"text on selection", colours.text, colours.selection},
        {"text on hover", colours.text, colours.hover},
        {"muted on ground", colours.muted, colours.ground},
        {"muted on surface", colours.muted, colours.surface},
        {"muted on selection", colours.muted, colours.selection},
        {"muted on hover", colours.muted, colours.hover},
        {"accent on surface", colours.accent, colours.surface},
        {"on accent", colours.onAccent, colours.accent},
        {"tool tip", colours.surface, colours.text},
    };
    const std::pair<const char *, StateColours> states[] = {{"saved", colours.saved},
                                                            {"published", colours.published},
                                                            {"waiting", colours.waiting},
                                                            {"refused", colours.refused}};
    for (const auto &[name, state] : states) {
        pairs.append({name, state.text, state.chip});
        pairs.append({name, state.text, colours.surface});
        pairs.append({name, state.text, colours.ground});
        pairs.append({name, state.text, colours.selection});
        pairs.append({name, colours.text, state.chip}); // the sentence of a notice
    }
    return pairs;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsReadable_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void everyTextIsReadable()
    {
        QFETCH(bool, isDark);
        for (const Pair &pair : textsOf(isDark ? Colours::dark() : Colours::light())) {
            const double contrast = Theme::contrast(pair.text, pair.ground);
            QVERIFY2(contrast >= ReadableText,
                     qPrintable(QStringLiteral("%1: %2 on %3 is %4:1")
                                    .arg(QLatin1String(pair.name), pair.text.name(), pair.ground.name())
                                    .arg(contrast)));
        }
    }

    void everyLineIsSeen()
    {
        for (const Colours &colours : {Colours::light(), Colours::dark()}) {
            for (const QColor &line : colours.lines)
                QVERIFY2(Theme::contrast(line, colours.surface) >= 3, qPrintable(line.name())); // WCAG 1.4.11
        }
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white)), 21);
        QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::white)), 1);
        QCOMPARE(qRound(Theme::contrast(QColor(0x777777), Qt::white) * 100),
                 448); // a value from the literature
    }

    void switchingTellsEveryone()
    {
        Theme theme(Theme::Mode::Light);
        QSignalSpy changed(&theme, &Theme::changed);
        QVERIFY(!theme.isDark());
        theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base), Colours::dark().surface);
        theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void iconsFollowTheTheme()
    {
        Theme theme(Theme::Mode::Light);
        const QIcon icon = theme.icon(QStringLiteral("product"));
        QVERIFY(!icon.isNull());
        const QImage light = icon.pixmap(32, 32).toImage();
        theme.setMode(Theme::Mode::Dark);
        const QImage dark = icon.pixmap(32, 32).toImage();
        QVERIFY(light != dark);
        QVERIFY(theme.icon(QStringLiteral("no such icon")).isNull());
    }

    void everyIconTakesTheColour()
    {
        QDirIterator icons(QStringLiteral(":/icons"), {QStringLiteral("*.svg")});
        int count = 0;
        while (icons.hasNext()) {
            icons.next();
            const QString name = icons.fileInfo().completeBaseName();
            if (name == QLatin1String("catalog-desk")) // the program's own has colours of its own
                continue;
            ++count;
            const QByteArray tinted = tintedIcon(name, QColor(0x2f5fd0));
            QVERIFY2(tinted.contains("#2f5fd0") && !tinted.contains("#000000"), qPrintable(name));
        }
        QVERIFY(count > 40);
    }

    void styleSheetLeavesNothingOpen()
    {
        for (const Colours &colours : {Colours::light(), Colours::dark()}) {
            const QString sheet = themeStyleSheet(colours, QStringLiteral("/images"));
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            QVERIFY(sheet.contains(colours.accent.name()));
        }
    }

public:
    static QImage drawn(bool isChecked, const std::function<QAbstractButton *()> &make)
    {
        const std::unique_ptr<QAbstractButton> button(make());
        button->setChecked(isChecked);
        button->setEnabled(false);
        button->resize(30, 24);
        return button->grab().toImage();
    }

private Q_SLOTS:
    void aTickIsSeenWhereItCannotBeChanged()
    {
        for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            const Theme theme(mode);
            for (const std::function<QAbstractButton *()> &make :
                 {std::function<QAbstractButton *()>([] { return new QCheckBox; }),
                  std::function<QAbstractButton *()>([] { return new QRadioButton; })})
                QVERIFY(drawn(true, make) != drawn(false, make));
        }
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
