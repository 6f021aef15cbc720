// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QObject>
#include <QTimer>

class QHeaderView;

namespace desk {

// Widths, order and hiding of an entity's columns in its table: sensible at first, then as the operator
// left them, kept per entity in the window's settings by column name (so a new column does no harm).
// GUI thread; belongs to the header.
class ColumnLayout : public QObject
{
    Q_OBJECT

public:
    // `columns`: for each section the entity's column, -1 for the state. `pictures`: the columns shown as
    // thumbnails only; they come first. `settingsFile`: empty keeps nothing.
    ColumnLayout(const EntityType &entity, const QList<int> &columns, const QList<int> &pictures,
                 const QString &settingsFile, QHeaderView *header);

    void reset();
    // Gives the names and the long texts what `width` pixels leave over, until the operator has set widths.
    void fit(int width);

private:
    void applyDefaults();
    void restore();
    void save();
    [[nodiscard]] QString nameOf(int section) const;
    [[nodiscard]] int defaultWidth(int section) const;
    [[nodiscard]] int valueWidth(int section) const; // what its values need
    [[nodiscard]] bool hasTexts() const;             // a long text among the columns shown
    // What a column takes of the room that is left over, and what it needs in any case.
    struct Flexibility {
        int share = 0; // 0: its default width, always
        int least = 0;
        int most = 0; // 0: as much as there is
    };
    [[nodiscard]] Flexibility flexibility(int section) const;
    void noteResize(int section, int before, int after);

    const EntityType &m_entity;
    QList<int> m_columns;
    QList<int> m_pictures;
    QString m_settingsFile;
    QHeaderView *m_header;
    QTimer m_saveTimer;
    bool m_isFitted = true; // the operator has set no widths
    bool m_fitting = false;
    int m_width = 0;
};

} // namespace desk
