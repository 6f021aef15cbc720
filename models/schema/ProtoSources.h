// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace desk {

// Where the text of .proto files comes from: the operator's folder, or files in memory in its place; then the
// built-in entities. A value; one thread.
class ProtoSources
{
public:
    // Refuses files past this size, so that a wrong file in the folder cannot stall the start.
    static constexpr qint64 MaximumBytes = 512 * 1024;

    explicit ProtoSources(const QString &folder) : m_folder(folder) { }
    explicit ProtoSources(const QHash<QString, QByteArray> &files) : m_files(files) { }

    // The file's text, which is UTF-8, or why there is none.
    [[nodiscard]] tl::expected<QByteArray, QString> read(const QString &name) const;

    [[nodiscard]] static QStringList builtIn(); // names relative to the tree's root
    [[nodiscard]] QStringList own() const;      // likewise: of the folder or the memory, sorted

private:
    QString m_folder;
    QHash<QString, QByteArray> m_files;
};

} // namespace desk
