// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/FilterRow.h"

#include "ui/records/FilterField.h"
#include "ui/shell/Theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>

namespace desk {

FilterRow::FilterRow(const EntityType &entity, const QList<int> &columns, QHeaderView *header)
    : QWidget(header)
    , m_header(header)
{
    setAccessibleName(tr("Filters"));
    for (const int column : columns) {
        if (column < 0) {
            m_fields.append(nullptr);
            continue;
        }
        auto *field = new FilterField(entity, column, this);
        connect(field, &FilterField::filterChanged, this, [this] {
            if (!m_clearing)
                Q_EMIT filtersChanged();
        });
        connect(field, &FilterField::problemChanged, this, [this, field] { showProblem(field); });
        m_fields.append(field);
    }
}

QList<ColumnFilter> FilterRow::filters() const
{
    QList<ColumnFilter> filters;
    for (const FilterField *field : m_fields) {
        if (field && field->filter())
            filters.append(*field->filter());
    }
    return filters;
}

FilterField *FilterRow::field(int column) const
{
    for (FilterField *field : m_fields) {
        if (field && field->column() == column)
            return field;
    }
    return nullptr;
}

void FilterRow::clear()
{
    m_clearing = true;
    for (FilterField *field : m_fields) {
        if (field)
            field->clear();
    }
    m_clearing = false;
    Q_EMIT filtersChanged();
}

void FilterRow::focusColumn(int column)
{
    for (FilterField *field : m_fields) {
        if (field && (column < 0 || field->column() == column) && field->isVisible()) {
            field->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void FilterRow::align()
{
    // The field with the focus is brought into sight by the view; the rest just follows.
    QWidget *previous = nullptr;
    for (int visual = 0; visual < m_fields.size(); ++visual) {
        const int section = m_header->logicalIndex(visual);
        FilterField *field = m_fields.value(section);
        if (!field)
            continue;
        const int width = m_header->sectionSize(section);
        const bool isShown = !m_header->isSectionHidden(section) && width > 44;
        field->setVisible(isShown);
        if (isShown)
            field->setGeometry(m_header->sectionViewportPosition(section) + 4, 4, width - 8, Height - 8);
        if (previous)
            setTabOrder(previous, field);
        previous = field;
    }
}

void FilterRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(0, height() - 1, width(), 1, palette().color(QPalette::Mid));
}

void FilterRow::showProblem(FilterField *field)
{
    const bool isFocused = field->focusProxy() && field->focusProxy()->hasFocus();
    if (field->problem().isEmpty() || !isFocused) {
        delete m_bubble.data();
        return;
    }
    if (!m_bubble) {
        // On the view, because it stands over the first row.
        m_bubble = new QLabel(m_header->parentWidget());
        m_bubble->setObjectName(QStringLiteral("filterProblem"));
        m_bubble->setTextFormat(Qt::PlainText);
        m_bubble->setProperty("role", QStringLiteral("problem"));
        m_bubble->setStyleSheet(QStringLiteral("background: palette(base); border: 1px solid palette(dark); "
                                               "border-radius: 4px; padding: 4px 8px;"));
    }
    m_bubble->setText(field->problem());
    m_bubble->adjustSize();
    const QPoint below = field->mapTo(m_header->parentWidget(), QPoint(0, field->height() + 2));
    const int right = m_header->parentWidget()->width() - m_bubble->width();
    m_bubble->move(std::max(0, std::min(below.x(), right)), below.y());
    m_bubble->show();
    m_bubble->raise();
}

} // namespace desk
