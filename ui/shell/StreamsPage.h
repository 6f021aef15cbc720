// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Page.h"

namespace desk {

// The live stream with the whole window to itself. Holds the panel while the page is in front; the window
// puts it back into its dock afterwards, so there is one stream, wherever it is looked at. GUI thread.
class StreamsPage : public Page
{
    Q_OBJECT

public:
    explicit StreamsPage(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Streams"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("streams"); }

    void take(QWidget *panel);
};

} // namespace desk
