// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "ui/shell/Theme.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace desk {

// What the command line of catalog-desk says. A value. Empty texts: not said.
struct DeskOptions {
    QString workspace;
    QString databaseUrl;
    QString brokers;
    QString registryUrl;
    QString entityFolder;
    QString environmentFile;
    std::optional<Theme::Mode> theme;
    QString page;          // id of the page to open on: an entity's name, "topics", "journal"
    QString screenshot;    // file to draw the window into
    QString screenshotSet; // folder to draw the documentation's pictures into
    QSize size{1280, 800};

    [[nodiscard]] bool drawsOnly() const { return !screenshot.isEmpty() || !screenshotSet.isEmpty(); }
};

struct CommandLineAnswer {
    DeskOptions options;
    QString output; // --help, --version: to be printed, then exit
};

// InvalidValue with a sentence for wrong use. `arguments` begin with the program's name.
[[nodiscard]] Expected<CommandLineAnswer> readDeskOptions(const QStringList &arguments);

} // namespace desk
