// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace desk {

// Paints one picture: fitted into the widget at first, then as the wheel zooms and the mouse drags it.
// Shows a sentence where there is no picture. GUI thread.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    static constexpr double MaximumZoom = 16;

    explicit PictureView(QWidget *parent = nullptr);

    void setImage(const QImage &image); // fits it
    void setSentence(const QString &sentence);
    [[nodiscard]] double zoom() const; // 1: one pixel of the picture is one of the screen
    void zoomBy(double factor);
    void setZoom(double zoom); // around the middle
    void fit();

Q_SIGNALS:
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] double fittingZoom() const;
    void zoomAround(const QPointF &point, double zoom);
    void keepInSight();

    QImage m_image;
    QString m_sentence;
    bool m_isFitted = true;
    double m_zoom = 1;
    QPointF m_centre; // of the picture, relative to the widget's middle
    QPointF m_dragFrom;
};

} // namespace desk
