// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/ShopWords.h"

#include <QUuid>

#include <array>

namespace desk::ShopWords {
namespace {

using Word = const char16_t *;

constexpr std::array<Word, 18> Materials{u"Walnut", u"Copper", u"Linen",  u"Oak",   u"Ceramic", u"Wool",
                                         u"Brass",  u"Bamboo", u"Glass",  u"Steel", u"Cork",    u"Rattan",
                                         u"Marble", u"Cotton", u"Enamel", u"Birch", u"Slate",   u"Velvet"};
constexpr std::array<Word, 28> Things{
    u"Desk Lamp",    u"Teapot",        u"Armchair",      u"Bread Bin",    u"Wall Clock",     u"Bookend",
    u"Watering Can", u"Picture Frame", u"Storage Box",   u"Table Runner", u"Coat Rack",      u"Mug",
    u"Serving Tray", u"Floor Cushion", u"Candle Holder", u"Salad Bowl",   u"Side Table",     u"Door Mat",
    u"Plant Pot",    u"Throw",         u"Café Tray",     u"Mirror",       u"Umbrella Stand", u"Pepper Mill",
    u"Shelf",        u"Stool",         u"Vase",          u"Tea Towel"};
constexpr std::array<Word, 16> Realms{u"Garden",  u"Kitchen", u"Office", u"Bath",   u"Nursery", u"Hall",
                                      u"Outdoor", u"Dining",  u"Living", u"Travel", u"Holiday", u"Hobby",
                                      u"Pet",     u"Sport",   u"Light",  u"Home"};
constexpr std::array<Word, 10> Sorts{u"Tools",      u"Furniture", u"Textiles", u"Storage", u"Decoration",
                                     u"Essentials", u"Gifts",     u"Basics",   u"Care",    u"Sets"};
constexpr std::array<Word, 10> Doings{u"Count",  u"Photograph", u"Reorder", u"Relabel", u"Check",
                                      u"Unpack", u"Price",      u"Return",  u"Move",    u"Describe"};
constexpr std::array<Word, 24> FirstNames{u"Mira",  u"João",  u"Ada",   u"Tomas", u"Noor",  u"Elif",
                                          u"Jonas", u"Inês",  u"Marek", u"Sofia", u"Kenji", u"Amara",
                                          u"Lena",  u"Pavel", u"Rosa",  u"Idris", u"Hanne", u"Zoë",
                                          u"Omar",  u"Clara", u"Bruno", u"Yuki",  u"Nils",  u"Tara"};
constexpr std::array<Word, 20> FamilyNames{u"Holm",      u"Ferreira", u"Novak",  u"Berg",   u"Okafor",
                                           u"Lindqvist", u"Moreau",   u"Santos", u"Keller", u"Ito",
                                           u"Vance",     u"Duarte",   u"Marsh",  u"Petrov", u"Aydin",
                                           u"Rowe",      u"Costa",    u"Weiß",   u"Larsen", u"Quinn"};
constexpr std::array<Word, 12> Streets{u"Mill Lane",    u"Harbour Street", u"Orchard Road", u"Station Square",
                                       u"Long Acre",    u"Weavers Row",    u"Chapel Hill",  u"Market Place",
                                       u"Linden Alley", u"North Quay",     u"Potters Yard", u"Elm Grove"};
constexpr std::array<Word, 12> Cities{u"Porto", u"Leeds", u"Aarhus", u"Ghent",  u"Kraków", u"Graz",
                                      u"Turku", u"Lyon",  u"Cork",   u"Bergen", u"Parma",  u"Recife"};
constexpr std::array<Word, 6> Currencies{u"EUR", u"USD", u"GBP", u"BRL", u"PLN", u"DKK"};
constexpr std::array<Word, 28> SmallWords{
    u"soft",   u"bright", u"sturdy", u"light", u"quiet",  u"warm",   u"plain", u"broad",  u"even", u"clear",
    u"smooth", u"fresh",  u"neat",   u"calm",  u"handy",  u"gentle", u"solid", u"simple", u"slim", u"fine",
    u"amber",  u"olive",  u"indigo", u"pearl", u"russet", u"ivory",  u"coral", u"teal"};
constexpr std::array<Word, 8> Openings{u"Made of",          u"Comes in",      u"Finished by hand in",
                                       u"Wrapped in",       u"A classic in",  u"Now available in",
                                       u"Back in stock in", u"At its best in"};
constexpr std::array<Word, 8> Closings{
    u"for every day",      u"for small rooms",       u"that lasts for years", u"to give away",
    u"for a long evening", u"that is easy to clean", u"for the whole family", u"without any fuss"};

template <typename List>
QString one(Randomness &random, const List &list)
{
    return QString::fromUtf16(random.pick(list));
}

// As it stands in an address: letters of ASCII, and dashes between words.
QString slug(const QString &text)
{
    QString result;
    const QString plain = text.toLower().normalized(QString::NormalizationForm_KD);
    for (const QChar letter : plain) {
        if (letter == u' ')
            result += u'-';
        else if (letter == u'ß')
            result += QStringLiteral("ss");
        else if (letter.unicode() < 128)
            result += letter;
    }
    return result;
}

} // namespace

QString productName(Randomness &random)
{
    return one(random, Materials) + u' ' + one(random, Things);
}

QString categoryName(Randomness &random)
{
    return one(random, Realms) + u' ' + one(random, Sorts);
}

QString task(Randomness &random)
{
    return QStringLiteral("%1 the %2").arg(one(random, Doings), productName(random).toLower());
}

QString personName(Randomness &random)
{
    return one(random, FirstNames) + u' ' + one(random, FamilyNames);
}

QString userName(Randomness &random)
{
    return slug(personName(random)).replace(u'-', u'.') + QString::number(random.between(1, 99));
}

QString email(Randomness &random)
{
    return userName(random) + QStringLiteral("@shop.example");
}

QString webAddress(Randomness &random)
{
    return QStringLiteral("https://shop.example/") + slug(productName(random));
}

QString imageAddress(Randomness &random)
{
    const QString name = slug(productName(random));
    return QStringLiteral("https://images.shop.example/%1-%2.webp").arg(name).arg(random.between(1, 9999));
}

QString city(Randomness &random)
{
    return one(random, Cities);
}

QString address(Randomness &random)
{
    const qint64 number = random.between(1, 180);
    const QString street = one(random, Streets);
    return QStringLiteral("%1 %2, %3").arg(QString::number(number), street, city(random));
}

QString phone(Randomness &random)
{
    return QStringLiteral("+44 20 7946 0%1").arg(random.between(0, 999), 3, 10, QLatin1Char('0'));
}

QString currency(Randomness &random)
{
    return one(random, Currencies);
}

QString code(Randomness &random)
{
    const QChar first(char16_t(u'A' + random.between(0, 25)));
    const QChar second(char16_t(u'A' + random.between(0, 25)));
    return QStringLiteral("%1%2-%3").arg(first).arg(second).arg(random.between(10'000, 99'999));
}

QString uuid(Randomness &random)
{
    QByteArray bytes;
    for (int half = 0; half < 2; ++half) {
        const quint64 bits = random.next();
        for (int byte = 0; byte < 8; ++byte)
            bytes += char(bits >> (8 * byte));
    }
    bytes[6] = char((bytes[6] & 0x0f) | 0x40);
    bytes[8] = char((bytes[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

QString word(Randomness &random)
{
    return one(random, SmallWords);
}

QString sentence(Randomness &random)
{
    QString text;
    const qint64 count = random.between(1, 2);
    for (qint64 index = 0; index < count; ++index) {
        const QString opening = one(random, Openings);
        const QString first = word(random);
        const QString second = word(random);
        const QString closing = one(random, Closings);
        text += QStringLiteral("%1%2 %3 and %4 %5 %6.")
                    .arg(index > 0 ? QStringLiteral(" ") : QString(), opening, first, second,
                         one(random, Materials).toLower(), closing);
    }
    return text;
}

} // namespace desk::ShopWords
