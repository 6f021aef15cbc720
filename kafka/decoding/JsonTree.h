// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "kafka/decoding/Masking.h"

#include <QByteArrayView>

namespace desk {

constexpr int MaximumJsonNodes = 20'000;
constexpr int ShownJsonDepth = 64; // what nests more deeply is one text

// JSON as a tree: order and numbers as they were written, values of sensitive names masked. The bytes have
// to be JSON: see checkJson(). `base`: where they stand within the key or value. Any thread.
[[nodiscard]] DecodedNode jsonTree(QByteArrayView json, qsizetype base, const SensitiveNames &names,
                                   Masking::Mode mode);

} // namespace desk
