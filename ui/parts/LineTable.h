// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace desk {

class Theme;

// How a column of a LineTable stands in it.
enum class LineColumn { Text, Muted, Number, Monospace, Chip, Problem };

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
    // Two columns share the width that is left, by these shares.
    void shareWidth(int first, int firstShare, int second, int secondShare);

Q_SIGNALS:
    // Enter, or a double click.
    void opened(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Sharing {
        int first = -1;
        int firstShare = 0;
        int second = -1;
        int secondShare = 0;
    };
    Theme &m_theme;
    Sharing m_sharing;
};

} // namespace desk
