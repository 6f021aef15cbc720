// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TimeChart.h"

#include "ui/parts/AmountText.h"
#include "ui/parts/ChartScale.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QCategoryAxis>
#include <QDateTime>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLineSeries>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace desk {
namespace {

constexpr int AmountsWidth = 58; // room for the labels beside and below the lines
constexpr int TimesHeight = 20;
constexpr int Edge = 8;
constexpr double LeastStep = 1;
constexpr double SinglePointSize = 5;
constexpr qint64 SecondsAreShownBelow = 2 * 60 * 1000; // of the whole axis

bool isPerSecond(ChartAmount amount)
{
    return amount == ChartAmount::NumberPerSecond || amount == ChartAmount::BytesPerSecond;
}

bool isBytes(ChartAmount amount)
{
    return amount == ChartAmount::Bytes || amount == ChartAmount::BytesPerSecond;
}

QString clock(qint64 time, const char *form)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(QLatin1String(form));
}

// In QLineSeries' terms each category ends where its label stands.
void setLabels(QCategoryAxis &axis, const QStringList &labels, const QList<double> &places, double before)
{
    const QStringList old = axis.categoriesLabels();
    for (const QString &label : old)
        axis.remove(label);
    axis.setStartValue(before);
    for (qsizetype index = 0; index < labels.size(); ++index)
        axis.append(labels[index], places[index]);
}

} // namespace

QString amountText(ChartAmount amount, double value)
{
    const QString text = isBytes(amount) ? compactSize(value) : compactNumber(value);
    return isPerSecond(amount) ? text + QStringLiteral("/s") : text;
}

QString exactAmountText(ChartAmount amount, double value)
{
    constexpr double Grouped = 10; // below that decimals count
    QString text = value < Grouped ? compactNumber(value) : groupedNumber(std::llround(value));
    if (isBytes(amount))
        text += QChar(QChar::Nbsp) + QStringLiteral("B");
    return isPerSecond(amount) ? text + QStringLiteral("/s") : text;
}

TimeChart::TimeChart(const QString &name, ChartAmount amount, Theme &theme, QWidget *parent)
    : QChartView(parent)
    , m_amount(amount)
    , m_theme(theme)
    , m_times(new QCategoryAxis)
    , m_amounts(new QCategoryAxis)
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_times, Qt::AlignBottom);
    chart()->addAxis(m_amounts, Qt::AlignLeft);
    for (QCategoryAxis *axis : {m_times, m_amounts}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
    }
    m_times->setGridLineVisible(false);
    m_amounts->setLineVisible(false);
    applyTheme();
    connect(&theme, &Theme::changed, this, &TimeChart::applyTheme);
}

void TimeChart::applyTheme()
{
    const Colours &colours = m_theme.colours();
    chart()->setBackgroundBrush(colours.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(colours.surface);
    QFont font = m_theme.font();
    font.setPixelSize(11);
    for (QCategoryAxis *axis : {m_times, m_amounts}) {
        axis->setLabelsFont(font);
        axis->setLabelsBrush(colours.muted);
        axis->setLinePen(QPen(colours.border, 1));
        axis->setGridLinePen(QPen(colours.line, 1));
    }
    setSeries();
}

QColor TimeChart::colourOf(const ChartLine &line) const
{
    const auto &lines = m_theme.colours().lines;
    return line.colour < 0 ? m_theme.colours().muted : lines[size_t(line.colour) % lines.size()];
}

void TimeChart::setLines(const QList<ChartLine> &lines, qint64 from, qint64 to)
{
    m_lines = lines;
    m_from = from;
    m_to = std::max(from + 1, to);
    scaleAmounts();
    scaleTime();
    setSeries();
    if (m_moment)
        pointAt(momentNear(*m_moment)); // it says today's values
}

double TimeChart::top() const
{
    return m_shownAmounts.isEmpty() ? 0 : m_shownAmounts.last();
}

void TimeChart::scaleAmounts()
{
    double most = 0;
    for (const ChartLine &line : std::as_const(m_lines)) {
        for (const QPointF &point : line.points)
            most = std::max(most, point.y());
    }
    const QList<double> amounts = ChartScale::amounts(most, LeastStep);
    if (amounts == m_shownAmounts)
        return;
    m_shownAmounts = amounts;
    QStringList labels;
    for (const double amount : amounts)
        labels.append(amountText(m_amount, amount));
    setLabels(*m_amounts, labels, amounts, -amounts.last());
    m_amounts->setRange(0, amounts.last());
}

void TimeChart::scaleTime()
{
    const char *form = m_to - m_from <= SecondsAreShownBelow ? "HH:mm:ss" : "HH:mm";
    const double labelWidth = QFontMetricsF(m_times->labelsFont()).horizontalAdvance(clock(m_to, form));
    const double pixels = chart()->plotArea().width() / double(m_to - m_from); // of a millisecond
    QList<qint64> times = ChartScale::times(m_from, m_to);
    while (times.size() > 1 && double(m_to - times.last()) * pixels + Edge < labelWidth / 2)
        times.removeLast(); // its label would be cut
    if (times != m_shownTimes) {
        m_shownTimes = times;
        QStringList labels;
        QList<double> places;
        for (const qint64 time : times) {
            labels.append(clock(time, form));
            places.append(double(time));
        }
        setLabels(*m_times, labels, places, double(m_from - (m_to - m_from)));
    }
    m_times->setRange(double(m_from), double(m_to));
}

void TimeChart::setSeries()
{
    while (m_series.size() > m_lines.size()) {
        QLineSeries *series = m_series.takeLast();
        chart()->removeSeries(series);
        delete series;
    }
    while (m_series.size() < m_lines.size()) {
        auto *series = new QLineSeries;
        chart()->addSeries(series); // takes ownership
        series->attachAxis(m_times);
        series->attachAxis(m_amounts);
        m_series.append(series);
    }
    for (qsizetype index = 0; index < m_lines.size(); ++index) {
        const ChartLine &line = m_lines[index];
        const bool isDashed = line.style == ChartLine::Style::Dashed;
        m_series[index]->setPen(
            QPen(colourOf(line), 1.5, isDashed ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_series[index]->setMarkerSize(SinglePointSize);
        m_series[index]->setPointsVisible(line.points.size() == 1); // a line through one point is not seen
        m_series[index]->replace(line.points);
    }
}

void TimeChart::placePlot()
{
    const QRectF room(QPointF(0, 0), QSizeF(size()));
    chart()->setPlotArea(room.adjusted(AmountsWidth, Edge, -Edge, -TimesHeight));
    // The axes have been laid out for the size alone, with the plot of before.
    chart()->layout()->invalidate();
    chart()->layout()->activate();
}

void TimeChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

QPointF TimeChart::placeOf(const QPointF &value) const
{
    const QRectF plot = chart()->plotArea();
    const double most = std::max(1e-9, top());
    return {plot.left() + (value.x() - double(m_from)) / double(m_to - m_from) * plot.width(),
            plot.bottom() - value.y() / most * plot.height()};
}

QList<qint64> TimeChart::moments() const
{
    QList<qint64> moments;
    for (const ChartLine &line : m_lines) {
        for (const QPointF &point : line.points) {
            if (point.x() >= double(m_from) && point.x() <= double(m_to))
                moments.append(qint64(point.x()));
        }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

std::optional<qint64> TimeChart::momentNear(qint64 time) const
{
    const QList<qint64> all = moments();
    if (all.isEmpty())
        return std::nullopt;
    const auto after = std::lower_bound(all.begin(), all.end(), time);
    if (after == all.begin())
        return *after;
    const auto before = std::prev(after);
    return after == all.end() || time - *before <= *after - time ? *before : *after;
}

QStringList TimeChart::valuesAt(qint64 moment) const
{
    QList<std::pair<double, QString>> values;
    for (const ChartLine &line : m_lines) {
        const auto point = std::find_if(line.points.begin(), line.points.end(),
                                        [&](const QPointF &value) { return qint64(value.x()) == moment; });
        if (point != line.points.end())
            values.append({point->y(), line.name});
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const auto &left, const auto &right) { return left.first > right.first; });
    QStringList texts{clock(moment, "HH:mm:ss")};
    for (const auto &[value, name] : std::as_const(values))
        texts.append(QStringLiteral("%1: %2").arg(name, exactAmountText(m_amount, value)));
    return texts;
}

void TimeChart::pointAt(std::optional<qint64> moment)
{
    m_moment = moment;
    viewport()->update();
    if (!moment) {
        QToolTip::hideText();
        setAccessibleDescription({});
        return;
    }
    const QStringList values = valuesAt(*moment);
    setAccessibleDescription(values.join(QStringLiteral(", ")));
    QStringList lines;
    for (const QString &value : values)
        lines.append(QStringLiteral("<div style=\"white-space:pre\">%1</div>").arg(value.toHtmlEscaped()));
    const QPointF place = placeOf({double(*moment), 0});
    QToolTip::showText(mapToGlobal(QPoint(int(place.x()), Edge)), lines.join(QString()), this);
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = chart()->plotArea();
    if (!plot.adjusted(-Edge, 0, Edge, TimesHeight).contains(event->position())) {
        pointAt(std::nullopt);
        return;
    }
    const double part = (event->position().x() - plot.left()) / std::max(1.0, plot.width());
    pointAt(momentNear(m_from + qint64(part * double(m_to - m_from))));
}

void TimeChart::leaveEvent(QEvent *event)
{
    pointAt(std::nullopt);
    QChartView::leaveEvent(event);
}

void TimeChart::focusOutEvent(QFocusEvent *event)
{
    pointAt(std::nullopt);
    QChartView::focusOutEvent(event);
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const QList<qint64> all = moments();
    const bool isBack = event->key() == Qt::Key_Left;
    if (event->key() == Qt::Key_Escape && m_moment) {
        pointAt(std::nullopt);
    } else if ((isBack || event->key() == Qt::Key_Right) && !all.isEmpty()) {
        const auto current = std::lower_bound(all.begin(), all.end(), m_moment.value_or(all.last()));
        const qsizetype index = (current - all.begin()) + (!m_moment ? 0 : isBack ? -1 : 1);
        pointAt(all[std::clamp<qsizetype>(index, 0, all.size() - 1)]);
    } else {
        QWidget::keyPressEvent(event); // not the scene's: nothing in it takes keys
    }
}

void TimeChart::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    if (hasFocus()) {
        painter->setPen(QPen(m_theme.colours().accent, 1));
        painter->drawRect(QRectF(0.5, 0.5, width() - 1, height() - 1));
    }
    if (!m_moment)
        return;
    const QRectF plot = chart()->plotArea();
    const double x = placeOf({double(*m_moment), 0}).x();
    painter->setPen(QPen(m_theme.colours().muted, 1));
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter->setPen(QPen(m_theme.colours().surface, 1));
    for (const ChartLine &line : m_lines) {
        for (const QPointF &point : line.points) {
            if (qint64(point.x()) != *m_moment)
                continue;
            painter->setBrush(colourOf(line));
            painter->drawEllipse(placeOf(point), 3.5, 3.5);
        }
    }
}

} // namespace desk
