// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QPointer>
#include <QWidget>

class QHeaderView;
class QLabel;

namespace desk {

class FilterField;

// The row of filters under the column titles: one field per section, following the header as its sections
// are resized, moved, scrolled and hidden. Says what is asked for as a list of filters; a field whose text
// is no filter keeps the one before it and shows its sentence while it has the focus. GUI thread.
class FilterRow : public QWidget
{
    Q_OBJECT

public:
    static constexpr int Height = 30; // pixels

    // `columns`: for each section the entity's column, or -1 for a section without a filter.
    FilterRow(const EntityType &entity, const QList<int> &columns, QHeaderView *header);

    [[nodiscard]] QList<ColumnFilter> filters() const;
    [[nodiscard]] bool isEmpty() const { return filters().isEmpty(); }
    [[nodiscard]] FilterField *field(int column) const; // null: that column has none
    void clear();                                       // one filtersChanged() for all
    void focusColumn(int column);

Q_SIGNALS:
    void filtersChanged();

public:
    // The header calls this whenever its sections or its scroll position have changed.
    void align();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showProblem(FilterField *field);

    QHeaderView *m_header;
    QList<FilterField *> m_fields; // by section; null: none
    QPointer<QLabel> m_bubble;
    bool m_clearing = false;
};

} // namespace desk
