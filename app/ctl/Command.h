// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace desk::ctl {

class Session;

// What a program run ends with; scripts rely on the numbers.
enum class ExitCode {
    Done = 0,
    Failed = 1,   // a sentence on stderr says why
    WrongUse = 2, // so does this one, and names the help
    // A service cannot begin with these settings, however often it is started: EX_CONFIG of sysexits.h, which
    // service managers know, and far from the small numbers that tools use for their own.
    WrongSettings = 78,
};

// An option on the command line. Without a value name it is a switch.
struct Option {
    QString name;
    QString value;
    QString description;
};

// One command of catalogctl: what it is called, what it takes, and the function that does it. A value;
// each group of commands has a file of its own that ends with the function which makes them.
struct Command {
    QString name;
    QString arguments; // "ENTITY ID COLUMN=VALUE…"
    QString summary;   // one line, for the list of commands
    QString details;   // further help, or empty
    QList<Option> options;
    int minimumArguments = 0;
    int maximumArguments = 0; // -1: any number
    ExitCode (*run)(Session &) = nullptr;
    enum class Runs { ToItsEnd, AsService }; // as a service: without --once, until it is stopped
    Runs runs = Runs::ToItsEnd;

    [[nodiscard]] bool hasOption(QStringView name) const;
};

[[nodiscard]] QList<Command> schemaCommands();   // migrate, entities
[[nodiscard]] QList<Command> readCommands();     // list, get
[[nodiscard]] QList<Command> editCommands();     // add, set, delete
[[nodiscard]] QList<Command> transferCommands(); // import, export
[[nodiscard]] Command historyCommand();
[[nodiscard]] Command publishCommand();
[[nodiscard]] Command relayCommand();
[[nodiscard]] Command refusedCommand();
[[nodiscard]] Command journalCommand();
[[nodiscard]] Command ingestCommand();
[[nodiscard]] Command poisonCommand();
[[nodiscard]] Command generateCommand();
[[nodiscard]] Command produceCommand();
[[nodiscard]] Command consumeCommand();
[[nodiscard]] Command topicsCommand();

// All of them, in the order the help lists them.
[[nodiscard]] QList<Command> allCommands();

} // namespace desk::ctl
