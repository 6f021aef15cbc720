// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamBody.h"

#include "ui/streams/StreamCharts.h"

#include <QApplication>

namespace desk {
namespace {

constexpr int HighEnoughForBoth = 340; // pixels
constexpr int ChartsHeight = 200;      // to begin with

const char *const ChartsKey = "charts";
const char *const MinutesKey = "chartMinutes";

} // namespace

StreamBody::StreamBody(StreamCharts *charts, QWidget *messages, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
    , m_charts(charts)
    , m_messages(messages)
{
    addWidget(charts);
    addWidget(messages);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    setChildrenCollapsible(false);
    setSizes({ChartsHeight, 1000});
    charts->hide();
    setFocusProxy(messages);
    connect(charts, &StreamCharts::minutesChanged, this, &StreamBody::keep);
}

void StreamBody::keepIn(const StreamSettings &settings)
{
    m_settings = settings;
    // Both are read before either is set, which keeps them.
    const int minutes = settings.value(MinutesKey, m_charts->minutes()).toInt();
    const bool areShown = settings.value(ChartsKey, false).toBool();
    m_charts->setMinutes(minutes);
    setChartsShown(areShown);
}

void StreamBody::keep() const
{
    m_settings.setValue(ChartsKey, m_areChartsShown);
    m_settings.setValue(MinutesKey, m_charts->minutes());
}

void StreamBody::setChartsShown(bool areShown)
{
    if (areShown == m_areChartsShown)
        return;
    m_areChartsShown = areShown;
    share();
    keep();
    Q_EMIT chartsShownChanged(areShown);
}

void StreamBody::share()
{
    const bool hasFocus = m_messages->isAncestorOf(QApplication::focusWidget())
        || m_charts->isAncestorOf(QApplication::focusWidget());
    m_charts->setVisible(m_areChartsShown);
    m_messages->setVisible(!m_areChartsShown || height() >= HighEnoughForBoth);
    setFocusProxy(m_messages->isHidden() ? m_charts : m_messages);
    // The focus does not leave the stream with what is hidden.
    if (hasFocus && (QApplication::focusWidget() == nullptr || !isAncestorOf(QApplication::focusWidget())))
        setFocus(Qt::OtherFocusReason);
}

void StreamBody::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (m_areChartsShown && m_messages->isHidden() != (height() < HighEnoughForBoth))
        share();
}

} // namespace desk
