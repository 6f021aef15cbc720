// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/generation/Randomness.h"

#include <QString>

namespace desk {

// Texts as a shop has them, put together from short lists of words. Invented: no address, number or name is
// meant to be anybody's. Any thread.
namespace ShopWords {

[[nodiscard]] QString productName(Randomness &random);  // "Walnut Desk Lamp"
[[nodiscard]] QString categoryName(Randomness &random); // "Garden Tools"
[[nodiscard]] QString task(Randomness &random);         // "Count the oak shelves"
[[nodiscard]] QString personName(Randomness &random);   // "Mira Holm"
[[nodiscard]] QString userName(Randomness &random);     // "mira.holm27"
[[nodiscard]] QString email(Randomness &random);        // at shop.example
[[nodiscard]] QString webAddress(Randomness &random);   // "https://shop.example/walnut-desk-lamp"
[[nodiscard]] QString imageAddress(Randomness &random); // a .webp file
[[nodiscard]] QString city(Randomness &random);
[[nodiscard]] QString address(Randomness &random); // "12 Mill Lane, Porto"
[[nodiscard]] QString phone(Randomness &random);   // of a range that is kept for fiction
[[nodiscard]] QString currency(Randomness &random);
[[nodiscard]] QString code(Randomness &random); // "KX-48213"
[[nodiscard]] QString uuid(Randomness &random); // as random ones are written (RFC 4122, version 4)
[[nodiscard]] QString word(Randomness &random);
[[nodiscard]] QString sentence(Randomness &random); // one or two, with their stops

} // namespace ShopWords

} // namespace desk
