// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/MessageText.h"

#include "app/ctl/RecordText.h"

namespace desk::ctl {

QString MessageText::line(const StreamMessage &message)
{
    const DecodedMessage decoded = m_json.decode(message);
    QStringList parts{
        MessageJson::timeText(message),
        QStringLiteral("%1/%2@%3").arg(message.topic).arg(message.partition).arg(message.offset),
        message.hasKey ? visible(MessageJson::keyText(message, decoded)) : QStringLiteral("-"),
        decoded.operation.isEmpty() ? QStringLiteral("-") : decoded.operation, visible(decoded.summary)};
    if (!decoded.problem.isEmpty())
        parts.append(QStringLiteral("(%1)").arg(visible(decoded.problem)));
    return parts.join(QLatin1String("  "));
}

} // namespace desk::ctl
