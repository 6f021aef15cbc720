// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/StatusTexts.h"

#include <QHash>
#include <QWidget>

class QToolButton;

namespace desk {

class Theme;

// The line at the window's bottom: database, brokers, relay, what waits, ingest, workspace. Each item is a flat
// button with a dot and words; clicking one asks for its page. Shows what it is handed, knows nothing
// itself; see StatusTexts for the words. GUI thread.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    enum class Item { Database, Brokers, Relay, Outbox, Ingest, Poison, Workspace };
    Q_ENUM(Item)

    explicit StatusStrip(Theme &theme, QWidget *parent = nullptr);

    void setItem(Item item, const StatusText &status); // an empty text hides the item
    [[nodiscard]] StatusText status(Item item) const { return m_status.value(item); }

Q_SIGNALS:
    void clicked(desk::StatusStrip::Item item);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void recolour();

    Theme &m_theme;
    QHash<Item, QToolButton *> m_buttons;
    QHash<Item, StatusText> m_status;
};

} // namespace desk
