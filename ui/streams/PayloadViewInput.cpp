// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and mouse: the caret, and what is selected with it.
#include "ui/streams/PayloadView.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace desk {

PayloadView::Position PayloadView::bounded(const Position &position) const
{
    if (!m_lines || m_lines->count() == 0)
        return {};
    Position inside;
    inside.line = std::clamp<qsizetype>(position.line, 0, m_lines->count() - 1);
    inside.column = std::clamp<qsizetype>(position.column, 0, m_lines->line(inside.line).size());
    return inside;
}

PayloadView::Position PayloadView::positionAt(const QPoint &point) const
{
    if (!m_lines || m_lines->count() == 0)
        return {};
    const int row = int(std::floor(double(point.y() - TopMargin) / m_lineHeight));
    const qsizetype line = std::clamp<qsizetype>(topLine() + row, 0, m_lines->count() - 1);
    QTextLayout layout;
    layOut(layout, line);
    return {line, layout.lineAt(0).xToCursor(point.x() - Margin + horizontalScrollBar()->value())};
}

void PayloadView::moveCaret(const Position &position, Qt::KeyboardModifiers modifiers)
{
    const qsizetype before = m_caret.line;
    m_caret = bounded(position);
    if (!(modifiers & Qt::ShiftModifier))
        m_anchor = m_caret;
    if (m_lines && m_caret.line < m_lines->count() && m_caret.line != before)
        setAccessibleDescription(m_lines->line(m_caret.line)); // what a screen reader says
    showCaret();
    viewport()->update();
}

void PayloadView::showCaret()
{
    QScrollBar *bar = verticalScrollBar();
    if (m_caret.line < topLine())
        bar->setValue(int(m_caret.line));
    else if (m_caret.line >= topLine() + visibleCount())
        bar->setValue(int(m_caret.line - visibleCount() + 1));
}

void PayloadView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (!m_lines) {
        event->ignore();
        return;
    }
    const qsizetype last = m_lines->count() - 1;
    if (event->matches(QKeySequence::SelectAll)) {
        m_anchor = {};
        m_caret = bounded({last, std::numeric_limits<int>::max()});
        viewport()->update();
        return;
    }
    const bool whole = event->modifiers() & Qt::ControlModifier;
    Position to = m_caret;
    switch (event->key()) {
    case Qt::Key_Up:
        --to.line;
        break;
    case Qt::Key_Down:
        ++to.line;
        break;
    case Qt::Key_PageUp:
        to.line -= visibleCount();
        break;
    case Qt::Key_PageDown:
        to.line += visibleCount();
        break;
    case Qt::Key_Left:
        to = to.column > 0 || to.line == 0 ? Position{to.line, to.column - 1}
                                           : Position{to.line - 1, std::numeric_limits<int>::max()};
        break;
    case Qt::Key_Right:
        to = last < 0 || to.column < m_lines->line(to.line).size() || to.line == last
            ? Position{to.line, to.column + 1}
            : Position{to.line + 1, 0};
        break;
    case Qt::Key_Home:
        to = {whole ? 0 : to.line, 0};
        break;
    case Qt::Key_End:
        to = {whole ? last : to.line, std::numeric_limits<int>::max()};
        break;
    default:
        event->ignore();
        return;
    }
    moveCaret(to, event->modifiers());
}

void PayloadView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveCaret(positionAt(event->position().toPoint()), event->modifiers());
}

void PayloadView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        moveCaret(positionAt(event->position().toPoint()), Qt::ShiftModifier);
}

// The word under the mouse.
void PayloadView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Position at = positionAt(event->position().toPoint());
    if (!m_lines || m_lines->count() == 0)
        return;
    const QString line = m_lines->line(at.line);
    const auto isWord = [&line](qsizetype column) {
        return line[column].isLetterOrNumber() || line[column] == u'_';
    };
    m_anchor = m_caret = at;
    while (m_anchor.column > 0 && isWord(m_anchor.column - 1))
        --m_anchor.column;
    while (m_caret.column < line.size() && isWord(m_caret.column))
        ++m_caret.column;
    viewport()->update();
}

void PayloadView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PayloadView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool PayloadView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept(); // ours, not the window's
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

} // namespace desk
