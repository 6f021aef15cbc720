// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"

#include <google/protobuf/compiler/importer.h>

#include <QByteArray>
#include <QHash>
#include <QStringList>

namespace desk {

// Where the importer finds .proto files: the operator's folder first, then the built-in entities, then
// what is compiled into the program (the catalog's options, the well-known types). One thread.
class ProtoSources : public google::protobuf::compiler::SourceTree
{
public:
    // Refuses files past this size, so that a wrong file in the folder cannot stall the start.
    static constexpr qint64 MaximumBytes = 4 * 1024 * 1024;

    explicit ProtoSources(const QString &folder) : m_folder(folder) { }

    google::protobuf::io::ZeroCopyInputStream *Open(const std::string &filename) override;
    std::string GetLastErrorMessage() override { return m_lastError; }

    [[nodiscard]] static QStringList builtIn(); // names relative to the tree's root
    [[nodiscard]] QStringList inFolder() const; // likewise, sorted

private:
    QString m_folder;
    QHash<QString, QByteArray> m_contents; // streams read from here, so it outlives them
    std::string m_lastError;
};

// Collects the importer's complaints as SchemaProblems.
class ProblemCollector : public google::protobuf::compiler::MultiFileErrorCollector
{
public:
    void AddError(const std::string &filename, int line, int column, const std::string &message) override;

    [[nodiscard]] QList<SchemaProblem> take() { return std::exchange(m_problems, {}); }

private:
    QList<SchemaProblem> m_problems;
};

} // namespace desk
