// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <functional>

class QWidget;

namespace desk {

// Asks whether these records shall be deleted, and names them and what goes along with them (`cascade`: "its 2
// images", or empty). Returns at once; `confirmed` is called if
// the operator says so. GUI thread.
void askForDeletion(QWidget *parent, const EntityType &entity, const QList<RecordRow> &rows,
                    const QString &cascade, const std::function<void()> &confirmed);

} // namespace desk
