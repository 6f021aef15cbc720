// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace desk {

// A payload as lines that are made when they are looked at, so that a large one costs no more than what is
// on the screen. Places are counted in what the payload consists of: characters or bytes. Unchanged once
// made; any thread.
class PayloadLines
{
public:
    // Columns of one line: [begin, begin + length).
    struct Columns {
        qsizetype begin = 0;
        qsizetype length = 0;

        friend bool operator==(const Columns &, const Columns &) = default;
    };

    virtual ~PayloadLines() = default;

    [[nodiscard]] virtual qsizetype count() const = 0;
    [[nodiscard]] virtual QString line(qsizetype index) const = 0;
    // Ends with the line itself; false where a long line goes on in the next.
    [[nodiscard]] virtual bool endsLine(qsizetype index) const = 0;
    [[nodiscard]] virtual qsizetype lineOf(qsizetype place) const = 0;
    [[nodiscard]] virtual qsizetype placeOf(qsizetype index) const = 0; // where the line begins
    // Where on this line `length` of what begins at `place` is shown.
    [[nodiscard]] virtual QList<Columns> columnsOf(qsizetype index, qsizetype place,
                                                   qsizetype length) const = 0;
};

// A text, long lines broken at so many columns; wide characters take two.
class TextLines : public PayloadLines
{
public:
    static constexpr int LeastColumns = 8;

    TextLines(QString text, int columns);

    [[nodiscard]] qsizetype count() const override { return m_count; }
    [[nodiscard]] QString line(qsizetype index) const override;
    [[nodiscard]] bool endsLine(qsizetype index) const override;
    [[nodiscard]] qsizetype lineOf(qsizetype place) const override;
    [[nodiscard]] qsizetype placeOf(qsizetype index) const override { return extent(index).begin; }
    [[nodiscard]] QList<Columns> columnsOf(qsizetype index, qsizetype place, qsizetype length) const override;

private:
    struct Extent {
        qsizetype begin = 0;
        qsizetype end = 0;  // one past the last character shown
        qsizetype next = 0; // where the next line begins; -1: there is none
    };

    [[nodiscard]] Extent extentFrom(qsizetype begin) const;
    [[nodiscard]] Extent extent(qsizetype index) const;

    QString m_text;
    int m_columns;
    qsizetype m_count = 0;
    std::vector<qsizetype> m_marks; // where every MarkedLines-th line begins
};

// Bytes: offset, hex, characters; what is masked as "••".
class HexLines : public PayloadLines
{
public:
    HexLines(QByteArray bytes, const QList<ByteRange> &masked, qsizetype perLine);

    [[nodiscard]] qsizetype count() const override;
    [[nodiscard]] QString line(qsizetype index) const override;
    [[nodiscard]] bool endsLine(qsizetype) const override { return true; }
    [[nodiscard]] qsizetype lineOf(qsizetype place) const override { return place / m_perLine; }
    [[nodiscard]] qsizetype placeOf(qsizetype index) const override { return index * m_perLine; }
    [[nodiscard]] QList<Columns> columnsOf(qsizetype index, qsizetype place, qsizetype length) const override;

    // Of a line with so many bytes.
    [[nodiscard]] static qsizetype columnsFor(qsizetype perLine)
    {
        return 8 + 2 + 3 * perLine - 1 + 2 + perLine;
    }

private:
    QByteArray m_bytes;
    QList<ByteRange> m_masked; // merged
    qsizetype m_perLine;
};

} // namespace desk
