// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace desk {

// How filters for messages are written, by example, in a popup below the field. GUI thread.
class FilterHelp : public QFrame
{
    Q_OBJECT

public:
    // Goes away by itself.
    static void open(QWidget &field);

private:
    explicit FilterHelp(QWidget *parent);
};

} // namespace desk
