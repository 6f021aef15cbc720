// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <memory>
#include <optional>

namespace desk {

// A place in a text file, as editors count: line and column (in characters) from 1.
struct TextPosition {
    qint64 line = 1;
    qint64 column = 1;

    friend bool operator==(const TextPosition &, const TextPosition &) = default;
};

struct CsvField {
    QString text;
    TextPosition position; // where the value begins, its quote included
};

struct CsvRow {
    QList<CsvField> fields; // at least one
    TextPosition position;
};

// What is wrong with a piece of the file, and where.
struct CsvProblem {
    TextPosition position;
    QString sentence;
    bool isFatal = false; // nothing more can be read
};

// Reads CSV (RFC 4180) row by row from a device in constant memory, on libcsv's strict parser. Values are
// kept to the letter, blanks included; a byte order mark and empty lines are skipped; line ends may be
// CRLF, LF or CR; a file whose first line has semicolons or tabs but no comma (outside quotes) is separated
// by those.
// Bytes that are no UTF-8 and broken quotes cost one row: reading goes on at the line after the one on
// which that row began, so an unclosed quote does not swallow the rows behind it. One thread; the device is
// not owned, must be open, and may be sequential.
class CsvReader
{
public:
    // A row longer than this is a problem: most likely a quote was never closed.
    static constexpr qsizetype MaximumRowBytes = 4 * 1024 * 1024;
    // Likewise one with more values: each is larger in memory than in the file.
    static constexpr qsizetype MaximumValues = 10'000;

    explicit CsvReader(QIODevice &device);
    ~CsvReader();
    CsvReader(const CsvReader &) = delete;
    CsvReader &operator=(const CsvReader &) = delete;

    // The next row or problem; empty at the end of the file.
    [[nodiscard]] std::optional<tl::expected<CsvRow, CsvProblem>> next();

    // How far reading has come, in bytes of the file.
    [[nodiscard]] qint64 bytesRead() const { return m_bytesDropped + m_at; }

private:
    class Parser;
    enum class State { Start, Rows, SkippingLine, End };
    using Result = tl::expected<CsvRow, CsvProblem>;

    [[nodiscard]] bool fill(); // false: no more bytes, or m_failure is set
    [[nodiscard]] std::optional<CsvProblem> begin();
    void beginRow();
    void consume(qsizetype count);
    void skipLine();
    [[nodiscard]] qsizetype nextPiece() const;
    [[nodiscard]] std::optional<Result> readRow();
    [[nodiscard]] std::optional<Result> finishRow() const;
    [[nodiscard]] CsvProblem unclosedQuote() const;
    [[nodiscard]] CsvProblem brokenQuote() const;
    [[nodiscard]] Result recover(CsvProblem problem);

    QIODevice &m_device;
    std::unique_ptr<Parser> m_parser;
    QByteArray m_buffer; // at least from the current row's first byte on
    qsizetype m_rowAt = 0;
    qsizetype m_at = 0; // next byte to parse
    qint64 m_bytesDropped = 0;
    State m_state = State::Start;
    TextPosition m_position; // of the byte at m_at
    TextPosition m_rowStart;
    bool m_afterCarriageReturn = false;
    char m_separator = ',';
    QString m_failure; // the device's own words
};

} // namespace desk
