// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/DecodedNode.h"

#include "kafka/PayloadText.h"

#include <algorithm>
#include <limits>

namespace desk {
namespace {

void appendQuoted(QString &json, QStringView text)
{
    json += u'"';
    for (const QChar character : text) {
        switch (character.unicode()) {
        case u'"':
            json += QLatin1String("\\\"");
            break;
        case u'\\':
            json += QLatin1String("\\\\");
            break;
        case u'\n':
            json += QLatin1String("\\n");
            break;
        case u'\r':
            json += QLatin1String("\\r");
            break;
        case u'\t':
            json += QLatin1String("\\t");
            break;
        default:
            if (character.unicode() < 0x20)
                json += QStringLiteral("\\u%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
            else
                json += character;
        }
    }
    json += u'"';
}

class JsonWriter
{
public:
    enum class Layout { Indented, Compact };

    JsonWriter(Layout layout, qsizetype maximum) : m_layout(layout), m_maximum(maximum) { }

    QString write(const DecodedNode &root)
    {
        writeNode(root, 0);
        if (isFull())
            m_json += u'…';
        return m_json;
    }

private:
    [[nodiscard]] bool isFull() const { return m_json.size() >= m_maximum; }

    void writeNode(const DecodedNode &node, int depth)
    {
        if (isFull())
            return;
        const bool isObject = node.kind == DecodedNode::Kind::Object;
        if (node.isSensitive) {
            appendQuoted(m_json, node.text);
        } else if (isObject || node.kind == DecodedNode::Kind::List) {
            m_json += isObject ? u'{' : u'[';
            for (size_t index = 0; index < node.children.size() && !isFull(); ++index) {
                beginLine(depth + 1);
                if (isObject) {
                    appendQuoted(m_json, node.children[index].name);
                    m_json += m_layout == Layout::Indented ? QLatin1String(": ") : QLatin1String(":");
                }
                writeNode(node.children[index], depth + 1);
                if (index + 1 < node.children.size())
                    m_json += u',';
            }
            if (node.hasChildren())
                beginLine(depth);
            m_json += isObject ? u'}' : u']';
        } else if (node.kind == DecodedNode::Kind::Text) {
            appendQuoted(m_json, node.text);
        } else {
            m_json += node.kind == DecodedNode::Kind::Null ? QStringLiteral("null") : node.text;
        }
    }

    void beginLine(int depth)
    {
        if (m_layout == Layout::Compact)
            return;
        m_json += u'\n';
        m_json += QString(depth * 2, u' ');
    }

    Layout m_layout;
    qsizetype m_maximum;
    QString m_json;
};

} // namespace

const DecodedNode *nodeAt(const DecodedNode &root, const NodePath &path)
{
    const DecodedNode *node = &root;
    for (const int index : path) {
        if (index < 0 || size_t(index) >= node->children.size())
            return nullptr;
        node = &node->children[size_t(index)];
    }
    return node;
}

QString pathText(const DecodedNode &root, const NodePath &path)
{
    QString text;
    const DecodedNode *node = &root;
    for (const int index : path) {
        if (index < 0 || size_t(index) >= node->children.size())
            break;
        const bool isElement = node->kind == DecodedNode::Kind::List;
        node = &node->children[size_t(index)];
        if (!isElement && !text.isEmpty())
            text += u'.';
        text += node->name;
    }
    return text;
}

QString summaryOf(const DecodedNode &root, qsizetype maximum)
{
    if (root.kind != DecodedNode::Kind::Object && root.kind != DecodedNode::Kind::List)
        return oneLine(root.text, maximum);
    QStringList parts;
    for (const DecodedNode &child : root.children) {
        if (child.isAbsent)
            continue;
        constexpr qsizetype SummaryFields = 5;
        if (parts.size() == SummaryFields) {
            parts.append(QStringLiteral("…"));
            break;
        }
        const bool isObject = child.kind == DecodedNode::Kind::Object;
        const QString text = isObject                                     ? QStringLiteral("{…}")
            : child.kind == DecodedNode::Kind::List && !child.isSensitive ? QStringLiteral("[…]")
                                                                          : oneLine(child.text, maximum);
        parts.append(child.name + u' ' + text);
    }
    return oneLine(parts.join(QStringLiteral(" · ")), maximum);
}

QString jsonText(const DecodedNode &root, qsizetype maximum)
{
    return JsonWriter(JsonWriter::Layout::Indented, maximum).write(root);
}

QString compactJson(const DecodedNode &root)
{
    return JsonWriter(JsonWriter::Layout::Compact, std::numeric_limits<qsizetype>::max()).write(root);
}

QString jsonQuoted(QStringView text)
{
    QString json;
    appendQuoted(json, text);
    return json;
}

} // namespace desk
