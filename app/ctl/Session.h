// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"
#include "app/ctl/CommandLine.h"
#include "app/ctl/Output.h"
#include "kafka/EmbeddedBroker.h"
#include "models/store/Store.h"

namespace desk::ctl {

// One run of one command: its words, where it prints, and the entities, database and brokers it works on,
// each opened when first asked for. Main thread.
class Session
{
public:
    Session(const Command &command, const CommandLine &line, Output &output);
    ~Session();

    // Reads the settings and the entities; a command is run only after this.
    [[nodiscard]] Expected<> begin();

    [[nodiscard]] QString argument(int index) const { return m_line.arguments.value(index); }
    [[nodiscard]] QStringList argumentsFrom(int index) const { return m_line.arguments.mid(index); }
    [[nodiscard]] bool isSet(const char *option) const { return m_line.isSet(QLatin1String(option)); }
    [[nodiscard]] QString value(const char *option) const { return m_line.value(QLatin1String(option)); }
    [[nodiscard]] QStringList values(const char *option) const
    {
        return m_line.options.value(QLatin1String(option));
    }

    [[nodiscard]] Output &output() { return m_output; }
    [[nodiscard]] const Workspace &workspace() const { return m_workspace; }
    [[nodiscard]] const std::shared_ptr<const EntityCatalog> &catalog() const { return m_catalog; }
    [[nodiscard]] Expected<const EntityType *> entity(const QString &name) const;
    // The operator's name, for the journal.
    [[nodiscard]] QString author() const;

    // The database, opened and its tables ready. Asks for a password once if it is refused without one.
    [[nodiscard]] Expected<Store *> store();
    // Opens a store of the same database anew, after the last one has lost its connection.
    [[nodiscard]] Expected<Store *> reopenStore();
    // How to reach the brokers; starts the embedded one.
    [[nodiscard]] Expected<BrokerSettings> brokers();
    // The same, for what leaves something there, be it a consumer group; see mayWriteTo().
    [[nodiscard]] Expected<BrokerSettings> writableBrokers();

    // Print why and return the exit code.
    ExitCode fail(const Error &error);
    // The same of what has to be there before the command can begin: WrongSettings if it is a service, and no
    // repetition makes that right.
    ExitCode failToStart(const Error &error);
    ExitCode misuse(const QString &sentence);

private:
    [[nodiscard]] Expected<> open();

    const Command &m_command;
    const CommandLine &m_line;
    Output &m_output;
    Workspace m_workspace;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<EmbeddedBroker> m_broker;
};

// Why nothing is published to the embedded broker from here: it would end with the command, and what counts
// as published would be gone.
inline const QString withinWindowOnly = QStringLiteral(
    "The embedded broker lives only within the window; from here, give --brokers HOST:PORT.");
// Why a service refuses the catalog that is there when none was named: a forgotten setting must not look healthy.
inline const QString sampleIsForTryingOut = QStringLiteral(
    "Name the database (--database, --workspace or DATABASE_URL): the sample catalog is for trying out.");

// A whole number from `least` on, or empty.
[[nodiscard]] std::optional<qint64> wholeNumber(const QString &text, qint64 least);

} // namespace desk::ctl
