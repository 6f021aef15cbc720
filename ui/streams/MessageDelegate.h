// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace desk {

class PinnedMessages;
class Theme;
struct StateColours;
struct Colours;

// Rows of the live stream: times, offsets and keys in the monospaced face, the operation as a chip, and a
// mark with the reason where a message could not be decoded as it should. GUI thread.
class MessageDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MessageDelegate(Theme &theme, QObject *parent);

    // Messages that get a mark; they outlive the delegate. Null: none.
    void setPinned(const PinnedMessages *pinned) { m_pinned = pinned; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    [[nodiscard]] static const StateColours &coloursOf(const QString &operation, const Colours &colours);

private:
    [[nodiscard]] bool isPinned(const QModelIndex &index) const;
    // At the row's left edge and beside the value; answers what is left for that.
    QRect paintPin(QPainter &painter, const QRect &cell, const QRect &content, int column) const;

    Theme &m_theme;
    const PinnedMessages *m_pinned = nullptr;
};

} // namespace desk
