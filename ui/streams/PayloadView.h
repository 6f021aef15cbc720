// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/PayloadLines.h"
#include "ui/streams/FindTarget.h"

#include <QAbstractScrollArea>

class QTextLayout;

namespace desk {

class Theme;

// A text or bytes to read, scroll, select and copy, however large: only the lines on the screen are made. Long
// lines are broken where the view ends. Dividing a large text into lines, and copying one, is done on a thread
// of the pool. GUI thread.
class PayloadView : public QAbstractScrollArea, public FindTarget
{
    Q_OBJECT

public:
    PayloadView(Theme &theme, const QString &name, QWidget *parent);

    void setText(const QString &text);
    void setBytes(const QByteArray &bytes, const QList<ByteRange> &masked);
    void clear() { setText({}); }

    void copyAll() const;
    void copySelection() const;
    [[nodiscard]] QString selectedText() const;
    [[nodiscard]] bool isReady() const { return m_lines != nullptr; } // divided into lines
    [[nodiscard]] QStringList visibleLines() const;

    [[nodiscard]] Job search() const override;
    void showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current) override;
    [[nodiscard]] qsizetype firstMatch(const PayloadMatches &matches) const override;

Q_SIGNALS:
    void ready();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    static constexpr int Margin = 12; // pixels
    static constexpr int TopMargin = 6;

    struct Position {
        qsizetype line = 0;
        qsizetype column = 0;

        friend auto operator<=>(const Position &, const Position &) = default;
    };
    // What is shown, shared with the threads that divide it or look through it.
    struct Content {
        QString text;
        QByteArray bytes;
        QList<ByteRange> masked;
        bool isBytes = false;
    };

    void setContent(Content content);
    void divide(qsizetype topPlace);
    void take(std::shared_ptr<const PayloadLines> lines, qsizetype topPlace);
    void updateFonts();
    void updateScrollBars();
    void moveCaret(const Position &position, Qt::KeyboardModifiers modifiers);
    void showCaret();
    void copy(std::function<QString()> text, qsizetype size) const;
    [[nodiscard]] int columns() const; // that fit; of bytes: how many bytes
    [[nodiscard]] int visibleCount() const;
    [[nodiscard]] qsizetype topLine() const;
    [[nodiscard]] Position positionAt(const QPoint &point) const;
    [[nodiscard]] Position bounded(const Position &position) const;
    void layOut(QTextLayout &layout, qsizetype line) const;
    [[nodiscard]] QList<PayloadLines::Columns> marksOf(qsizetype line, bool current) const;
    [[nodiscard]] static QString textBetween(const PayloadLines &lines, const Position &from,
                                             const Position &to);

    Theme &m_theme;
    std::shared_ptr<const Content> m_content;
    std::shared_ptr<const PayloadLines> m_lines; // null: being divided
    int m_columns = 0;                           // that they were divided for
    quint64 m_generation = 0;
    int m_lineHeight = 16;
    qreal m_charWidth = 8;
    Position m_caret;
    Position m_anchor; // of the selection
    std::shared_ptr<const PayloadMatches> m_matches;
    qsizetype m_currentMatch = -1;
};

} // namespace desk
