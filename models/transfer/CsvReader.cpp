// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/CsvReader.h"

#include "models/transfer/Utf8Text.h"

#include <csv.h>

#include <utility>

namespace desk {
namespace {

constexpr qsizetype chunkBytes = 32 * 1024;

int noSpace(unsigned char)
{
    return 0; // libcsv would trim blanks; they belong to the value
}

bool isLineEnd(char byte)
{
    return byte == '\r' || byte == '\n';
}

TextPosition placeOf(QByteArrayView bytes, qsizetype index, TextPosition start)
{
    TextPosition place = start;
    qsizetype lineAt = 0;
    for (qsizetype at = 0; at < index; ++at) {
        if (!isLineEnd(bytes[at]) || (bytes[at] == '\r' && at + 1 < index && bytes[at + 1] == '\n'))
            continue;
        place = {place.line + 1, 1};
        lineAt = at + 1;
    }
    place.column += characterCount(bytes.sliced(lineAt, index - lineAt));
    return place;
}

// Looks for the separator in a file's first line, byte by byte: what stands in quotes is no separator, nor the
// end of the line.
class SeparatorSearch
{
public:
    void take(char byte)
    {
        if (byte == '"')
            m_isQuoted = !m_isQuoted;
        m_isLine = m_isLine || !isLineEnd(byte);
        if (m_isQuoted)
            return;
        m_hasComma = m_hasComma || byte == ',';
        m_hasSemicolon = m_hasSemicolon || byte == ';';
        m_hasTab = m_hasTab || byte == '\t';
        m_isEnd = m_isLine && isLineEnd(byte);
    }
    [[nodiscard]] bool isDone() const { return m_isEnd || m_hasComma; }
    [[nodiscard]] char separator() const
    {
        return m_hasComma ? ',' : m_hasSemicolon ? ';' : m_hasTab ? '\t' : ',';
    }

private:
    bool m_isQuoted = false;
    bool m_isLine = false; // past empty ones
    bool m_isEnd = false;
    bool m_hasComma = false;
    bool m_hasSemicolon = false;
    bool m_hasTab = false;
};

QString brokenText()
{
    return QStringLiteral("This is no UTF-8 text. Save the file as UTF-8.");
}

} // namespace

// libcsv's parser with what it has found in the current row. Values are collected as bytes: the row is
// checked as a whole before any of it becomes text.
class CsvReader::Parser
{
public:
    explicit Parser(char separator)
    {
        csv_init(&m_csv, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_space_func(&m_csv, noSpace);
        csv_set_delim(&m_csv, static_cast<unsigned char>(separator));
    }
    ~Parser() { csv_free(&m_csv); }
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;

    void beginRow(TextPosition position)
    {
        values.clear();
        positions = {position};
        isRowComplete = false;
    }
    // Bytes that were taken; fewer than given at a broken quote.
    qsizetype parse(const char *bytes, qsizetype count)
    {
        return qsizetype(csv_parse(&m_csv, bytes, size_t(count), valueFound, rowFound, this));
    }
    bool finish() { return csv_fini(&m_csv, valueFound, rowFound, this) == 0; }
    [[nodiscard]] bool isQuoted() const { return m_csv.quoted; }

    QList<QByteArray> values;
    QList<TextPosition> positions; // of each value, and of the one being read
    bool isRowComplete = false;

private:
    static void valueFound(void *bytes, size_t size, void *self)
    {
        static_cast<Parser *>(self)->values.append(
            QByteArray(static_cast<const char *>(bytes), qsizetype(size)));
    }
    static void rowFound(int, void *self) { static_cast<Parser *>(self)->isRowComplete = true; }

    csv_parser m_csv;
};

CsvReader::CsvReader(QIODevice &device) : m_device(device) { }
CsvReader::~CsvReader() = default;

std::optional<CsvReader::Result> CsvReader::next()
{
    if (m_state == State::Start) {
        if (std::optional<CsvProblem> problem = begin())
            return tl::make_unexpected(*std::move(problem));
    }
    if (m_state == State::SkippingLine)
        skipLine();
    while (m_state == State::Rows) {
        beginRow();
        if (std::optional<Result> result = readRow())
            return result;
    }
    if (m_failure.isEmpty())
        return {};
    return tl::make_unexpected(CsvProblem{m_position, std::exchange(m_failure, QString()), true});
}

bool CsvReader::fill()
{
    const qsizetype size = m_buffer.size();
    m_buffer.resize(size + chunkBytes);
    const qint64 count = m_device.read(m_buffer.data() + size, chunkBytes);
    m_buffer.truncate(size + qMax(count, qint64(0)));
    if (count < 0)
        m_failure = QStringLiteral("Reading stopped: %1.").arg(m_device.errorString());
    return count > 0;
}

std::optional<CsvProblem> CsvReader::begin()
{
    while (m_buffer.size() < 3 && fill()) { // the longest mark at the beginning
    }
    if (m_buffer.startsWith("\xff\xfe") || m_buffer.startsWith("\xfe\xff")) { // UTF-16
        m_state = State::End;
        return CsvProblem{m_position, brokenText(), true};
    }
    if (m_buffer.startsWith("\xef\xbb\xbf"))
        m_at = 3;
    SeparatorSearch search;
    qsizetype searched = m_at;
    do {
        while (searched < std::min(m_buffer.size(), chunkBytes) && !search.isDone())
            search.take(m_buffer[searched++]);
    } while (!search.isDone() && m_buffer.size() < chunkBytes && fill());
    m_separator = search.separator();
    m_parser = std::make_unique<Parser>(m_separator);
    m_state = m_failure.isEmpty() ? State::Rows : State::End;
    return {};
}

void CsvReader::beginRow()
{
    // Moving the rest down for every row would make long buffers quadratic.
    if (m_at >= chunkBytes) {
        m_bytesDropped += m_at;
        m_buffer.remove(0, m_at);
        m_at = 0;
    }
    m_rowAt = m_at;
    m_rowStart = m_position;
    m_parser->beginRow(m_position);
}

// Passes bytes that hold no line end, save perhaps the last.
void CsvReader::consume(qsizetype count)
{
    if (count == 0)
        return;
    const QByteArrayView bytes = QByteArrayView(m_buffer).sliced(m_at, count);
    const char last = bytes.back();
    m_at += count;
    if (count == 1 && last == '\n' && m_afterCarriageReturn) {
        m_afterCarriageReturn = false; // the second half of a CRLF, already counted
        return;
    }
    m_afterCarriageReturn = last == '\r';
    if (isLineEnd(last))
        m_position = {m_position.line + 1, 1};
    else
        m_position.column += characterCount(bytes);
}

void CsvReader::skipLine()
{
    m_state = State::Rows;
    for (;;) {
        for (; m_at < m_buffer.size(); ++m_at) {
            if (isLineEnd(m_buffer[m_at])) {
                consume(1);
                return;
            }
        }
        m_bytesDropped += m_at;
        m_buffer.clear();
        m_at = 0;
        if (!fill()) {
            m_state = State::End;
            return;
        }
    }
}

// Up to and with the next byte that can end a value, so that libcsv reports values one by one and each
// can be given its place.
qsizetype CsvReader::nextPiece() const
{
    qsizetype end = m_at;
    while (end < m_buffer.size() && m_buffer[end] != m_separator && !isLineEnd(m_buffer[end]))
        ++end;
    return qMin(end + 1, m_buffer.size()) - m_at;
}

// Empty: there was no row (the file ends, or an empty line).
std::optional<CsvReader::Result> CsvReader::readRow()
{
    while (!m_parser->isRowComplete) {
        if (m_at == m_buffer.size() && !fill()) {
            m_state = State::End;
            if (m_at == m_rowAt || !m_failure.isEmpty())
                return {};
            if (!m_parser->finish())
                return recover(unclosedQuote());
            break;
        }
        if (m_at == m_rowAt && isLineEnd(m_buffer[m_at])) {
            consume(1);
            return {};
        }
        const qsizetype wanted = nextPiece();
        const qsizetype taken = m_parser->parse(m_buffer.constData() + m_at, wanted);
        consume(taken);
        if (taken < wanted)
            return recover(brokenQuote());
        if (m_parser->values.size() > MaximumValues) {
            return recover(
                {m_rowStart, QStringLiteral("This row has more than %1 values.").arg(MaximumValues)});
        }
        if (m_parser->positions.size() == m_parser->values.size() && !m_parser->isRowComplete)
            m_parser->positions.append(m_position);
        if (m_at - m_rowAt > MaximumRowBytes) {
            return recover({m_rowStart,
                            QStringLiteral("This row is longer than %1 MB. Is a quote not closed?")
                                .arg(MaximumRowBytes / 1024 / 1024)});
        }
    }
    return finishRow();
}

std::optional<CsvReader::Result> CsvReader::finishRow() const
{
    const QByteArrayView bytes = QByteArrayView(m_buffer).sliced(m_rowAt, m_at - m_rowAt);
    if (const qsizetype malformed = firstMalformedByte(bytes); malformed >= 0)
        return tl::make_unexpected(CsvProblem{placeOf(bytes, malformed, m_rowStart), brokenText()});
    if (const qsizetype zero = bytes.indexOf('\0'); zero >= 0) {
        return tl::make_unexpected(
            CsvProblem{placeOf(bytes, zero, m_rowStart),
                       QStringLiteral("A zero byte stands here. Is this a text file?")});
    }
    if (m_parser->values.size() == 1 && bytes.trimmed().isEmpty())
        return {};
    CsvRow row;
    row.position = m_rowStart;
    row.fields.reserve(m_parser->values.size());
    for (qsizetype index = 0; index < m_parser->values.size(); ++index)
        row.fields.append({textFromUtf8(m_parser->values[index]), m_parser->positions[index]});
    return row;
}

CsvProblem CsvReader::unclosedQuote() const
{
    return {m_parser->positions.constLast(), QStringLiteral("The quote that begins here is never closed.")};
}

CsvProblem CsvReader::brokenQuote() const
{
    // Further down it is not the quote met there that is wrong, but the one that should have been closed.
    if (m_position.line != m_parser->positions.constLast().line) {
        return {
            m_parser->positions.constLast(),
            QStringLiteral(
                "The quote that begins here is not closed where its value ends: line %1 goes on behind it.")
                .arg(m_position.line)};
    }
    if (m_parser->isQuoted()) {
        return {m_position,
                QStringLiteral("Text follows the closing quote. A quote inside a quoted value is written "
                               "twice.")};
    }
    return {m_position,
            QStringLiteral("A quote stands inside a value that does not begin with one. Quote the whole "
                           "value and write this quote twice.")};
}

// Gives up the row and goes on behind its first line.
CsvReader::Result CsvReader::recover(CsvProblem problem)
{
    if (m_position.line == m_rowStart.line) {
        m_state = State::SkippingLine;
    } else {
        m_at = m_rowAt;
        while (!isLineEnd(m_buffer[m_at]))
            ++m_at;
        m_position = m_rowStart;
        m_afterCarriageReturn = false;
        consume(1);
        m_state = State::Rows;
    }
    m_parser = std::make_unique<Parser>(m_separator);
    return tl::make_unexpected(std::move(problem));
}

} // namespace desk
