// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/PartDifference.h"

#include "kafka/PayloadText.h"
#include "kafka/decoding/SequenceAlignment.h"
#include "models/schema/SensitiveNames.h"

#include <QHash>

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype PerLine = 16;
constexpr qsizetype MaximumLines = 100'000; // of a text; what follows is one line

bool isBranch(const DecodedNode &node)
{
    return !node.isSensitive
        && (node.kind == DecodedNode::Kind::Object || node.kind == DecodedNode::Kind::List);
}

bool isKnown(const ByteRange &range, const ComparedPart &part)
{
    return range.begin >= 0 && range.end >= range.begin && range.end <= part.bytes.size();
}

QByteArrayView bytesAt(const ByteRange &range, const ComparedPart &part)
{
    return QByteArrayView(part.bytes).sliced(range.begin, range.end - range.begin);
}

QString nodeText(const DecodedNode &node)
{
    if (!isBranch(node))
        return node.text;
    if (!node.hasChildren())
        return node.isAbsent                         ? QString()
            : node.kind == DecodedNode::Kind::Object ? QStringLiteral("{}")
                                                     : QStringLiteral("[]");
    return summaryOf(node, MessageDifference::MaximumText);
}

QString joined(const QString &path, const QString &name)
{
    return path.isEmpty() ? name : path + u'.' + name;
}

QString sizeOf(const ComparedPart &part)
{
    return QStringLiteral("%1 bytes").arg(part.bytes.size());
}

std::vector<QStringView> linesOf(const QString &text)
{
    std::vector<QStringView> lines;
    for (qsizetype begin = 0; begin <= text.size();) {
        qsizetype end = text.indexOf(u'\n', begin);
        if (end < 0 || qsizetype(lines.size()) == MaximumLines)
            end = text.size();
        lines.push_back(QStringView(text).sliced(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

} // namespace

QByteArray ComparedPart::maskedBytes() const
{
    QByteArray all;
    for (const ByteRange &range : mergedRanges(decoded.sensitive)) {
        if (isKnown(range, *this))
            all.append(bytesAt(range, *this)).append('\0');
    }
    return all;
}

PartDifference::PartDifference(const ComparedPart &left, const ComparedPart &right,
                               DifferenceRow::Section section, Add add)
    : m_left(left)
    , m_right(right)
    , m_section(section)
    , m_add(std::move(add))
    , m_isMaskedSame(left.maskedBytes() == right.maskedBytes())
{ }

void PartDifference::add(const QString &name, const QString &left, const QString &right, Kind kind)
{
    DifferenceRow row{.section = m_section, .kind = kind, .name = name, .left = left, .right = right};
    m_hasDifference = m_hasDifference || row.isDifferent();
    m_add(std::move(row));
}

MessageDifference::Manner PartDifference::compare()
{
    using Manner = MessageDifference::Manner;
    const QString whole = m_section == DifferenceRow::Section::Key ? QStringLiteral("key")
                                                                   : QStringLiteral("value");
    if (!m_left.exists && !m_right.exists)
        return Manner::Fields;
    if (!m_left.decoded.withheld.isEmpty() || !m_right.decoded.withheld.isEmpty()) {
        const bool isSame = m_left.exists == m_right.exists && m_left.bytes == m_right.bytes;
        add(whole, m_left.exists ? MaskedValue.toString() : QString(),
            m_right.exists ? MaskedValue.toString() : QString(),
            isSame ? Kind::MaskedSame : Kind::MaskedChanged);
        return Manner::Bytes;
    }
    const DecodedNode &left = m_left.decoded.root;
    const DecodedNode &right = m_right.decoded.root;
    if (!m_left.exists || !m_right.exists) {
        addOnly(isBranch(m_left.exists ? left : right) ? QString() : whole, m_left.exists ? left : right,
                m_left.exists ? Kind::OnlyLeft : Kind::OnlyRight);
        return Manner::Fields;
    }
    if (left.isSensitive || right.isSensitive || (isBranch(left) && left.kind == right.kind)) {
        compareNodes(left.isSensitive || right.isSensitive ? whole : QString(), left, right);
        if (!m_hasDifference && m_left.bytes != m_right.bytes)
            add(whole + QStringLiteral(": written differently"), sizeOf(m_left), sizeOf(m_right),
                Kind::Changed);
        return Manner::Fields;
    }
    if (!isBranch(left) && !isBranch(right) && m_left.decoded.format != PayloadFormat::Hex
        && m_right.decoded.format != PayloadFormat::Hex && !left.text.contains(u'\n')
        && !right.text.contains(u'\n')) {
        compareNodes(whole, left, right);
        return Manner::Fields;
    }
    if (areTexts()) {
        compareLines();
        return Manner::Lines;
    }
    compareBytes();
    return Manner::Bytes;
}

void PartDifference::compareNodes(const QString &path, const DecodedNode &left, const DecodedNode &right)
{
    if (left.isSensitive || right.isSensitive) {
        compareMasked(path, left, right);
    } else if (isBranch(left) && left.kind == right.kind && (left.hasChildren() || right.hasChildren())) {
        if (left.kind == DecodedNode::Kind::Object)
            compareObjects(path, left, right);
        else
            compareLists(path, left, right);
    } else {
        const QString leftText = nodeText(left);
        const QString rightText = nodeText(right);
        const bool isSame = leftText == rightText
            && (left.kind == right.kind || left.isAbsent || right.isAbsent) && isSameRest(left, right);
        add(path, leftText, rightText, isSame ? Kind::Same : Kind::Changed);
    }
}

// A long text and a large message are read only so far; past that their bytes say whether they differ.
bool PartDifference::isSameRest(const DecodedNode &left, const DecodedNode &right) const
{
    if (left.name == u'…')
        return m_left.bytes == m_right.bytes;
    if (!left.text.endsWith(u'…') || !isKnown(left.bytes, m_left) || !isKnown(right.bytes, m_right))
        return true;
    return bytesAt(left.bytes, m_left) == bytesAt(right.bytes, m_right);
}

// Fields by their names; of those that occur more than once, each with its like.
void PartDifference::compareObjects(const QString &path, const DecodedNode &left, const DecodedNode &right)
{
    QHash<QString, QList<const DecodedNode *>> waiting;
    for (const DecodedNode &child : right.children)
        waiting[child.name].append(&child);
    for (const DecodedNode &child : left.children) {
        const auto likes = waiting.find(child.name);
        if (likes == waiting.end() || likes->isEmpty())
            addOnly(joined(path, child.name), child, Kind::OnlyLeft);
        else
            compareNodes(joined(path, child.name), child, *likes->takeFirst());
    }
    for (const DecodedNode &child : right.children) {
        const QList<const DecodedNode *> &left = waiting[child.name];
        if (std::find(left.cbegin(), left.cend(), &child) != left.cend())
            addOnly(joined(path, child.name), child, Kind::OnlyRight);
    }
}

void PartDifference::compareLists(const QString &path, const DecodedNode &left, const DecodedNode &right)
{
    std::vector<size_t> leftHashes;
    std::vector<size_t> rightHashes;
    for (const DecodedNode &child : left.children)
        leftHashes.push_back(hashOf(child, m_left));
    for (const DecodedNode &child : right.children)
        rightHashes.push_back(hashOf(child, m_right));
    const QList<AlignedPair> pairs = align(leftHashes, rightHashes);
    for (const AlignedPair &pair : pairs) {
        if (pair.right < 0)
            addOnly(path + QStringLiteral("[%1]").arg(pair.left), left.children[size_t(pair.left)],
                    Kind::OnlyLeft);
        else if (pair.left < 0)
            addOnly(path + QStringLiteral("[%1]").arg(pair.right), right.children[size_t(pair.right)],
                    Kind::OnlyRight);
        else
            compareNodes(path
                             + (pair.left == pair.right
                                    ? QStringLiteral("[%1]").arg(pair.left)
                                    : QStringLiteral("[%1→%2]").arg(pair.left).arg(pair.right)),
                         left.children[size_t(pair.left)], right.children[size_t(pair.right)]);
    }
}

void PartDifference::compareMasked(const QString &path, const DecodedNode &left, const DecodedNode &right)
{
    Kind kind = m_isMaskedSame ? Kind::MaskedSame : Kind::MaskedUnknown;
    if (left.isAbsent != right.isAbsent || left.isSensitive != right.isSensitive)
        kind = Kind::MaskedChanged;
    else if (isKnown(left.bytes, m_left) && isKnown(right.bytes, m_right))
        kind = bytesAt(left.bytes, m_left) == bytesAt(right.bytes, m_right) ? Kind::MaskedSame
                                                                            : Kind::MaskedChanged;
    // One that is masked on one side only is no reason to show it on the other.
    const QString mask = MaskedValue.toString();
    add(path, left.isAbsent ? QString() : mask, right.isAbsent ? QString() : mask, kind);
}

void PartDifference::addOnly(const QString &path, const DecodedNode &node, Kind kind)
{
    if (isBranch(node) && node.hasChildren()) {
        for (const DecodedNode &child : node.children)
            addOnly(node.kind == DecodedNode::Kind::List ? path + child.name : joined(path, child.name),
                    child, kind);
        return;
    }
    if (node.isAbsent)
        return; // it is on neither side
    const QString text = node.isSensitive ? MaskedValue.toString() : nodeText(node);
    add(path, kind == Kind::OnlyLeft ? text : QString(), kind == Kind::OnlyRight ? text : QString(), kind);
}

size_t PartDifference::hashOf(const DecodedNode &node, const ComparedPart &part) const
{
    if (node.isSensitive)
        return isKnown(node.bytes, part) ? qHash(bytesAt(node.bytes, part), 1) : 1;
    size_t hash = qHashMulti(2, int(node.kind), node.text);
    for (const DecodedNode &child : node.children) {
        const bool isNamed = node.kind == DecodedNode::Kind::Object;
        hash = qHashMulti(hash, isNamed ? child.name : QString(), hashOf(child, part));
    }
    return hash;
}

bool PartDifference::areTexts() const
{
    return textOfBytes(m_left.bytes) && textOfBytes(m_right.bytes);
}

void PartDifference::compareLines()
{
    const QString leftText = shownText(m_left.bytes, m_left.decoded.sensitive);
    const QString rightText = shownText(m_right.bytes, m_right.decoded.sensitive);
    const std::vector<QStringView> left = linesOf(leftText);
    const std::vector<QStringView> right = linesOf(rightText);
    std::vector<size_t> leftHashes;
    std::vector<size_t> rightHashes;
    for (const QStringView line : left)
        leftHashes.push_back(qHash(line));
    for (const QStringView line : right)
        rightHashes.push_back(qHash(line));
    const QList<AlignedPair> pairs = align(leftHashes, rightHashes);
    for (const AlignedPair &pair : pairs) {
        const QStringView leftLine = pair.left < 0 ? QStringView() : left[size_t(pair.left)];
        const QStringView rightLine = pair.right < 0 ? QStringView() : right[size_t(pair.right)];
        const QString name = pair.left < 0 ? QStringLiteral("line – → %1").arg(pair.right + 1)
            : pair.right < 0               ? QStringLiteral("line %1 → –").arg(pair.left + 1)
            : pair.left == pair.right      ? QStringLiteral("line %1").arg(pair.left + 1)
                                      : QStringLiteral("line %1 → %2").arg(pair.left + 1).arg(pair.right + 1);
        m_add({.section = m_section,
               .kind = pair.left < 0       ? Kind::OnlyRight
                   : pair.right < 0        ? Kind::OnlyLeft
                   : leftLine == rightLine ? Kind::Same
                                           : Kind::Changed,
               .name = name,
               .left = leftLine.toString(),
               .right = rightLine.toString()});
    }
    compareAllMasked();
}

// For views in which a masked value has no place of its own.
void PartDifference::compareAllMasked()
{
    if (m_left.decoded.sensitive.isEmpty() && m_right.decoded.sensitive.isEmpty())
        return;
    const QString mask = MaskedValue.toString();
    add(QStringLiteral("masked values"), m_left.decoded.sensitive.isEmpty() ? QString() : mask,
        m_right.decoded.sensitive.isEmpty() ? QString() : mask,
        m_isMaskedSame ? Kind::MaskedSame : Kind::MaskedChanged);
}

void PartDifference::compareBytes()
{
    const QList<ByteRange> leftMasked = mergedRanges(m_left.decoded.sensitive);
    const QList<ByteRange> rightMasked = mergedRanges(m_right.decoded.sensitive);
    constexpr qsizetype Offset = 8 + 2; // in front of a line's bytes
    const qsizetype longer = std::max(m_left.bytes.size(), m_right.bytes.size());
    for (qsizetype begin = 0; begin < longer; begin += PerLine) {
        const auto lineOf = [begin](const ComparedPart &part, const QList<ByteRange> &masked) {
            return begin < part.bytes.size() ? hexLine(part.bytes, begin, PerLine, masked).mid(Offset)
                                             : QString();
        };
        const QString left = lineOf(m_left, leftMasked);
        const QString right = lineOf(m_right, rightMasked);
        const bool isSame = m_left.bytes.mid(begin, PerLine) == m_right.bytes.mid(begin, PerLine);
        add(QStringLiteral("%1").arg(begin, 8, 16, QLatin1Char('0')), left, right,
            left.isEmpty()        ? Kind::OnlyRight
                : right.isEmpty() ? Kind::OnlyLeft
                : left != right   ? Kind::Changed
                : isSame          ? Kind::Same
                                  : Kind::MaskedChanged);
    }
}

} // namespace desk
