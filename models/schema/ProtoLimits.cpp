// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ProtoLimits.h"

#include "models/schema/ProtoFiles.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace desk {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::io::Tokenizer;

// The parser, which reads the text again, will say it.
struct Silent : google::protobuf::io::ErrorCollector {
    void AddError(int, google::protobuf::io::ColumnNumber, const std::string &) override { }
};

std::optional<SchemaProblem> tooManyRanges(const std::string &file, const std::string &name, int ranges)
{
    if (ranges <= ProtoFiles::MaximumReservedRanges)
        return {};
    return SchemaProblem{QString::fromStdString(file), 0, 0,
                         QStringLiteral("%1: %2 ranges of numbers are reserved; at most %3 can be.")
                             .arg(QString::fromStdString(name))
                             .arg(ranges)
                             .arg(ProtoFiles::MaximumReservedRanges)};
}

std::optional<SchemaProblem> pastLimits(const std::string &file, const EnumDescriptorProto &enumeration)
{
    return tooManyRanges(file, enumeration.name(), enumeration.reserved_range_size());
}

std::optional<SchemaProblem> pastLimits(const std::string &file, const DescriptorProto &message)
{
    auto problem = tooManyRanges(file, message.name(),
                                 message.reserved_range_size() + message.extension_range_size());
    for (const EnumDescriptorProto &enumeration : message.enum_type()) {
        if (!problem)
            problem = pastLimits(file, enumeration);
    }
    for (const DescriptorProto &nested : message.nested_type()) {
        if (!problem)
            problem = pastLimits(file, nested);
    }
    return problem;
}

} // namespace

std::optional<SchemaProblem> textPastLimits(const QString &file, QByteArrayView text)
{
    google::protobuf::io::ArrayInputStream stream(text.data(), int(text.size()));
    Silent silent;
    Tokenizer tokens(&stream, &silent);
    int depth = 0;
    while (tokens.Next()) {
        const Tokenizer::Token &token = tokens.current();
        const auto problem = [&](const QString &sentence) {
            return SchemaProblem{file, token.line + 1, token.column + 1, sentence};
        };
        if (token.type == Tokenizer::TYPE_IDENTIFIER && token.text.size() > ProtoFiles::MaximumNameLength) {
            return problem(
                QStringLiteral("This word is longer than %1 characters.").arg(ProtoFiles::MaximumNameLength));
        }
        if (token.type != Tokenizer::TYPE_SYMBOL)
            continue;
        const char symbol = token.text.front();
        if (symbol == '{' || symbol == '[' || symbol == '(' || symbol == '<')
            ++depth;
        else if ((symbol == '}' || symbol == ']' || symbol == ')' || symbol == '>') && depth > 0)
            --depth;
        if (depth > ProtoFiles::MaximumNesting) {
            return problem(
                QStringLiteral("Brackets nest too deeply here; at most %1 within each other are read.")
                    .arg(ProtoFiles::MaximumNesting));
        }
    }
    return {};
}

std::optional<SchemaProblem> filePastLimits(const google::protobuf::FileDescriptorProto &file)
{
    constexpr int MaximumPackageLength = 4 * ProtoFiles::MaximumNameLength;
    if (file.package().size() > MaximumPackageLength) {
        return SchemaProblem{
            QString::fromStdString(file.name()), 0, 0,
            QStringLiteral("The package's name is longer than %1 characters.").arg(MaximumPackageLength)};
    }
    for (const EnumDescriptorProto &enumeration : file.enum_type()) {
        if (auto problem = pastLimits(file.name(), enumeration))
            return problem;
    }
    for (const DescriptorProto &message : file.message_type()) {
        if (auto problem = pastLimits(file.name(), message))
            return problem;
    }
    return {};
}

} // namespace desk
