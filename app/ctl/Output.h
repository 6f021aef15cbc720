// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace desk::ctl {

enum class Format { Text, Json };

// What catalogctl prints: results on stdout, as text for people or one JSON object per line for programs,
// and sentences on stderr. Values are shown with control characters made visible, so that a record cannot
// play with the terminal. One thread.
class Output
{
public:
    explicit Output(Format format);
    ~Output();

    [[nodiscard]] bool isJson() const { return m_format == Format::Json; }

    void line(const QString &text);
    void json(const QJsonObject &object);
    // The same result for either format.
    void result(const QString &text, const QJsonObject &object);
    // Hands on what is buffered: for results that come one by one.
    void flush();
    // False once stdout did not take something (a full disk).
    [[nodiscard]] bool isIntact() const { return m_isIntact; }

    // A sentence on stderr, as "catalogctl: …", or as it is.
    void problem(const QString &sentence);
    void plainProblem(const QString &line);
    // "12 %" on one line of stderr that is written over; only on a terminal.
    void progress(const QString &text);

private:
    void write(const QByteArray &bytes);
    void clearProgress();

    Format m_format;
    QFile m_out;
    QFile m_error;
    bool m_isIntact = true;
    bool m_isTerminal;
    bool m_hasProgress = false;
};

// Text on one line, control characters made visible.
[[nodiscard]] QString visible(const QString &text);

// An aligned table that starts before all of its rows are known: widths come from the first rows, later
// longer values are cut.
class TextTable
{
public:
    enum class Align { Left, Right };
    static constexpr int UsualWidth = 48;
    static constexpr int AnyWidth = 1 << 20;
    struct Column {
        QString title;
        Align align = Align::Left;
        int maximumWidth = UsualWidth;
    };
    static constexpr int RowsMeasured = 500;

    TextTable(Output &output, const QList<Column> &columns) : m_output(output), m_columns(columns) { }

    void row(const QStringList &cells);
    void finish(); // after the last row

private:
    void begin();
    void print(const QStringList &cells);

    Output &m_output;
    QList<Column> m_columns;
    QList<int> m_widths;
    QList<QStringList> m_waiting;
    bool m_hasBegun = false;
};

} // namespace desk::ctl
