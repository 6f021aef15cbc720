// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ProtoSources.h"

#include <QDir>
#include <QFile>
#include <QStringDecoder>

#include <optional>

namespace desk {
namespace {

using Text = tl::expected<QByteArray, QString>;

Text refusal(const QString &sentence)
{
    return tl::make_unexpected(sentence);
}

Text tooLarge()
{
    return refusal(QStringLiteral("The file is larger than %1 KiB.").arg(ProtoSources::MaximumBytes / 1024));
}

// Empty: there is no such file.
std::optional<Text> readFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (file.size() > ProtoSources::MaximumBytes)
        return tooLarge();
    if (!file.open(QIODevice::ReadOnly))
        return refusal(file.errorString());
    return file.readAll();
}

Text checked(Text text)
{
    if (!text)
        return text;
    if (text->size() > ProtoSources::MaximumBytes)
        return tooLarge();
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = utf8(*text);
    return utf8.hasError() ? refusal(QStringLiteral("The file is not UTF-8 text.")) : text;
}

} // namespace

tl::expected<QByteArray, QString> ProtoSources::read(const QString &name) const
{
    if (const auto file = m_files.constFind(name); file != m_files.constEnd())
        return checked(*file);
    if (!m_folder.isEmpty()) {
        if (const std::optional<Text> text = readFile(QDir(m_folder).filePath(name)))
            return checked(*text);
    }
    if (const std::optional<Text> text = readFile(QStringLiteral(":/proto/") + name))
        return checked(*text);
    return refusal(QStringLiteral("File not found."));
}

QStringList ProtoSources::builtIn()
{
    QStringList names;
    const QStringList files = QDir(QStringLiteral(":/proto/catalog"))
                                  .entryList({QStringLiteral("*.proto")}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        if (file != QLatin1String("options.proto"))
            names.append(QStringLiteral("catalog/") + file);
    }
    return names;
}

QStringList ProtoSources::own() const
{
    QStringList names = m_files.keys();
    names.sort();
    if (!m_folder.isEmpty())
        names += QDir(m_folder).entryList({QStringLiteral("*.proto")}, QDir::Files, QDir::Name);
    return names;
}

} // namespace desk
