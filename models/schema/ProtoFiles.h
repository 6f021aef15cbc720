// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/schema/ProtoSources.h"

#include <google/protobuf/descriptor.h>

#include <QSet>

namespace desk {

// Makes descriptors of .proto files, over those compiled into the program (the catalog's options, google's
// well-known types), and owns them. protobuf's own importer trusts its files: it recurses as deep as they
// nest and compares every reserved number with every field. Here a file that goes past the limits below is
// refused in a sentence, before protobuf sees the part that would cost. One thread.
class ProtoFiles
{
public:
    static constexpr int MaximumNesting = 32;        // brackets within brackets; files that import files
    static constexpr int MaximumNameLength = 128;    // of one word; a package may have four times as much
    static constexpr int MaximumReservedRanges = 64; // in one message or enumeration, extensions included
    static constexpr int MaximumProblems = 50;       // told of one file

    explicit ProtoFiles(ProtoSources sources) : m_sources(std::move(sources)) { }

    [[nodiscard]] const ProtoSources &sources() const { return m_sources; }

    // The file with what it imports; null, with something in takeProblems(), if it cannot be used.
    [[nodiscard]] const google::protobuf::FileDescriptor *load(const QString &name);
    [[nodiscard]] QList<SchemaProblem> takeProblems() { return std::exchange(m_problems, {}); }

private:
    const google::protobuf::FileDescriptor *build(const QString &name, const QByteArray &text);
    void refuse(const SchemaProblem &problem) { m_problems.append(problem); }

    ProtoSources m_sources;
    google::protobuf::DescriptorPool m_pool{google::protobuf::DescriptorPool::generated_pool()};
    QSet<QString> m_refused;
    QStringList m_loading; // each imports the next
    QList<SchemaProblem> m_problems;
};

} // namespace desk
