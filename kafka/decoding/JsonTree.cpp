// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/JsonTree.h"

#include "kafka/JsonLine.h"
#include "kafka/decoding/JsonScan.h"

namespace desk {
namespace {

using Kind = DecodedNode::Kind;

constexpr qsizetype ShownText = 256 * 1024;
constexpr qsizetype DeepText = 2000;

class Builder
{
public:
    Builder(QByteArrayView json, qsizetype base, const SensitiveNames &names, Masking::Mode mode)
        : m_json(json)
        , m_base(base)
        , m_names(names)
        , m_isMasking(mode == Masking::Mode::Masked)
    { }

    // From the first byte of a value; leaves `at` past its last.
    DecodedNode read(qsizetype &at, int depth)
    {
        const qsizetype begin = at;
        DecodedNode node;
        const char first = at < m_json.size() ? m_json[at] : '\0';
        if ((first == '{' || first == '[') && depth < ShownJsonDepth) {
            node.kind = first == '{' ? Kind::Object : Kind::List;
            readChildren(node, at, depth);
        } else {
            at = afterValue(m_json, begin);
            setLeaf(node, m_json.sliced(begin, at - begin));
        }
        node.bytes = {m_base + begin, m_base + at};
        return node;
    }

private:
    void readChildren(DecodedNode &parent, qsizetype &at, int depth)
    {
        const bool isObject = parent.kind == Kind::Object;
        ++at;
        while (true) {
            at = afterBlanks(m_json, at);
            if (at >= m_json.size())
                return;
            if (m_json[at] == '}' || m_json[at] == ']') {
                ++at;
                return;
            }
            if (m_json[at] == ',') {
                ++at;
                continue;
            }
            QString name = QStringLiteral("[%1]").arg(parent.children.size());
            if (isObject) {
                const qsizetype end = afterString(m_json, at);
                name = stringOf(m_json.sliced(at, end - at));
                at = afterBlanks(m_json, afterBlanks(m_json, end) + 1); // past the colon
            }
            addChild(parent, name, at, depth, isObject);
        }
    }

    void addChild(DecodedNode &parent, const QString &name, qsizetype &at, int depth, bool isMember)
    {
        const qsizetype begin = at;
        if (m_count >= MaximumJsonNodes) {
            at = std::max(afterValue(m_json, at), at + 1);
            if (!std::exchange(m_isCut, true)) {
                DecodedNode rest;
                rest.kind = Kind::Text;
                rest.name = QStringLiteral("…");
                rest.text = QStringLiteral("More than %1 values: the rest is not shown.")
                                .arg(MaximumJsonNodes);
                parent.children.push_back(std::move(rest));
            }
            return;
        }
        ++m_count;
        DecodedNode child;
        if (isMember && m_isMasking && m_names.matches(name)) {
            at = afterValue(m_json, at);
            child.kind = Kind::Text;
            child.text = MaskedValue.toString();
            child.isSensitive = true;
            child.bytes = {m_base + begin, m_base + at};
        } else {
            child = read(at, depth + 1);
        }
        child.name = name;
        parent.children.push_back(std::move(child));
        at = std::max(at, begin + 1); // on in any case
    }

    void setLeaf(DecodedNode &node, QByteArrayView token) const
    {
        const char first = token.isEmpty() ? '\0' : token[0];
        if (first == '"') {
            node.kind = Kind::Text;
            node.text = stringOf(token).left(ShownText);
        } else if (first == 't' || first == 'f') {
            node.kind = Kind::Boolean;
            node.text = QString::fromLatin1(token);
        } else if (first == 'n') {
            node.kind = Kind::Null;
            node.text = QStringLiteral("null");
        } else if (first == '{' || first == '[') {
            node.kind = Kind::Text;
            node.type = QStringLiteral("nested too deeply for a tree");
            node.text = jsonLine(token, DeepText, m_names);
        } else {
            node.kind = Kind::Number;
            node.text = QString::fromLatin1(token);
        }
    }

    QByteArrayView m_json;
    qsizetype m_base;
    const SensitiveNames &m_names;
    bool m_isMasking;
    int m_count = 0;
    bool m_isCut = false;
};

} // namespace

DecodedNode jsonTree(QByteArrayView json, qsizetype base, const SensitiveNames &names, Masking::Mode mode)
{
    qsizetype at = afterBlanks(json, 0);
    return Builder(json, base, names, mode).read(at, 0);
}

} // namespace desk
