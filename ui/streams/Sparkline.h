// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace desk {

class Theme;

// The last minute of a rate as a small line without axes. GUI thread.
class Sparkline : public QWidget
{
    Q_OBJECT

public:
    static constexpr int Points = 60;

    explicit Sparkline(Theme &theme, QWidget *parent);

    void append(double value);
    void clear();
    [[nodiscard]] QSize sizeHint() const override { return {120, 22}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QList<double> m_values;
};

} // namespace desk
