// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/MetricsText.h"

namespace desk::ctl {

void MetricsText::counter(const char *name, const char *help, qint64 value)
{
    single(name, Kind::Counter, help, QByteArray::number(value));
}

void MetricsText::gauge(const char *name, const char *help, qint64 value)
{
    single(name, Kind::Gauge, help, QByteArray::number(value));
}

void MetricsText::seconds(const char *name, const char *help, double value)
{
    single(name, Kind::Gauge, help, QByteArray::number(value, 'f', 3));
}

void MetricsText::begin(const char *name, Kind kind, const char *help)
{
    m_text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' '
        + (kind == Kind::Counter ? "counter" : "gauge") + '\n';
}

void MetricsText::add(const char *name, const char *label, const QString &value, qint64 number)
{
    m_text += QByteArray(name) + '{' + label + "=\"" + QString(value).replace(u' ', u'_').toLatin1() + "\"} "
        + QByteArray::number(number) + '\n';
}

void MetricsText::single(const char *name, Kind kind, const char *help, const QByteArray &value)
{
    begin(name, kind, help);
    m_text += QByteArray(name) + ' ' + value + '\n';
}

} // namespace desk::ctl
