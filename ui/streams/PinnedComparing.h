// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/PinnedMessages.h"

#include <QObject>

#include <optional>

class QAction;

namespace desk {

class MessageComparing;
class MessagePinning;
class MessageTableView;
class Theme;

// Compares the chosen message, of the stream or a pinned one, with another that is pinned: at once where there is only
// one, else the operator says which in a menu, where the one he looked at last stands first. Owned by the panel, as is
// all it works with. GUI thread.
class PinnedComparing : public QObject
{
    Q_OBJECT

public:
    PinnedComparing(MessageTableView &table, const MessagePinning &pinning, MessageComparing &comparing,
                    Theme &theme, QWidget *panel);

    [[nodiscard]] QAction *action() const { return m_compare; }

private:
    void followChosen();
    void compare();
    void compareWith(const MessagePlace &place);
    void showMenu(const QList<int> &rows);
    [[nodiscard]] QList<int> rowsToCompare() const; // of the pinned ones' model, the likeliest first
    [[nodiscard]] MessagePlace placeOf(int row) const;
    [[nodiscard]] QString textOf(int row) const;

    MessageTableView &m_table;
    const MessagePinning &m_pinning;
    MessageComparing &m_comparing;
    QWidget *m_panel;
    QAction *m_compare;
    std::optional<MessagePlace> m_lookedAt; // the pinned message that was chosen last
};

} // namespace desk
