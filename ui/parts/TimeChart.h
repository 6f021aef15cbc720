// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChartView>
#include <QList>
#include <QPointF>

#include <optional>

class QCategoryAxis;
class QLineSeries;

namespace desk {

class Theme;

// A line of a chart. A value.
struct ChartLine {
    enum class Style { Solid, Dashed };
    static constexpr int Muted = -1;

    QString name;
    int colour = Muted; // one of Colours::lines, or Muted
    Style style = Style::Solid;
    QList<QPointF> points; // milliseconds since 1970, amount; by time
};

// What a chart's amounts are.
enum class ChartAmount { Number, NumberPerSecond, Bytes, BytesPerSecond };

[[nodiscard]] QString amountText(ChartAmount amount, double value);      // "1.2 kB/s"
[[nodiscard]] QString exactAmountText(ChartAmount amount, double value); // "1 204 B/s"

// Amounts over time, as lines. Says the values of one moment when the mouse is over it, or when the arrow keys go
// through it. Draws when it is given lines, and never by itself; nothing is animated. GUI thread.
class TimeChart : public QChartView
{
    Q_OBJECT

public:
    // `name`: what it shows, for those who cannot see it.
    TimeChart(const QString &name, ChartAmount amount, Theme &theme, QWidget *parent);

    // From and to: milliseconds since 1970.
    void setLines(const QList<ChartLine> &lines, qint64 from, qint64 to);
    [[nodiscard]] const QList<ChartLine> &lines() const { return m_lines; }
    // The largest amount that has room.
    [[nodiscard]] double top() const;

    // The moment nearest to this that has a value, if there is one.
    [[nodiscard]] std::optional<qint64> momentNear(qint64 time) const;
    // "14:02:13", then a line for each value of this moment, the largest first: "products_update: 1 204 /s".
    [[nodiscard]] QStringList valuesAt(qint64 moment) const;
    // Of which it says the values just now.
    [[nodiscard]] std::optional<qint64> pointedAt() const { return m_moment; }

    [[nodiscard]] QSize sizeHint() const override { return {280, 140}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {140, 64}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void placePlot();
    void applyTheme();
    void scaleAmounts();
    void scaleTime();
    void setSeries();
    [[nodiscard]] QColor colourOf(const ChartLine &line) const;
    [[nodiscard]] QPointF placeOf(const QPointF &value) const;
    [[nodiscard]] QList<qint64> moments() const;
    void pointAt(std::optional<qint64> moment);

    ChartAmount m_amount;
    Theme &m_theme;
    QCategoryAxis *m_times; // both owned by the chart
    QCategoryAxis *m_amounts;
    QList<QLineSeries *> m_series;
    QList<ChartLine> m_lines;
    QList<qint64> m_shownTimes;
    QList<double> m_shownAmounts;
    qint64 m_from = 0;
    qint64 m_to = 1;
    std::optional<qint64> m_moment;
};

} // namespace desk
