// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageTableModel.h"
#include "kafka/PinnedMessages.h"

#include <QObject>

class QAction;

namespace desk {

class MessageTableView;
class PinnedBand;
class Theme;

// Pins messages of the stream and shows those that are pinned. They outlive what the stream's log drops, "Clear" and a
// new reading, not the window. Owned by the panel, as are the table and the live model; the model of the pinned ones
// is this one's. GUI thread.
class MessagePinning : public QObject
{
    Q_OBJECT

public:
    MessagePinning(MessageTableView &table, const MessageTableModel &live, std::shared_ptr<MessageLog> log,
                   Theme &theme, QWidget *panel, PinnedMessages::Bounds bounds = {});

    [[nodiscard]] PinnedMessages &messages() const { return *m_pinned; }
    [[nodiscard]] MessageTableModel &model() const { return *m_model; }
    [[nodiscard]] PinnedBand &band() const { return *m_band; }
    [[nodiscard]] QList<QAction *> actions() const { return {m_pin, m_show, m_unpinAll}; }
    // Whether the table is to show the pinned ones in place of the stream; false when there are none.
    [[nodiscard]] bool areShown() const;
    void setShown(bool areShown);

Q_SIGNALS:
    void shownChanged();

private:
    void togglePinned();
    void followPinned();
    void updateActions();
    [[nodiscard]] const MessageLog &shownLog() const;

    MessageTableView &m_table;
    std::shared_ptr<MessageLog> m_log;
    PinnedMessages *m_pinned;
    MessageTableModel *m_model;
    QAction *m_pin;
    QAction *m_show;
    QAction *m_unpinAll;
    PinnedBand *m_band;
};

} // namespace desk
