// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Command.h"

#include <algorithm>

namespace desk::ctl {

bool Command::hasOption(QStringView wanted) const
{
    return std::any_of(options.begin(), options.end(),
                       [wanted](const Option &option) { return option.name == wanted; });
}

QList<Command> allCommands()
{
    return schemaCommands() + readCommands() + editCommands() + transferCommands()
        + QList<Command>{historyCommand(), publishCommand(), relayCommand(),  refusedCommand(),
                         journalCommand(), ingestCommand(),  poisonCommand(), generateCommand(),
                         produceCommand(), consumeCommand(), topicsCommand()};
}

} // namespace desk::ctl
