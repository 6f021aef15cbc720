// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/SensitiveNames.h"

#include "catalog/options.pb.h"

#include <QVarLengthArray>

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype ShortPattern = 4;

// A name's letters and digits in lower case, and where its words begin.
struct Folded {
    QVarLengthArray<char16_t, 64> letters;
    QVarLengthArray<bool, 64> beginsWord;

    explicit Folded(QStringView name)
    {
        QChar before;
        for (const QChar letter : name) {
            if (letter.isLetterOrNumber()) {
                const bool begins = !before.isLetterOrNumber() || (letter.isUpper() && !before.isUpper())
                    || (letter.isLetter() && before.isDigit());
                letters.append(letter.toLower().unicode());
                beginsWord.append(begins);
            }
            before = letter;
        }
    }

    [[nodiscard]] QStringView text() const { return QStringView(letters.constData(), letters.size()); }
};

} // namespace

SensitiveNames::SensitiveNames(const QStringList &patterns)
{
    for (const QString &pattern : patterns) {
        const QString folded = Folded(pattern).text().toString();
        if (folded.size() > ShortPattern)
            m_anywhere.append(folded);
        else if (!folded.isEmpty())
            m_atWord.append(folded);
    }
}

const QStringList &SensitiveNames::defaultPatterns()
{
    static const QStringList patterns{
        QStringLiteral("password"), QStringLiteral("passwd"),      QStringLiteral("passphrase"),
        QStringLiteral("pwd"),      QStringLiteral("secret"),      QStringLiteral("token"),
        QStringLiteral("card"),     QStringLiteral("creditcard"),  QStringLiteral("cvv"),
        QStringLiteral("cvc"),      QStringLiteral("iban"),        QStringLiteral("authorization"),
        QStringLiteral("api_key"),  QStringLiteral("private_key"), QStringLiteral("credential"),
    };
    return patterns;
}

const SensitiveNames &SensitiveNames::defaults()
{
    static const SensitiveNames names;
    return names;
}

SensitiveNames SensitiveNames::with(const QStringList &names) const
{
    SensitiveNames more(*this);
    more.m_exactly.unite(QSet<QString>(names.cbegin(), names.cend()));
    return more;
}

bool SensitiveNames::matches(QStringView name) const
{
    if (!m_exactly.isEmpty() && m_exactly.contains(name.toString()))
        return true;
    const Folded folded(name);
    const QStringView text = folded.text();
    const auto beginsWord = [&](const QString &pattern) {
        for (qsizetype at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
            if (folded.beginsWord[at])
                return true;
        }
        return false;
    };
    return std::any_of(m_anywhere.cbegin(), m_anywhere.cend(),
                       [&](const QString &pattern) { return text.contains(pattern); })
        || std::any_of(m_atWord.cbegin(), m_atWord.cend(), beginsWord);
}

bool SensitiveNames::isSensitive(const google::protobuf::FieldDescriptor &field) const
{
    const catalog::ColumnOptions &column = field.options().GetExtension(catalog::column);
    return column.has_sensitive() ? column.sensitive() : matches(QString::fromStdString(field.name()));
}

} // namespace desk
