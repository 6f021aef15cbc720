// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamProgressText.h"

#include <QCoreApplication>

namespace desk {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StreamProgress)
};

} // namespace

QString progressText(const StreamProgress &progress)
{
    const int all = progress.partitions + progress.waiting;
    QString text = all == 1 ? Words::tr("%1 of 1 partition at its end").arg(progress.atEnd)
                            : Words::tr("%1 of %2 partitions at their end").arg(progress.atEnd).arg(all);
    if (progress.wanted > 0)
        text = Words::tr("%1, %2 %").arg(text).arg(progress.percent());
    if (progress.waiting > 0)
        text = progress.waiting == 1 ? Words::tr("%1, 1 waits").arg(text)
                                     : Words::tr("%1, %2 wait").arg(text).arg(progress.waiting);
    return text;
}

} // namespace desk
