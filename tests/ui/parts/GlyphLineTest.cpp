// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/GlyphLine.h"
#include "ui/parts/TabularText.h"

#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace desk;

class GlyphLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksLikeWhatThePainterDraws_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("size");
        // Ascent and height are fractions that differ with the font, whichever are installed.
        for (const char *family : {"monospace", "sans-serif", "serif", "DejaVu Sans Mono", "Inter"}) {
            for (const int size : {9, 10, 12, 13}) {
                const QByteArray font = QByteArray(family) + " " + QByteArray::number(size);
                QTest::newRow(font + " digits") << "0123 456" << family << size;
                QTest::newRow(font + " letters") << "HIMLE" << family << size;
                QTest::newRow(font + " punctuation") << "{\"id\", [x]}" << family << size;
            }
        }
    }
    void looksLikeWhatThePainterDraws()
    {
        QFETCH(QString, text);
        QFETCH(QString, family);
        QFETCH(int, size);
        QFont font(family, size);
        font.setKerning(false);
        const QImage ours = draw([&](QPainter &painter) {
            painter.setFont(font);
            drawLine(painter, Area, text);
        });
        const QImage theirs = draw([&](QPainter &painter) {
            painter.setFont(font);
            painter.drawText(Area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        });
        QVERIFY(ours != draw({}));
        QCOMPARE(inked(ours).top(), inked(theirs).top());
        QCOMPARE(inked(ours).left(), inked(theirs).left());
        QVERIFY2(std::abs(inked(ours).right() - inked(theirs).right()) <= 2,
                 qPrintable(QString("%1 %2").arg(inked(ours).right()).arg(inked(theirs).right())));
    }

    // Scripts that have to be shaped, and what no single font has.
    void othersAreThePainters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("Arabic") << QString::fromUtf8("سلام");
        QTest::newRow("combining") << QString::fromUtf8("e\u0301a");
        QTest::newRow("pair of surrogates") << QString::fromUtf8("😀 a");
        QTest::newRow("warning") << QString::fromUtf8("⚠ not valid");
    }
    void othersAreThePainters()
    {
        QFETCH(QString, text);
        const QImage ours = draw([&](QPainter &painter) { drawLine(painter, Area, text); });
        const QImage theirs = draw([&](QPainter &painter) {
            painter.drawText(Area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        });
        QCOMPARE(ours, theirs);
    }

    void staysInItsPlace()
    {
        const QString text = QString("many words that need more room ").repeated(20);
        for (const int width : {0, 5, 12, 40, 97, 180}) {
            const QImage image = draw([&](QPainter &painter) {
                drawLine(painter, {10, 0, width, 30}, text);
            });
            const QRect ink = inked(image);
            QVERIFY2(ink.isNull() || (ink.left() >= 8 && ink.right() <= 10 + width + 1),
                     qPrintable(QString("%1: %2 to %3").arg(width).arg(ink.left()).arg(ink.right())));
        }
        // What fits is not cut.
        const int whole = QFontMetrics(QFont()).horizontalAdvance("lamp") + 4;
        QCOMPARE(draw([&](QPainter &painter) {
                     drawLine(painter, {10, 0, whole, 30}, "lamp");
                 }),
                 draw([&](QPainter &painter) {
                     drawLine(painter, {10, 0, 180, 30}, "lamp");
                 }));
        QVERIFY(draw([&](QPainter &painter) {
                    drawLine(painter, {10, 0, whole / 2, 30}, "lamp");
                })
                != draw([&](QPainter &painter) {
                       drawLine(painter, {10, 0, 180, 30}, "lamp");
                   }));
    }

    void figuresStandUnderEachOther()
    {
        const auto right = [&](const QString &text) {
            return inked(draw([&](QPainter &painter) { drawTabular(&painter, Area, text); }));
        };
        QVERIFY(std::abs(right("8").right() - right("8888").right()) <= 1);
        QVERIFY(right("8888").left() < right("888").left());
        QVERIFY(right("88888888888888888888888888888888888888").left() >= Area.left());
    }

private:
    static constexpr QRect Area{10, 0, 180, 30};

    static QImage draw(const std::function<void(QPainter &)> &paint)
    {
        QImage image(200, 30, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setPen(Qt::black);
        if (paint)
            paint(painter);
        return image;
    }

    static QRect inked(const QImage &image)
    {
        QRect ink;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qGray(image.pixel(x, y)) < 200)
                    ink |= QRect(x, y, 1, 1);
            }
        }
        return ink;
    }
};

QTEST_MAIN(GlyphLineTest)
#include "GlyphLineTest.moc"
