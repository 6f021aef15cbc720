// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace desk {

// The line at the top of a page: its title, then controls from the left, then, after a gap, controls at the
// right. GUI thread.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void addLeft(QWidget *widget);
    void addRight(QWidget *widget);

private:
    QHBoxLayout *m_layout;
    int m_left;
};

} // namespace desk
