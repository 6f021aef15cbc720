// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/ColumnLook.h"

#include <algorithm>
#include <initializer_list>

namespace desk {
namespace {

using Words = std::initializer_list<QLatin1String>;

class NameWords
{
public:
    explicit NameWords(const QString &name) : m_words(name.toLower().split(u'_', Qt::SkipEmptyParts)) { }

    [[nodiscard]] bool hasAny(Words words) const
    {
        return std::any_of(words.begin(), words.end(),
                           [this](QLatin1String word) { return m_words.contains(word); });
    }
    [[nodiscard]] bool endsWithAny(Words words) const
    {
        return !m_words.isEmpty() && std::any_of(words.begin(), words.end(), [this](QLatin1String word) {
            return m_words.constLast() == word;
        });
    }

private:
    QStringList m_words;
};

const Words persons{QLatin1String("player"),   QLatin1String("person"), QLatin1String("user"),
                    QLatin1String("customer"), QLatin1String("author"), QLatin1String("employee"),
                    QLatin1String("owner"),    QLatin1String("member"), QLatin1String("contact"),
                    QLatin1String("supplier")};

ColumnLook textLook(const EntityType &entity, const Column &column, const NameWords &name)
{
    const NameWords ofEntity(entity.name);
    if (name.hasAny({QLatin1String("email"), QLatin1String("mail")}))
        return ColumnLook::Email;
    if (column.widget == ColumnWidget::ImageUrl)
        return ColumnLook::ImageAddress;
    if (name.endsWithAny({QLatin1String("url"), QLatin1String("link"), QLatin1String("website")}))
        return name.hasAny({QLatin1String("image"), QLatin1String("picture"), QLatin1String("photo")})
            ? ColumnLook::ImageAddress
            : ColumnLook::WebAddress;
    if (name.hasAny({QLatin1String("password"), QLatin1String("secret"), QLatin1String("token")}))
        return ColumnLook::Secret;
    if (name.hasAny({QLatin1String("username"), QLatin1String("login")}))
        return ColumnLook::UserName;
    if (name.hasAny({QLatin1String("phone"), QLatin1String("telephone"), QLatin1String("mobile")}))
        return ColumnLook::Phone;
    if (name.hasAny({QLatin1String("address"), QLatin1String("street")}))
        return ColumnLook::Address;
    if (name.endsWithAny({QLatin1String("city"), QLatin1String("town"), QLatin1String("place")}))
        return ColumnLook::City;
    if (name.endsWithAny({QLatin1String("currency")}))
        return ColumnLook::Currency;
    if (name.endsWithAny({QLatin1String("uuid"), QLatin1String("guid")}))
        return ColumnLook::Uuid;
    if (name.endsWithAny({QLatin1String("sku"), QLatin1String("code"), QLatin1String("barcode")}))
        return ColumnLook::Code;
    if (column.widget == ColumnWidget::MultiLine
        || name.endsWithAny({QLatin1String("description"), QLatin1String("message"), QLatin1String("comment"),
                             QLatin1String("note"), QLatin1String("notes"), QLatin1String("body")}))
        return ColumnLook::Description;
    if (name.endsWithAny({QLatin1String("category")}))
        return ColumnLook::CategoryName;
    if (name.endsWithAny({QLatin1String("title"), QLatin1String("subject"), QLatin1String("task")}))
        return ColumnLook::Task;
    const bool isPerson = ofEntity.hasAny(persons) || name.hasAny(persons);
    if (name.endsWithAny({QLatin1String("name")}) || name.endsWithAny(persons)) {
        if (isPerson && !name.hasAny({QLatin1String("product")}))
            return ColumnLook::PersonName;
        return ofEntity.hasAny({QLatin1String("category")}) ? ColumnLook::CategoryName
                                                            : ColumnLook::ProductName;
    }
    return ColumnLook::Plain;
}

ColumnLook numberLook(const NameWords &name)
{
    if (name.endsWithAny({QLatin1String("year")}))
        return ColumnLook::Year;
    if (name.endsWithAny({QLatin1String("month")}))
        return ColumnLook::Month;
    if (name.hasAny({QLatin1String("card")}))
        return ColumnLook::CardNumber;
    if (name.hasAny({QLatin1String("stock"), QLatin1String("level")}))
        return ColumnLook::Stock;
    if (name.hasAny({QLatin1String("quantity"), QLatin1String("count"), QLatin1String("pieces")}))
        return ColumnLook::Quantity;
    if (name.hasAny(
            {QLatin1String("price"), QLatin1String("cost"), QLatin1String("amount"), QLatin1String("total")}))
        return ColumnLook::Price;
    if (name.hasAny({QLatin1String("discount"), QLatin1String("percent")}))
        return ColumnLook::Percent;
    if (name.hasAny({QLatin1String("phone"), QLatin1String("contact")}))
        return ColumnLook::Phone;
    return ColumnLook::Plain;
}

} // namespace

ColumnLook columnLook(const EntityType &entity, const Column &column)
{
    const NameWords name(column.name);
    const bool isTime = column.type == ColumnType::Timestamp
        || name.endsWithAny({QLatin1String("at"), QLatin1String("timestamp"), QLatin1String("time")});
    if (isTime)
        return name.hasAny({QLatin1String("created"), QLatin1String("added")}) ? ColumnLook::Created
                                                                               : ColumnLook::Changed;
    if (column.type == ColumnType::Text)
        return textLook(entity, column, name);
    return column.isNumber() ? numberLook(name) : ColumnLook::Plain;
}

} // namespace desk
