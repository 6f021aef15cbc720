// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/SensitiveNames.h"

#include <QByteArrayView>
#include <QString>

namespace desk {

// JSON on one line: order, numbers and texts as they were written, blanks between them dropped, values of
// sensitive names masked. Stops after about `maximum` characters with "…". Takes any bytes: what is no
// JSON comes out as no JSON. Any thread.
[[nodiscard]] QString jsonLine(QByteArrayView json, qsizetype maximum,
                               const SensitiveNames &names = SensitiveNames::defaults());

} // namespace desk
