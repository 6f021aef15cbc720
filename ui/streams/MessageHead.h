// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedMessage.h"
#include "kafka/MessageLog.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace desk {

class DecodingMenu;
class Theme;

// What stands above the tabs of a message: what it is, where it lies, how large it is, what it deletes, and what
// is wrong with it. GUI thread.
class MessageHead : public QWidget
{
    Q_OBJECT

public:
    MessageHead(Theme &theme, DecodingMenu &decodingMenu, QWidget *parent);

    void showMessage(const StreamMessage &message, const DecodedMessage &decoded);
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void recordRequested();
    void copyRequested();
    void closeRequested();

private:
    Theme &m_theme;
    QLabel *m_title;
    QPushButton *m_record;
    QLabel *m_meta;
    QLabel *m_sizes;
    QLabel *m_tombstone;
    QLabel *m_problem;
};

// "key 2 B · value 212 B · 3 headers 96 B".
[[nodiscard]] QString sizesText(const StreamMessage &message);
// What a message without a value does; empty: it has one.
[[nodiscard]] QString tombstoneText(const StreamMessage &message, const DecodedMessage &decoded);

} // namespace desk
