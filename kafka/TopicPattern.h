// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRegularExpression>

namespace desk {

// The topics whose whole name a regular expression (PCRE) matches. Internal ones (they begin with two underscores) only
// if the expression begins so itself. Empty, or not to be read: none. A value.
class TopicPattern
{
public:
    explicit TopicPattern(const QString &pattern)
        : m_expression(QRegularExpression::anchoredPattern(pattern))
        , m_isEmpty(pattern.isEmpty() || !m_expression.isValid())
        , m_takesInternal(pattern.startsWith(QLatin1String("__")))
    { }

    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }
    [[nodiscard]] bool matches(const QByteArray &topic) const
    {
        return !m_isEmpty && (m_takesInternal || !topic.startsWith("__"))
            && m_expression.match(QString::fromUtf8(topic)).hasMatch();
    }

private:
    QRegularExpression m_expression;
    bool m_isEmpty;
    bool m_takesInternal;
};

} // namespace desk
