// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ProtoFiles.h"

#include "models/schema/ProtoLimits.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace desk {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::compiler::SourceLocationTable;

// What the parser and the pool have to say of one file, the first of it.
class Complaints : public google::protobuf::io::ErrorCollector, public DescriptorPool::ErrorCollector
{
public:
    Complaints(const QString &file, const SourceLocationTable &locations)
        : m_file(file)
        , m_locations(locations)
    { }

    // Of the parser. Lines and columns from 0.
    void AddError(int line, int column, const std::string &message) override
    {
        if (++m_count <= ProtoFiles::MaximumProblems)
            m_problems.append({m_file, line + 1, column + 1, sentence(message)});
    }
    // Of the pool.
    void AddError(const std::string &, const std::string &element, const Message *descriptor,
                  ErrorLocation location, const std::string &message) override
    {
        if (m_count >= ProtoFiles::MaximumProblems) {
            ++m_count;
            return;
        }
        int line = -1;
        int column = 0;
        if (location == IMPORT)
            m_locations.FindImport(descriptor, element, &line, &column);
        else
            m_locations.Find(descriptor, location, &line, &column);
        AddError(line, column, message);
    }

    [[nodiscard]] QList<SchemaProblem> problems() const
    {
        QList<SchemaProblem> problems = m_problems;
        if (m_count > problems.size()) {
            problems.append(
                {m_file, 0, 0, QStringLiteral("There are %1 more problems.").arg(m_count - problems.size())});
        }
        return problems;
    }

private:
    // Names in it can be long.
    static QString sentence(const std::string &message)
    {
        constexpr size_t Longest = 600;
        const QString text = QString::fromStdString(message.substr(0, Longest));
        return message.size() > Longest ? text + u'…' : text;
    }

    QString m_file;
    const SourceLocationTable &m_locations;
    QList<SchemaProblem> m_problems;
    qsizetype m_count = 0;
};

// The pool does not compare a file with what is compiled in, so a type could have the name of one that is.
std::optional<SchemaProblem> takenName(const QString &name, const FileDescriptorProto &file,
                                       const SourceLocationTable &locations)
{
    const auto check = [&](const auto &type) -> std::optional<SchemaProblem> {
        const std::string fullName = file.package().empty() ? type.name()
                                                            : file.package() + '.' + type.name();
        const FileDescriptor *taken = DescriptorPool::generated_pool()->FindFileContainingSymbol(fullName);
        if (!taken)
            return {};
        int line = -1;
        int column = 0;
        locations.Find(&type, DescriptorPool::ErrorCollector::NAME, &line, &column);
        return SchemaProblem{
            name, line + 1, column + 1,
            QStringLiteral("\"%1\" is already defined in %2.")
                .arg(QString::fromStdString(fullName), QString::fromStdString(taken->name()))};
    };
    for (const auto &message : file.message_type()) {
        if (auto problem = check(message))
            return problem;
    }
    for (const auto &enumeration : file.enum_type()) {
        if (auto problem = check(enumeration))
            return problem;
    }
    return {};
}

} // namespace

const FileDescriptor *ProtoFiles::load(const QString &name)
{
    if (const FileDescriptor *known = m_pool.FindFileByName(name.toStdString()))
        return known;
    if (m_refused.contains(name))
        return nullptr;
    const FileDescriptor *file = nullptr;
    if (m_loading.contains(name)) {
        refuse({name, 0, 0,
                QStringLiteral("The file imports itself: %1.")
                    .arg((m_loading + QStringList{name}).join(QStringLiteral(" → ")))});
    } else if (m_loading.size() >= MaximumNesting) {
        refuse({name, 0, 0,
                QStringLiteral("More than %1 files import each other in a row.").arg(MaximumNesting)});
    } else if (const auto text = m_sources.read(name); !text) {
        refuse({name, 0, 0, text.error()});
    } else {
        m_loading.append(name);
        file = build(name, *text);
        m_loading.removeLast();
    }
    if (!file)
        m_refused.insert(name);
    return file;
}

const FileDescriptor *ProtoFiles::build(const QString &name, const QByteArray &text)
{
    if (const auto problem = textPastLimits(name, text)) {
        refuse(*problem);
        return nullptr;
    }
    google::protobuf::io::ArrayInputStream stream(text.constData(), int(text.size()));
    SourceLocationTable locations;
    Complaints complaints(name, locations);
    google::protobuf::io::Tokenizer tokens(&stream, &complaints);
    google::protobuf::compiler::Parser parser;
    parser.RecordErrorsTo(&complaints);
    parser.RecordSourceLocationsTo(&locations);
    FileDescriptorProto parsed;
    parsed.set_name(name.toStdString());
    const bool isParsed = parser.Parse(&tokens, &parsed) && complaints.problems().isEmpty();
    auto problem = isParsed ? filePastLimits(parsed) : std::nullopt;
    if (isParsed && !problem)
        problem = takenName(name, parsed, locations);
    if (!isParsed || problem) {
        m_problems += complaints.problems();
        if (problem)
            refuse(*problem);
        return nullptr;
    }
    // What cannot be loaded is missed by the pool, which knows where the import stands.
    for (const std::string &imported : parsed.dependency())
        static_cast<void>(load(QString::fromStdString(imported)));
    const FileDescriptor *file = m_pool.BuildFileCollectingErrors(parsed, &complaints);
    m_problems += complaints.problems();
    return file;
}

} // namespace desk
