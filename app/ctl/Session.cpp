// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"

#include "app/ctl/Connections.h"
#include "app/ctl/Password.h"

#include <pwd.h>
#include <unistd.h>

namespace desk::ctl {
namespace {

// Names, passwords, rights and files, as against what may be otherwise the next time (a server that answers with
// something unheard of).
bool isForOperatorToMend(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::Unauthorised:
    case ErrorCode::NoAccess:
    case ErrorCode::NotSupported:
    case ErrorCode::InvalidValue:
    case ErrorCode::Format:
        return true;
    default:
        return false;
    }
}

} // namespace

Session::Session(const Command &command, const CommandLine &line, Output &output)
    : m_command(command)
    , m_line(line)
    , m_output(output)
{ }

Session::~Session() = default;

Expected<> Session::begin()
{
    Expected<Workspace> workspace = workspaceFor(m_line);
    if (!workspace)
        return tl::make_unexpected(workspace.error());
    m_workspace = *std::move(workspace);
    m_catalog = EntityCatalog::load(m_workspace.entityFolder, m_workspace.decoding.sensitiveNames);
    for (const SchemaProblem &problem : m_catalog->problems())
        m_output.plainProblem(problem.toText());
    return {};
}

Expected<const EntityType *> Session::entity(const QString &name) const
{
    if (const EntityType *exact = m_catalog->find(name.toLower()))
        return exact;
    return m_catalog->require(name);
}

QString Session::author() const
{
    for (const char *variable : {"LOGNAME", "USER"}) {
        if (const QString name = qEnvironmentVariable(variable); !name.isEmpty())
            return name;
    }
    const passwd *user = getpwuid(geteuid());
    return user ? QString::fromLocal8Bit(user->pw_name) : QStringLiteral("catalogctl");
}

Expected<> Session::open()
{
    Expected<std::unique_ptr<Store>> store = openStore(m_workspace.database, m_catalog);
    if (!store)
        return tl::make_unexpected(store.error());
    if (const Expected<> migrated = (*store)->migrate(); !migrated) {
        // The entities that fit can be worked with all the same.
        if (migrated.error().code != ErrorCode::RefusedMigration)
            return migrated;
        m_output.problem(migrated.error().sentence);
    }
    m_store = *std::move(store);
    return {};
}

Expected<Store *> Session::store()
{
    return m_store ? m_store.get() : reopenStore();
}

Expected<Store *> Session::reopenStore()
{
    m_store.reset();
    Expected<> opened = open();
    if (!opened && opened.error().code == ErrorCode::Unauthorised
        && m_workspace.database.kind == DatabaseKind::PostgreSql && m_workspace.database.password.isEmpty()) {
        const std::optional<QString> password = askPassword(
            QStringLiteral("Password for %1").arg(m_workspace.database.toText()));
        if (!password) {
            return failure(ErrorCode::Unauthorised,
                           opened.error().sentence
                               + QStringLiteral(" No password was given: set DATABASE_PASSWORD."),
                           opened.error().detail);
        }
        m_workspace.database.password = *password;
        opened = open();
    }
    if (!opened)
        return tl::make_unexpected(opened.error());
    return m_store.get();
}

Expected<BrokerSettings> Session::writableBrokers()
{
    if (const Expected<> allowed = mayWriteTo(m_workspace.brokers); !allowed)
        return tl::make_unexpected(allowed.error());
    return brokers();
}

Expected<BrokerSettings> Session::brokers()
{
    if (!m_workspace.brokers.isConfigured()) {
        return failure(
            ErrorCode::NotFound,
            QStringLiteral("No brokers are set. Give --brokers HOST:PORT or set BOOTSTRAP_SERVERS."));
    }
    if (m_workspace.brokers.embedded) {
        if (!m_broker) {
            Expected<std::unique_ptr<EmbeddedBroker>> broker = EmbeddedBroker::start(
                m_workspace.brokers.partitions);
            if (!broker)
                return tl::make_unexpected(broker.error());
            m_broker = *std::move(broker);
        }
        return m_broker->settings(m_workspace.brokers);
    }
    BrokerSettings &brokers = m_workspace.brokers;
    const bool needsPassword = !brokers.saslUser.isEmpty() && brokers.saslPassword.isEmpty()
        && !brokers.saslMechanism.startsWith(QLatin1String("OAUTH"));
    if (needsPassword) {
        const std::optional<QString> password = askPassword(
            QStringLiteral("Password for %1 at the brokers").arg(brokers.saslUser));
        if (!password) {
            return failure(ErrorCode::Unauthorised,
                           QStringLiteral("The brokers need a password for %1. Set SASL_PASSWORD.")
                               .arg(brokers.saslUser));
        }
        brokers.saslPassword = *password;
    }
    return brokers;
}

ExitCode Session::fail(const Error &error)
{
    m_output.problem(error.sentence);
    if (isSet("verbose") && !error.detail.isEmpty())
        m_output.problem(error.detail);
    return ExitCode::Failed;
}

ExitCode Session::failToStart(const Error &error)
{
    const ExitCode code = fail(error);
    const bool isService = m_command.runs == Command::Runs::AsService && !isSet("once");
    return isService && isForOperatorToMend(error) ? ExitCode::WrongSettings : code;
}

ExitCode Session::misuse(const QString &sentence)
{
    m_output.problem(QStringLiteral("%1 See \"catalogctl %2 --help\".").arg(sentence, m_command.name));
    return ExitCode::WrongUse;
}

std::optional<qint64> wholeNumber(const QString &text, qint64 least)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < least)
        return {};
    return number;
}

} // namespace desk::ctl
