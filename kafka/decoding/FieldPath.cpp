// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/FieldPath.h"

#include "kafka/PayloadText.h"
#include "models/schema/SensitiveNames.h"

#include <QSet>

namespace desk {
namespace {

using Kind = DecodedNode::Kind;

constexpr qsizetype CellLength = 200;
constexpr QLatin1String HeaderPrefix("header.");
constexpr QLatin1String KeyPrefix("key.");
constexpr QLatin1String ValuePrefix("value.");

bool isBranch(const DecodedNode &node)
{
    return !node.isSensitive && (node.kind == Kind::Object || node.kind == Kind::List);
}

// Gathers the texts of what a path leads to, until a cell is full.
class Gathering
{
public:
    void find(const DecodedNode &node, QStringView rest)
    {
        if (m_length > CellLength)
            return;
        if (node.isSensitive || rest.isEmpty()) {
            add(node);
            return;
        }
        if (node.kind == Kind::List && !rest.startsWith(u'[')) {
            for (const DecodedNode &element : node.children)
                find(element, rest);
            return;
        }
        const qsizetype before = m_texts.size();
        for (const DecodedNode &child : node.children) {
            if (child.name.isEmpty() || !rest.startsWith(child.name))
                continue;
            const QStringView after = rest.sliced(child.name.size());
            if (after.isEmpty() || after.startsWith(u'['))
                find(child, after);
            else if (after.startsWith(u'.'))
                find(child, after.sliced(1));
            if (m_texts.size() > before)
                return;
        }
    }

    [[nodiscard]] FieldCell cell() const
    {
        if (m_texts.isEmpty())
            return {};
        FieldCell cell;
        cell.kind = m_isMasked                              ? FieldCell::Kind::Masked
            : m_texts.size() == 1 && m_kind == Kind::Number ? FieldCell::Kind::Number
                                                            : FieldCell::Kind::Text;
        cell.text = oneLine(m_texts.join(QStringLiteral(", ")), CellLength);
        return cell;
    }

private:
    void add(const DecodedNode &node)
    {
        if (isBranch(node) && node.kind == Kind::List) {
            for (const DecodedNode &element : node.children) {
                if (m_length > CellLength)
                    return;
                add(element);
            }
            return;
        }
        const QString text = node.isSensitive ? MaskedValue.toString()
            : node.kind == Kind::Object       ? summaryOf(node, CellLength)
                                              : node.text.left(CellLength + 1);
        m_isMasked = m_isMasked || node.isSensitive;
        m_kind = node.kind;
        m_texts.append(text);
        m_length += text.size() + 1;
    }

    QStringList m_texts;
    qsizetype m_length = 0;
    Kind m_kind = Kind::Text;
    bool m_isMasked = false;
};

// Paths without places in lists: a path for each element would be no column.
class Naming
{
public:
    explicit Naming(qsizetype maximum) : m_maximum(maximum) { }

    void add(const QString &path)
    {
        if (path.isEmpty() || m_paths.size() >= m_maximum || m_known.contains(path))
            return;
        m_known.insert(path);
        m_paths.append(path);
    }
    void walk(const DecodedNode &node, const QString &path)
    {
        constexpr int MostElements = 20; // of a list: they are alike
        int left = node.kind == Kind::List ? MostElements : int(m_maximum);
        if (!isBranch(node)) {
            add(path);
            return;
        }
        for (const DecodedNode &child : node.children) {
            if (m_paths.size() >= m_maximum || left-- == 0)
                return;
            walk(child, node.kind == Kind::List ? path : joined(path, child.name));
        }
    }
    [[nodiscard]] const QStringList &paths() const { return m_paths; }

    [[nodiscard]] static QString joined(const QString &path, const QString &name)
    {
        return path.isEmpty() || path.endsWith(u'.') ? path + name : path + u'.' + name;
    }

private:
    qsizetype m_maximum;
    QStringList m_paths;
    QSet<QString> m_known;
};

// A field that is called as a part of the message is.
QString unambiguous(const QString &path)
{
    const bool isPart = path == QLatin1String("key") || path == QLatin1String("value")
        || path.startsWith(HeaderPrefix) || path.startsWith(KeyPrefix) || path.startsWith(ValuePrefix);
    return isPart ? ValuePrefix + path : path;
}

} // namespace

FieldCell fieldCell(const DecodedMessage &message, QStringView path)
{
    if (path.startsWith(HeaderPrefix)) {
        const QStringView name = path.sliced(HeaderPrefix.size());
        for (const auto &[header, text] : message.headers) {
            if (header == name)
                return {text == MaskedValue ? FieldCell::Kind::Masked : FieldCell::Kind::Text,
                        oneLine(text, CellLength)};
        }
        return {};
    }
    Gathering gathering;
    if (path == QLatin1String("key") || path.startsWith(KeyPrefix))
        gathering.find(message.key.root, path.sliced(path.startsWith(KeyPrefix) ? KeyPrefix.size() : 3));
    else if (!path.isEmpty() && path != QLatin1String("value"))
        gathering.find(message.value.root,
                       path.startsWith(ValuePrefix) ? path.sliced(ValuePrefix.size()) : path);
    return gathering.cell();
}

QStringList fieldPaths(const DecodedMessage &message, qsizetype maximum)
{
    Naming naming(maximum);
    if (isBranch(message.value.root)) {
        Naming ofValue(maximum);
        ofValue.walk(message.value.root, {});
        for (const QString &path : ofValue.paths())
            naming.add(unambiguous(path));
    }
    if (isBranch(message.key.root))
        naming.walk(message.key.root, KeyPrefix);
    for (const auto &[header, text] : message.headers)
        naming.add(HeaderPrefix + header);
    return naming.paths();
}

QString fieldPath(const DecodedNode &root, MessagePart part, const NodePath &path)
{
    const QString text = pathText(root, path);
    if (text.isEmpty())
        return text;
    return part == MessagePart::Key ? KeyPrefix + text : unambiguous(text);
}

} // namespace desk
