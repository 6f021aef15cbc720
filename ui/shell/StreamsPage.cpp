// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StreamsPage.h"

#include <QVBoxLayout>

namespace desk {

StreamsPage::StreamsPage(QWidget *parent) : Page(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void StreamsPage::take(QWidget *panel)
{
    layout()->addWidget(panel);
    panel->show();
    panel->setFocus();
}

} // namespace desk
