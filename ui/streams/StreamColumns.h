// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace desk {

// One column of the stream's table: a fixed one of MessageTableModel, or a field of the messages. A value.
struct StreamColumn {
    int fixed = -1; // MessageTableModel::Columns; -1: a field
    QString field;  // its path; see FieldPath
    bool isShown = true;
    int width = 0; // pixels; 0: as wide as it is by itself

    [[nodiscard]] bool isField() const { return fixed < 0; }

    friend bool operator==(const StreamColumn &, const StreamColumn &) = default;
};

// The columns as the operator has arranged them, from left to right; every fixed one is among them once. A value.
class StreamColumns
{
public:
    static constexpr int MostFields = 30;
    static constexpr qsizetype LongestPath = 200; // characters

    [[nodiscard]] static StreamColumns standard();
    // What makes no sense is left out.
    [[nodiscard]] static StreamColumns fromJson(const QJsonObject &json);
    // In this order; fixed ones that are missing are added without being shown. One is shown in any case, so that
    // there is a header to click on.
    [[nodiscard]] static StreamColumns of(const QList<StreamColumn> &columns);

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] const QList<StreamColumn> &columns() const { return m_columns; }
    [[nodiscard]] QList<StreamColumn> shown() const;
    [[nodiscard]] QStringList shownFields() const;
    [[nodiscard]] int fieldCount() const;
    [[nodiscard]] bool hasField(const QString &field) const { return indexOf(-1, field) >= 0; }

    // Shown, before the value; the same one again is only shown. Why not, in a sentence, or empty.
    [[nodiscard]] QString add(const QString &field);
    void remove(const QString &field);
    void setShown(qsizetype index, bool isShown);
    void setWidth(qsizetype index, int width) { m_columns[index].width = width; }
    [[nodiscard]] qsizetype indexOf(int fixed, const QString &field) const; // -1: none

    friend bool operator==(const StreamColumns &, const StreamColumns &) = default;

private:
    void showSome();

    QList<StreamColumn> m_columns;
};

} // namespace desk
