// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamSettings.h"

#include <QSplitter>

namespace desk {

class StreamCharts;

// The stream's messages and, when they are wanted, its charts above them. Where there is no room for both, in the dock
// below a page, the charts stand in the messages' place. Remembers with the workspace whether they are wanted.
// GUI thread.
class StreamBody : public QSplitter
{
    Q_OBJECT

public:
    // Both become its children.
    StreamBody(StreamCharts *charts, QWidget *messages, QWidget *parent);

    // Takes up what was wanted before in this workspace. An empty file keeps nothing.
    void keepIn(const StreamSettings &settings);
    [[nodiscard]] bool areChartsShown() const { return m_areChartsShown; }
    void setChartsShown(bool areShown);

Q_SIGNALS:
    void chartsShownChanged(bool areShown);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void share();
    void keep() const;

    StreamCharts *m_charts;
    QWidget *m_messages;
    bool m_areChartsShown = false;
    StreamSettings m_settings;
};

} // namespace desk
