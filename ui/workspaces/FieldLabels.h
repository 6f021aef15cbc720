// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace desk {

// Gives the labels of all form layouts below `parent` one width, so that their fields stand in one column.
void alignFieldLabels(QWidget *parent);

} // namespace desk
