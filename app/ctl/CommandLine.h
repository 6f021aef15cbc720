// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"

#include <QHash>
#include <QStringList>

#include <tl/expected.hpp>

namespace desk::ctl {

// The command line, taken apart: options may stand anywhere, before the command and after it. A value.
struct CommandLine {
    QString command; // empty: none was given
    QStringList arguments;
    QHash<QString, QStringList> options; // by name; switches have one empty value
    bool wantsHelp = false;
    bool wantsVersion = false;

    [[nodiscard]] bool isSet(const QString &option) const { return options.contains(option); }
    [[nodiscard]] QString value(const QString &option) const { return options.value(option).value(0); }
};

// Reads the words after the program's name. Fails with a sentence when they are no use of any command.
[[nodiscard]] tl::expected<CommandLine, QString> readCommandLine(const QStringList &words,
                                                                 const QList<Command> &commands);

// "catalogctl --help" and "catalogctl COMMAND --help".
[[nodiscard]] QString generalHelp(const QList<Command> &commands);
[[nodiscard]] QString helpFor(const Command &command);

} // namespace desk::ctl
