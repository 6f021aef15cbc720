// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/FieldPath.h"

#include "kafka/PayloadText.h"
#include "models/schema/SensitiveNames.h"

#include <QSet>

#include <algorithm>
#include <functional>

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

// The texts of nodes, those in lists one by one.
class Texts
{
public:
    enum class Extent { Cell, Whole };

    explicit Texts(Extent extent) : m_extent(extent) { }

    void add(const DecodedNode &node)
    {
        if (isBranch(node) && node.kind == Kind::List) {
            for (const DecodedNode &element : node.children) {
                if (isFull())
                    return;
                add(element);
            }
            return;
        }
        const bool isWhole = m_extent == Extent::Whole;
        const bool isObject = isBranch(node);
        const QString text = node.isSensitive ? MaskedValue.toString()
            : isObject && isWhole             ? compactJson(node)
            : isObject                        ? summaryOf(node, CellLength)
            : isWhole                         ? node.text
                                              : node.text.left(CellLength + 1);
        m_isMasked = m_isMasked || node.isSensitive;
        m_kind = node.kind;
        m_texts.append(text);
        m_length += text.size() + 1;
    }
    [[nodiscard]] bool isFull() const { return m_extent == Extent::Cell && m_length > CellLength; }
    [[nodiscard]] QString joined() const { return m_texts.join(QStringLiteral(", ")); }

    [[nodiscard]] FieldCell cell() const
    {
        if (m_texts.isEmpty())
            return {};
        FieldCell cell;
        cell.kind = m_isMasked                              ? FieldCell::Kind::Masked
            : m_texts.size() == 1 && m_kind == Kind::Number ? FieldCell::Kind::Number
                                                            : FieldCell::Kind::Text;
        cell.text = oneLine(joined(), CellLength);
        return cell;
    }

private:
    Extent m_extent;
    QStringList m_texts;
    qsizetype m_length = 0;
    Kind m_kind = Kind::Text;
    bool m_isMasked = false;
};

// Shows the nodes a path leads to, in their order, until the visitor answers false.
class Search
{
public:
    using Visitor = std::function<bool(const DecodedNode &)>;

    explicit Search(Visitor visitor) : m_visitor(std::move(visitor)) { }

    void find(const DecodedNode &node, QStringView rest)
    {
        if (m_isDone)
            return;
        if (node.isSensitive || rest.isEmpty()) {
            ++m_found;
            m_isDone = !m_visitor(node);
            return;
        }
        if (node.kind == Kind::List && !rest.startsWith(u'[')) {
            for (const DecodedNode &element : node.children)
                find(element, rest);
            return;
        }
        const int before = m_found;
        for (const DecodedNode &child : node.children) {
            if (child.name.isEmpty() || !rest.startsWith(child.name))
                continue;
            const QStringView after = rest.sliced(child.name.size());
            if (after.isEmpty() || after.startsWith(u'['))
                find(child, after);
            else if (after.startsWith(u'.'))
                find(child, after.sliced(1));
            if (m_found > before)
                return;
        }
    }

private:
    Visitor m_visitor;
    int m_found = 0;
    bool m_isDone = false;
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

// Null: none of that name, or the path is not of a header.
const QString *headerText(const DecodedMessage &message, QStringView path)
{
    if (!path.startsWith(HeaderPrefix))
        return nullptr;
    const QStringView name = path.sliced(HeaderPrefix.size());
    const auto found = std::find_if(message.headers.cbegin(), message.headers.cend(),
                                    [&](const auto &header) { return header.first == name; });
    return found == message.headers.cend() ? nullptr : &found->second;
}

void visitField(const DecodedMessage &message, QStringView path, const Search::Visitor &visitor)
{
    Search search(visitor);
    if (path.startsWith(HeaderPrefix))
        return;
    if (path == QLatin1String("key") || path.startsWith(KeyPrefix))
        search.find(message.key.root, path.sliced(path.startsWith(KeyPrefix) ? KeyPrefix.size() : 3));
    else if (!path.isEmpty() && path != QLatin1String("value"))
        search.find(message.value.root,
                    path.startsWith(ValuePrefix) ? path.sliced(ValuePrefix.size()) : path);
}

Texts textsOf(const DecodedMessage &message, QStringView path, Texts::Extent extent)
{
    Texts texts(extent);
    visitField(message, path, [&](const DecodedNode &node) {
        texts.add(node);
        return !texts.isFull();
    });
    return texts;
}

} // namespace

FieldCell fieldCell(const DecodedMessage &message, QStringView path)
{
    if (const QString *header = headerText(message, path))
        return {*header == MaskedValue ? FieldCell::Kind::Masked : FieldCell::Kind::Text,
                oneLine(*header, CellLength)};
    return textsOf(message, path, Texts::Extent::Cell).cell();
}

QString fieldText(const DecodedMessage &message, QStringView path)
{
    if (const QString *header = headerText(message, path))
        return *header;
    return textsOf(message, path, Texts::Extent::Whole).joined();
}

QString fieldJson(const DecodedMessage &message, QStringView path)
{
    if (const QString *header = headerText(message, path))
        return jsonQuoted(*header);
    QStringList values;
    visitField(message, path, [&](const DecodedNode &node) {
        values.append(compactJson(node));
        return true;
    });
    if (values.size() > 1)
        return u'[' + values.join(u',') + u']';
    return values.isEmpty() ? QStringLiteral("null") : values.constFirst();
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
