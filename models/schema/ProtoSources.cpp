// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ProtoSources.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <QDir>
#include <QFile>
#include <QStringDecoder>

namespace desk {

google::protobuf::io::ZeroCopyInputStream *ProtoSources::Open(const std::string &filename)
{
    const QString name = QString::fromStdString(filename);
    QByteArray content;

    const auto readFrom = [&](const QString &path) {
        QFile file(path);
        if (!file.exists())
            return false;
        if (file.size() > MaximumBytes) {
            m_lastError = "The file is larger than 4 MiB.";
            return false;
        }
        if (!file.open(QIODevice::ReadOnly)) {
            m_lastError = file.errorString().toStdString();
            return false;
        }
        content = file.readAll();
        return true;
    };

    m_lastError = "File not found.";
    const bool found = (!m_folder.isEmpty() && readFrom(QDir(m_folder).filePath(name)))
        || readFrom(QStringLiteral(":/proto/") + name);
    if (!found) {
        const auto *compiledIn = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(filename);
        if (!compiledIn)
            return nullptr;
        content = QByteArray::fromStdString(compiledIn->DebugString());
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = utf8(content);
    if (utf8.hasError()) {
        m_lastError = "The file is not UTF-8 text.";
        return nullptr;
    }
    const QByteArray &kept = *m_contents.insert(name, content);
    return new google::protobuf::io::ArrayInputStream(kept.constData(), static_cast<int>(kept.size()));
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

QStringList ProtoSources::inFolder() const
{
    if (m_folder.isEmpty())
        return {};
    return QDir(m_folder).entryList({QStringLiteral("*.proto")}, QDir::Files, QDir::Name);
}

void ProblemCollector::AddError(const std::string &filename, int line, int column, const std::string &message)
{
    m_problems.append(
        {QString::fromStdString(filename), line + 1, column + 1, QString::fromStdString(message)});
}

} // namespace desk
