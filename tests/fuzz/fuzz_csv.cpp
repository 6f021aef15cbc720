// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnText.h"
#include "models/transfer/ColumnBinding.h"
#include "models/transfer/CsvReader.h"
#include "models/transfer/CsvWriter.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

#include <QBuffer>

#include <algorithm>

using namespace desk;
using namespace desk::fuzz;

namespace {

using Item = tl::expected<CsvRow, CsvProblem>;

// Hands out so many bytes at a time, as a pipe would.
class Trickle : public QIODevice
{
public:
    Trickle(QByteArrayView bytes, qsizetype portion) : m_rest(bytes), m_portion(portion) { }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qsizetype count = std::min({qsizetype(size), m_portion, m_rest.size()});
        std::copy_n(m_rest.begin(), count, data);
        m_rest = m_rest.sliced(count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArrayView m_rest;
    qsizetype m_portion;
};

// The length of each line in characters, as the reader counts lines.
QList<qint64> lineLengths(QByteArrayView bytes)
{
    QList<qint64> lengths{0};
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        const char byte = bytes[at];
        if (byte == '\r' || byte == '\n') {
            if (byte == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n')
                ++at;
            lengths.append(0);
        } else if ((quint8(byte) & 0xc0) != 0x80) {
            ++lengths.last();
        }
    }
    return lengths;
}

void requirePlace(TextPosition place, const QList<qint64> &lengths)
{
    require(place.line >= 1 && place.line <= lengths.size(), "a line is one of the file's",
            [&] { return QString::number(place.line); });
    require(place.column >= 1 && place.column <= lengths[place.line - 1] + 1, "a column is one of its line's",
            [&] { return QStringLiteral("%1:%2").arg(place.line).arg(place.column); });
}

QList<Item> readAll(QIODevice &device, qsizetype size)
{
    QList<Item> items;
    CsvReader reader(device);
    qint64 before = 0;
    while (const std::optional<Item> item = reader.next()) {
        require(reader.bytesRead() <= size, "no more is read than there is");
        before = reader.bytesRead();
        items.append(*item);
        require(items.size() <= size + 1, "there are no more rows than bytes");
        if (!*item && item->error().isFatal)
            require(!reader.next(), "nothing follows a fatal problem");
    }
    require(before <= size, "no more is read than there is");
    return items;
}

bool isSame(const Item &left, const Item &right)
{
    if (left.has_value() != right.has_value())
        return false;
    if (!left)
        return left.error().position == right.error().position
            && left.error().sentence == right.error().sentence;
    return left->position == right->position
        && std::equal(left->fields.begin(), left->fields.end(), right->fields.begin(), right->fields.end(),
                      [](const CsvField &one, const CsvField &other) {
                          return one.text == other.text && one.position == other.position;
                      });
}

void requireForward(const QList<Item> &items, QByteArrayView bytes)
{
    const QList<qint64> lengths = lineLengths(bytes);
    qint64 line = 0;
    for (const Item &item : items) {
        if (!item) {
            requireSentence(item.error().sentence);
            requirePlace(item.error().position, lengths);
            continue;
        }
        require(item->position.line > line, "rows go forward");
        line = item->position.line;
        require(!item->fields.isEmpty(), "a row has a value");
        TextPosition before;
        for (const CsvField &field : item->fields) {
            requirePlace(field.position, lengths);
            require(field.position.line > before.line || field.position.column >= before.column,
                    "values go forward");
            before = field.position;
        }
    }
}

void requireReadsBack(const QList<Item> &items)
{
    QBuffer written;
    written.open(QIODevice::ReadWrite);
    CsvWriter writer(written);
    QList<QStringList> rows;
    for (const Item &item : items) {
        if (!item)
            continue;
        QStringList values;
        for (const CsvField &field : item->fields)
            values.append(field.text);
        require(writer.writeRow(values).has_value(), "a row can be written");
        rows.append(values);
    }
    written.seek(0);
    const QList<Item> again = readAll(written, written.size());
    require(again.size() == rows.size(), "as many rows are read as were written");
    for (qsizetype index = 0; index < rows.size(); ++index) {
        require(again[index].has_value(), "what is written can be read");
        QStringList values;
        for (const CsvField &field : again[index]->fields)
            values.append(field.text);
        require(values == rows[index], "a row is read back as it was written",
                [&] { return values.join(u'|') + u'\n' + rows[index].join(u'|'); });
    }
}

// What an import makes of the rows: the first names columns, the others hold their values.
void checkValues(const EntityType &entity, const QList<Item> &items)
{
    constexpr qsizetype Enough = 8; // columns
    QList<const Column *> columns;
    for (const Item &item : items) {
        if (!item)
            continue;
        if (columns.isEmpty()) {
            for (const CsvField &field : item->fields.first(std::min(item->fields.size(), Enough))) {
                const Expected<ColumnBinding> binding = bindColumn(entity, field.text);
                if (!binding)
                    requireSentence(binding.error().sentence);
                columns.append(
                    &entity.columns[binding ? binding->column : columns.size() % entity.columns.size()]);
            }
            continue;
        }
        for (qsizetype index = 0; index < std::min(item->fields.size(), columns.size()); ++index) {
            const Column &column = *columns[index];
            const Expected<QVariant> value = valueFromText(column, item->fields[index].text);
            if (!value) {
                requireSentence(value.error().sentence);
                continue;
            }
            const Expected<QVariant> again = valueFromText(column, textOf(column, *value));
            require(again && sameValue(*value, *again), "a value is read back as it is shown",
                    [&] { return column.name + u' ' + item->fields[index].text; });
            if (const Expected<> valid = validateValue(column, *value); !valid)
                requireSentence(valid.error().sentence);
        }
    }
}

} // namespace

// The first byte chooses how many bytes come at a time and what they are read for.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const EntityType &product = *entities()->find(u"product");
    static const EntityType &everything = *entities()->find(u"everything");
    Input input(data, size);
    const int use = input.choice(16);
    const QByteArrayView bytes = input.rest();
    QByteArray copy = bytes.toByteArray();
    QBuffer whole(&copy);
    whole.open(QIODevice::ReadOnly);
    const QList<Item> items = readAll(whole, bytes.size());
    requireForward(items, bytes);
    switch (use % 4) {
    case 0: {
        Trickle trickle(bytes, 1 + use / 4 * 3);
        trickle.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        const QList<Item> trickled = readAll(trickle, bytes.size());
        require(std::equal(items.begin(), items.end(), trickled.begin(), trickled.end(), isSame),
                "it does not matter how many bytes come at a time");
        break;
    }
    case 1:
        requireReadsBack(items);
        break;
    case 2:
        checkValues(product, items);
        break;
    case 3:
        checkValues(everything, items);
        break;
    }
    return 0;
}
