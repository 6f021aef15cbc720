// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace desk {

class Theme;

// How a column of a LineTable stands in it.
enum class LineColumn { Text, Muted, Number, Monospace, Chip };

// Which of the state colours a chip takes; the value of LineTable::ToneRole.
enum class ChipTone { Plain, Saved, Published, Waiting, Refused };

// A table to be read, not edited: rows of one height, hairlines, whole rows selected, numbers to the right
// in tabular figures, states as chips. For lists such as topics and the journal. GUI thread.
class LineTable : public QTableView
{
    Q_OBJECT

public:
    static constexpr int ToneRole = Qt::UserRole + 900; // int(ChipTone), of a Chip column's cells

    explicit LineTable(Theme &theme, QWidget *parent = nullptr);

    // In the model's column order; the model must be set. `stretched` takes the width that is left.
    void setColumns(const QList<LineColumn> &columns, const QList<int> &widths, int stretched);

Q_SIGNALS:
    // Enter, or a double click.
    void opened(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    Theme &m_theme;
};

} // namespace desk
