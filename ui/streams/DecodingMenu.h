// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/DecodingSettings.h"

#include <QMenu>

namespace desk {

// How the values and the keys of one topic are read: by itself, as one format, or by a message of a .proto
// file. Says what was chosen and keeps nothing. GUI thread.
class DecodingMenu : public QMenu
{
    Q_OBJECT

public:
    explicit DecodingMenu(QWidget *parent);

    void setTopic(const QString &topic, const DecodingSettings &settings);

    [[nodiscard]] static QString textOf(PayloadFormat format);

Q_SIGNALS:
    void chosen(const desk::DecodingRule &rule);
    // A .proto file has to be named: the rule is what stands there until then.
    void fileWanted(const desk::DecodingRule &rule);

private:
    void addChoices(QMenu &menu, MessagePart part);

    QString m_topic;
    DecodingSettings m_settings;
    QMenu *m_keys;
    QList<std::pair<MessagePart, QAction *>> m_choices; // data: the format
};

} // namespace desk
