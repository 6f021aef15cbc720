// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace desk::ctl {

// Writes metrics in Prometheus' text format, version 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats). A value; grows with every call.
class MetricsText
{
public:
    // A metric with one number.
    void counter(const char *name, const char *help, qint64 value);
    void gauge(const char *name, const char *help, qint64 value);
    void seconds(const char *name, const char *help, double value); // a gauge

    // A metric with several: begun once, then a number for each value of its label. What is said of a state is
    // written as a label: "broker away" becomes "broker_away".
    enum class Kind { Counter, Gauge };
    void begin(const char *name, Kind kind, const char *help);
    void add(const char *name, const char *label, const QString &value, qint64 number);

    [[nodiscard]] const QByteArray &bytes() const { return m_text; }

private:
    void single(const char *name, Kind kind, const char *help, const QByteArray &value);

    QByteArray m_text;
};

} // namespace desk::ctl
