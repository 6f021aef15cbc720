// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Output.h"

#include <QJsonDocument>

#include <unistd.h>

#include <algorithm>

namespace desk::ctl {
namespace {

// Code points rather than UTF-16 units; wide characters are not told apart.
qsizetype widthOf(const QString &text)
{
    return std::count_if(text.begin(), text.end(), [](QChar unit) { return !unit.isLowSurrogate(); });
}

QString cut(const QString &text, qsizetype width)
{
    if (widthOf(text) <= width)
        return text;
    qsizetype end = 0;
    for (qsizetype seen = 0; end < text.size(); ++end) {
        if (!text[end].isLowSurrogate() && ++seen == width)
            break;
    }
    return text.left(end) + QChar(0x2026);
}

QString padded(const QString &text, qsizetype width, TextTable::Align align)
{
    const QString blanks(qMax(width - widthOf(text), qsizetype(0)), QLatin1Char(' '));
    return align == TextTable::Align::Right ? blanks + text : text + blanks;
}

QString withoutEndBlanks(QString text)
{
    while (text.endsWith(QLatin1Char(' ')))
        text.chop(1);
    return text;
}

} // namespace

QString visible(const QString &text)
{
    QString shown = text;
    for (QChar &unit : shown) {
        if (unit == QLatin1Char('\n'))
            unit = QChar(0x21b5); // ↵
        else if (unit < QChar(0x20))
            unit = QChar(0x2400 + unit.unicode()); // the control pictures
        else if (unit >= QChar(0x7f) && unit < QChar(0xa0))
            unit = QChar(0xfffd);
        else if ((unit >= QChar(0x202a) && unit <= QChar(0x202e))
                 || (unit >= QChar(0x2066) && unit <= QChar(0x2069)))
            unit = QChar(0xfffd); // would turn the rest of the line around
    }
    return shown;
}

Output::Output(Format format) : m_format(format), m_isTerminal(isatty(STDERR_FILENO))
{
    static_cast<void>(m_out.open(stdout, QIODevice::WriteOnly));
    static_cast<void>(m_error.open(stderr, QIODevice::WriteOnly));
}

Output::~Output()
{
    flush();
    clearProgress();
}

void Output::write(const QByteArray &bytes)
{
    clearProgress();
    if (m_out.write(bytes) != bytes.size())
        m_isIntact = false;
}

void Output::line(const QString &text)
{
    write(text.toUtf8() + '\n');
}

void Output::json(const QJsonObject &object)
{
    write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Output::result(const QString &text, const QJsonObject &object)
{
    if (isJson())
        json(object);
    else
        line(text);
}

void Output::flush()
{
    if (!m_out.flush())
        m_isIntact = false;
}

void Output::problem(const QString &sentence)
{
    plainProblem(QStringLiteral("catalogctl: ") + sentence);
}

void Output::plainProblem(const QString &line)
{
    flush(); // in the order in which things happened
    clearProgress();
    m_error.write(visible(line).toUtf8() + '\n');
    m_error.flush();
}

void Output::progress(const QString &text)
{
    if (!m_isTerminal)
        return;
    m_error.write("\r\x1b[K" + text.toUtf8());
    m_error.flush();
    m_hasProgress = true;
}

void Output::clearProgress()
{
    if (!m_hasProgress)
        return;
    m_hasProgress = false;
    m_error.write("\r\x1b[K");
    m_error.flush();
}

void TextTable::row(const QStringList &cells)
{
    if (m_hasBegun) {
        print(cells);
        return;
    }
    m_waiting.append(cells);
    if (m_waiting.size() >= RowsMeasured)
        begin();
}

void TextTable::finish()
{
    if (!m_hasBegun)
        begin();
}

void TextTable::begin()
{
    m_hasBegun = true;
    QStringList titles;
    for (const Column &column : std::as_const(m_columns)) {
        titles.append(column.title);
        m_widths.append(int(widthOf(column.title)));
    }
    for (const QStringList &cells : std::as_const(m_waiting)) {
        for (qsizetype index = 0; index < m_widths.size(); ++index)
            m_widths[index] = int(
                qMax(qsizetype(m_widths[index]),
                     qMin(widthOf(visible(cells.value(index))), qsizetype(m_columns[index].maximumWidth))));
    }
    print(titles);
    for (const QStringList &cells : std::exchange(m_waiting, {}))
        print(cells);
}

void TextTable::print(const QStringList &cells)
{
    QString text;
    for (qsizetype index = 0; index < m_columns.size(); ++index) {
        if (index > 0)
            text += QStringLiteral("  ");
        text += padded(cut(visible(cells.value(index)), m_widths[index]), m_widths[index],
                       m_columns[index].align);
    }
    m_output.line(withoutEndBlanks(text));
}

} // namespace desk::ctl
