// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PayloadView.h"

#include "kafka/PayloadText.h"
#include "models/store/WhenFinished.h"
#include "ui/shell/Theme.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

namespace desk {
namespace {

constexpr qsizetype AtOnce = 512 * 1024; // characters or bytes that are worked on without another thread
constexpr qsizetype ManyBytes = 16;      // on a line, where there is room
constexpr int TabColumns = 4;

} // namespace

PayloadView::PayloadView(Theme &theme, const QString &name, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_content(std::make_shared<Content>())
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&theme, &Theme::changed, this, &PayloadView::updateFonts);
    updateFonts();
}

void PayloadView::updateFonts()
{
    setFont(m_theme.monospace());
    const QFontMetricsF metrics(m_theme.monospace());
    m_lineHeight = int(std::ceil(metrics.height())) + 2;
    m_charWidth = metrics.horizontalAdvance(u'0');
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setSingleStep(int(m_charWidth));
    divide(m_lines ? m_lines->placeOf(topLine()) : 0);
}

void PayloadView::setText(const QString &text)
{
    setContent({.text = text, .bytes = {}, .masked = {}, .isBytes = false});
}

void PayloadView::setBytes(const QByteArray &bytes, const QList<ByteRange> &masked)
{
    setContent({.text = {}, .bytes = bytes, .masked = masked, .isBytes = true});
}

void PayloadView::setContent(Content content)
{
    m_content = std::make_shared<const Content>(std::move(content));
    m_matches.reset();
    m_currentMatch = -1;
    m_caret = m_anchor = {};
    divide(0);
}

int PayloadView::columns() const
{
    const int fit = int((viewport()->width() - 2 * Margin) / m_charWidth);
    if (!m_content->isBytes)
        return std::max(fit, TextLines::LeastColumns);
    return int(HexLines::columnsFor(ManyBytes) <= fit ? ManyBytes : ManyBytes / 2);
}

// Into lines as wide as the view; what was at the top stays there.
void PayloadView::divide(qsizetype topPlace)
{
    m_columns = columns();
    const quint64 generation = ++m_generation;
    if (m_content->isBytes) {
        take(std::make_shared<HexLines>(m_content->bytes, m_content->masked, m_columns), topPlace);
    } else if (m_content->text.size() <= AtOnce) {
        take(std::make_shared<TextLines>(m_content->text, m_columns), topPlace);
    } else {
        m_lines.reset();
        viewport()->update();
        const auto make = [text = m_content->text, width = m_columns] {
            return std::shared_ptr<const PayloadLines>(std::make_shared<TextLines>(text, width));
        };
        whenFinished(QtConcurrent::run(make), this,
                     [this, generation, topPlace](const std::shared_ptr<const PayloadLines> &lines) {
                         if (generation == m_generation)
                             take(lines, topPlace);
                     });
    }
}

void PayloadView::take(std::shared_ptr<const PayloadLines> lines, qsizetype topPlace)
{
    m_lines = std::move(lines);
    m_caret = m_anchor = {};
    updateScrollBars();
    if (m_lines->count() > 0)
        verticalScrollBar()->setValue(int(m_lines->lineOf(topPlace)));
    if (m_matches && m_currentMatch >= 0)
        showMatches(m_matches, m_currentMatch);
    viewport()->update();
    Q_EMIT ready();
}

void PayloadView::updateScrollBars()
{
    const qsizetype lines = m_lines ? m_lines->count() : 0;
    verticalScrollBar()->setRange(0, int(std::max<qsizetype>(lines - visibleCount(), 0)));
    verticalScrollBar()->setPageStep(visibleCount());
    const qreal width = m_content->isBytes ? qreal(HexLines::columnsFor(m_columns)) * m_charWidth + 2 * Margin
                                           : 0;
    horizontalScrollBar()->setRange(0, std::max(0, int(std::ceil(width)) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

int PayloadView::visibleCount() const
{
    return std::max(1, (viewport()->height() - TopMargin) / m_lineHeight);
}

qsizetype PayloadView::topLine() const
{
    return verticalScrollBar()->value();
}

QStringList PayloadView::visibleLines() const
{
    QStringList lines;
    for (qsizetype line = topLine(); m_lines && line < m_lines->count() && lines.size() < visibleCount();
         ++line)
        lines.append(m_lines->line(line));
    return lines;
}

void PayloadView::layOut(QTextLayout &layout, qsizetype line) const
{
    layout.setText(m_lines->line(line));
    layout.setFont(font());
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTabStopDistance(TabColumns * m_charWidth);
    layout.setTextOption(option);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
}

// Of what was found: the one that is looked at, or all.
QList<PayloadLines::Columns> PayloadView::marksOf(qsizetype line, bool current) const
{
    if (!m_matches)
        return {};
    const QList<PayloadMatch> &found = m_matches->found;
    if (current)
        return m_currentMatch < 0
            ? QList<PayloadLines::Columns>()
            : m_lines->columnsOf(line, found[m_currentMatch].begin, found[m_currentMatch].length);
    const qsizetype begin = m_lines->placeOf(line);
    const qsizetype end = line + 1 < m_lines->count() ? m_lines->placeOf(line + 1)
                                                      : std::numeric_limits<qsizetype>::max();
    auto match = std::partition_point(found.cbegin(), found.cend(), [begin](const PayloadMatch &before) {
        return before.begin + before.length <= begin;
    });
    QList<PayloadLines::Columns> marks;
    for (; match != found.cend() && match->begin < end; ++match)
        marks += m_lines->columnsOf(line, match->begin, match->length);
    return marks;
}

void PayloadView::paintEvent(QPaintEvent *)
{
    const Colours &colours = m_theme.colours();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colours.surface);
    painter.setPen(m_lines ? colours.text : colours.muted);
    if (!m_lines) {
        painter.setFont(m_theme.font());
        painter.drawText(viewport()->rect().adjusted(Margin, TopMargin, -Margin, 0),
                         Qt::AlignLeft | Qt::AlignTop, tr("Getting ready…"));
        return;
    }
    const auto range = [](const PayloadLines::Columns &columns, const QColor &ground, const QColor &text) {
        QTextLayout::FormatRange format;
        format.start = int(columns.begin);
        format.length = int(columns.length);
        format.format.setBackground(ground);
        format.format.setForeground(text);
        return format;
    };
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    const int left = Margin - horizontalScrollBar()->value();
    int top = TopMargin;
    for (qsizetype line = topLine(); line < m_lines->count() && top < viewport()->height();
         ++line, top += m_lineHeight) {
        QTextLayout layout;
        layOut(layout, line);
        QList<QTextLayout::FormatRange> formats;
        for (const PayloadLines::Columns &mark : marksOf(line, false))
            formats.append(range(mark, colours.waiting.chip, colours.waiting.text));
        for (const PayloadLines::Columns &mark : marksOf(line, true))
            formats.append(range(mark, colours.accent, colours.onAccent));
        if (from != to && line >= from.line && line <= to.line) {
            const qsizetype begin = line == from.line ? from.column : 0;
            const qsizetype end = line == to.line ? to.column : layout.text().size();
            formats.append(range({begin, end - begin}, colours.selection, colours.text));
        }
        layout.draw(&painter, QPointF(left, top), formats);
        if (hasFocus() && line == m_caret.line)
            layout.drawCursor(&painter, QPointF(left, top), int(m_caret.column));
    }
}

void PayloadView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (columns() != m_columns)
        divide(m_lines ? m_lines->placeOf(topLine()) : 0);
    else
        updateScrollBars();
}

QString PayloadView::textBetween(const PayloadLines &lines, const Position &from, const Position &to)
{
    QString text;
    for (qsizetype line = from.line; line <= to.line; ++line) {
        const QString whole = lines.line(line);
        const qsizetype begin = line == from.line ? from.column : 0;
        const qsizetype end = line == to.line ? to.column : whole.size();
        text += QStringView(whole).mid(begin, end - begin);
        if (line < to.line && lines.endsLine(line))
            text += u'\n';
    }
    return text;
}

QString PayloadView::selectedText() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    return m_lines && from != to ? textBetween(*m_lines, from, to) : QString();
}

void PayloadView::copySelection() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (!m_lines || from == to)
        return;
    const qsizetype size = m_lines->placeOf(to.line) - m_lines->placeOf(from.line);
    copy([lines = m_lines, from = from, to = to] { return textBetween(*lines, from, to); }, size);
}

void PayloadView::copyAll() const
{
    copy(
        [content = m_content] {
            return content->isBytes
                ? hexTable(content->bytes, content->bytes.size(), ManyBytes, content->masked)
                : content->text;
        },
        m_content->isBytes ? m_content->bytes.size() : 0);
}

void PayloadView::copy(std::function<QString()> text, qsizetype size) const
{
    if (size <= AtOnce) {
        QGuiApplication::clipboard()->setText(text());
        return;
    }
    whenFinished(QtConcurrent::run(std::move(text)), const_cast<PayloadView *>(this),
                 [](const QString &made) { QGuiApplication::clipboard()->setText(made); });
}

FindTarget::Job PayloadView::search() const
{
    return [content = m_content](const PayloadSearch &search) {
        return content->isBytes ? search.inBytes(content->bytes, content->masked)
                                : search.inText(content->text);
    };
}

void PayloadView::showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current)
{
    m_matches = matches;
    m_currentMatch = matches ? current : -1;
    if (m_currentMatch >= 0 && m_lines && m_lines->count() > 0) {
        const qsizetype line = m_lines->lineOf(matches->found[current].begin);
        const QList<PayloadLines::Columns> columns = marksOf(line, true);
        m_caret = m_anchor = {line, columns.isEmpty() ? 0 : columns.constFirst().begin};
        setAccessibleDescription(m_lines->line(line));
        // With something around it.
        if (line < topLine() || line >= topLine() + visibleCount())
            verticalScrollBar()->setValue(int(line - visibleCount() / 3));
    }
    viewport()->update();
}

qsizetype PayloadView::firstMatch(const PayloadMatches &matches) const
{
    if (matches.found.isEmpty())
        return -1;
    const qsizetype from = m_lines && m_lines->count() > 0 ? m_lines->placeOf(topLine()) : 0;
    const auto match = std::partition_point(
        matches.found.cbegin(), matches.found.cend(),
        [from](const PayloadMatch &before) { return before.begin < from; });
    return match == matches.found.cend() ? 0 : match - matches.found.cbegin();
}

} // namespace desk
