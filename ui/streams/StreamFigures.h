// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamSession.h"

#include <QLabel>
#include <QTimer>

namespace desk {

class FilteredMessageModel;
class MessageFilterField;

// What the live stream comes to, in one line: how fast messages come, how far reading has come, how many are found,
// kept and dropped; or what is wrong. Where there is little room the last of it goes first, and the tool tip has all.
// Looks twice a second while it is seen. GUI thread.
class StreamFigures : public QLabel
{
    Q_OBJECT

public:
    // All outlive this.
    StreamFigures(const StreamSession &session, const FilteredMessageModel &filtered, QWidget *parent);

    void setFilter(const MessageFilterField *filter) { m_filter = filter; }
    void setRates(double messages, double bytes); // of a second
    void refresh();
    [[nodiscard]] QString whole() const { return m_parts.join(QStringLiteral(" · ")); }

    QSize sizeHint() const override; // of all of it

Q_SIGNALS:
    void progressed(); // it looked again

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setParts(const QStringList &parts, const QString &details = {});
    void fit();
    [[nodiscard]] bool showProblem();
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QStringList findText() const;

    const StreamSession &m_session;
    const FilteredMessageModel &m_filtered;
    const MessageFilterField *m_filter = nullptr;
    double m_messages = 0;
    double m_bytes = 0;
    QStringList m_parts; // the most important first
    QString m_details;   // for the tool tip, in place of them; or empty
    QTimer m_timer;
};

} // namespace desk
