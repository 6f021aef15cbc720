// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/MessageDifference.h"

#include <QByteArrayView>

#include <functional>

namespace desk {

// A key or a value, as bytes and as it was read.
struct ComparedPart {
    bool exists = false;
    const QByteArray &bytes;
    const DecodedPart &decoded;

    // All that is masked, one after the other.
    [[nodiscard]] QByteArray maskedBytes() const;
};

// Compares the keys or the values of two messages; see differenceOf(). For one comparison; any thread.
class PartDifference
{
public:
    using Add = std::function<void(DifferenceRow)>; // takes a row

    PartDifference(const ComparedPart &left, const ComparedPart &right, DifferenceRow::Section section,
                   Add add);

    MessageDifference::Manner compare();

private:
    using Kind = DifferenceRow::Kind;

    void compareNodes(const QString &path, const DecodedNode &left, const DecodedNode &right);
    void compareObjects(const QString &path, const DecodedNode &left, const DecodedNode &right);
    void compareLists(const QString &path, const DecodedNode &left, const DecodedNode &right);
    void compareMasked(const QString &path, const DecodedNode &left, const DecodedNode &right);
    void addOnly(const QString &path, const DecodedNode &node, Kind kind);
    void compareLines();
    void compareBytes();
    void compareAllMasked();
    void add(const QString &name, const QString &left, const QString &right, Kind kind);
    [[nodiscard]] size_t hashOf(const DecodedNode &node, const ComparedPart &part) const;
    [[nodiscard]] bool isSameRest(const DecodedNode &left, const DecodedNode &right) const;
    [[nodiscard]] bool areTexts() const;

    const ComparedPart &m_left;
    const ComparedPart &m_right;
    DifferenceRow::Section m_section;
    Add m_add;
    bool m_isMaskedSame; // all of it, together
    bool m_hasDifference = false;
};

} // namespace desk
