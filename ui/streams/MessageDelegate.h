// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace desk {

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

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    [[nodiscard]] static const StateColours &coloursOf(const QString &operation, const Colours &colours);

private:
    Theme &m_theme;
};

} // namespace desk
