// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace desk {

// The filter of one column: a line to type in ("lamp", "<= 200", "10..20", "empty"), or a list for columns
// with few values. A text that is no filter is marked and says why; the filter before it stays. GUI thread.
class FilterField : public QWidget
{
    Q_OBJECT

public:
    static constexpr int DebounceMilliseconds = 200;
    static constexpr int ListedUpTo = 12; // allowed values

    FilterField(const EntityType &entity, int column, QWidget *parent);

    [[nodiscard]] int column() const { return m_column; }
    [[nodiscard]] const std::optional<ColumnFilter> &filter() const { return m_filter; }
    [[nodiscard]] QString text() const;
    // Takes effect at once.
    void setText(const QString &text);
    void clear() { setText({}); }
    // Why the text is no filter; empty: it is one.
    [[nodiscard]] const QString &problem() const { return m_problem; }

Q_SIGNALS:
    void filterChanged();
    void problemChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeText();
    [[nodiscard]] QWidget *inner() const;

    const EntityType &m_entity;
    int m_column;
    QLineEdit *m_line = nullptr; // one of the two
    QComboBox *m_combo = nullptr;
    QTimer m_debounce;
    std::optional<ColumnFilter> m_filter;
    QString m_problem;
};

} // namespace desk
