// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/StreamLogSettings.h"

#include <QLocale>

namespace desk {
namespace {

Expected<> checkRange(qint64 value, qint64 least, qint64 most, const QString &sentence, const char *field)
{
    if (value >= least && value <= most)
        return {};
    QLocale locale = QLocale::c();
    locale.setNumberOptions(QLocale::DefaultNumberOptions); // "1,000"
    return failure(ErrorCode::InvalidValue, sentence.arg(locale.toString(least), locale.toString(most)), {},
                   QLatin1String(field));
}

} // namespace

Expected<> checkStreamLog(const StreamLogSettings &settings)
{
    using Settings = StreamLogSettings;
    if (const Expected<> rows = checkRange(settings.rows, Settings::LeastRows, Settings::MostRows,
                                           QStringLiteral("The stream keeps from %1 to %2 messages."),
                                           "rows");
        !rows)
        return rows;
    return checkRange(settings.mebibytes, Settings::LeastMebibytes, Settings::MostMebibytes,
                      QStringLiteral("The stream's messages take from %1 to %2 MiB of memory."), "mebibytes");
}

} // namespace desk
