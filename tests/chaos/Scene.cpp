// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Scene.h"

#include "models/workspace/WorkspaceRepository.h"

#include <QDir>

namespace desk::chaos {
namespace {

constexpr int Partitions = 4;

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written.", qPrintable(path));
}

} // namespace

QString World::begin()
{
    const QString missing = stack.begin();
    if (!missing.isEmpty())
        return missing;
    const DatabaseSettings server = stack.database();
    brokerLine = std::make_unique<Proxy>(stack.brokerProxy(), stack.brokerBehindProxy());
    databaseLine = std::make_unique<Proxy>(QStringLiteral("127.0.0.1:0"),
                                           QStringLiteral("%1:%2").arg(server.host).arg(server.port));
    return {};
}

Scene::Scene(World &world, const QString &name) : Scene(world, name, Options{}) { }

Scene::Scene(World &world, const QString &name, const Options &options)
    : m_world(world)
    , m_name(name)
    , m_prefix(QStringLiteral("scene%1").arg(++world.scenes))
    , m_before(world.totals)
    , m_folder(world.stack.folder() + QStringLiteral("/scene-XXXXXX"))
{
    m_timer.start();
    makeDatabase(options);
    QDir(m_folder.path()).mkdir(QStringLiteral("entities"));
    writeEntities();
    writeWorkspace(options);
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name == QLatin1String("PATH") || name == QLatin1String("HOME")
            || name.startsWith(QLatin1String("LC_")) || name.endsWith(QLatin1String("SAN_OPTIONS")))
            m_environment.insert(name, qEnvironmentVariable(name.toLocal8Bit().constData()));
    }
    m_environment.insert(QStringLiteral("CATALOG_DESK_HOME"), m_folder.filePath(QStringLiteral("home")));
    m_environment.insert(QStringLiteral("LOGNAME"), QStringLiteral("chaos"));
    m_environment.insert(QStringLiteral("DATABASE_PASSWORD"), m_settings.password);
    const auto migration = start({QStringLiteral("migrate")});
    if (migration->wait() != 0)
        qFatal("%s", qPrintable(migration->lastWords()));
    // The broker's own clock, so that a record's events can be put in order over topics.
    for (const char *operation : {"add", "update", "delete"})
        topics().create(topic(QStringLiteral("parcel"), QLatin1String(operation)), Partitions,
                        {{QStringLiteral("message.timestamp.type"), QStringLiteral("LogAppendTime")}});
}

Scene::~Scene()
{
    m_database.reset();
    m_world.brokerLine->set(Proxy::Line::Open);
    m_world.databaseLine->set(Proxy::Line::Open);
    if (m_settings.kind == DatabaseKind::PostgreSql) {
        Database server(m_world.stack.database());
        static_cast<void>(server.open());
        static_cast<void>(
            server.exec(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_settings.name)));
    }
    Totals &totals = m_world.totals;
    ++totals.faults;
    // Not through Qt's log, which Qt Test silences.
    fprintf(stderr,
            "chaos: %-52s %6.1f s %4d kills %3d cuts %7lld changes %7lld events (%lld repeated) %7lld inputs "
            "(%lld poison)\n",
            qPrintable(m_name), double(m_timer.elapsed()) / 1000, totals.kills - m_before.kills,
            totals.cuts - m_before.cuts, totals.changes - m_before.changes, totals.events - m_before.events,
            totals.repeats - m_before.repeats, totals.inputs - m_before.inputs,
            totals.poison - m_before.poison);
}

void Scene::makeDatabase(const Options &options)
{
    if (options.kind == DatabaseKind::Sqlite) {
        const QString folder = options.sqliteFolder.isEmpty() ? m_folder.path() : options.sqliteFolder;
        m_settings.kind = DatabaseKind::Sqlite;
        m_settings.path = folder + QStringLiteral("/catalog.sqlite");
    } else {
        Database server(m_world.stack.database());
        m_settings = m_world.stack.database();
        m_settings.name = QStringLiteral("chaos_") + m_prefix;
        if (!server.open() || !server.exec(QStringLiteral("CREATE DATABASE ") + m_settings.name))
            qFatal("%s", qPrintable(server.lastError()));
    }
    m_database = std::make_unique<Database>(m_settings);
}

// One topic for all verbs, a topic per verb, and one for a schema registry.
void Scene::writeEntities() const
{
    const QByteArray prefix = m_prefix.toUtf8();
    const auto write = [&](const QByteArray &name, const QByteArray &options) {
        writeFile(
            m_folder.filePath(QStringLiteral("entities/%1.proto").arg(QString::fromLatin1(name).toLower())),
            "syntax = \"proto3\";\npackage chaos;\nimport \"catalog/options.proto\";\nmessage " + name
                + " {\n  option (catalog.entity) = { " + options
                + " };\n"
                  "  int32 id = 1;\n"
                  "  string name = 2 [(catalog.column) = { required: true, max_len: 200 }];\n"
                  "  int32 stock = 3;\n"
                  "  string note = 4;\n}\n");
    };
    write("Article", "plural: \"Articles\" topics: { all: \"" + prefix + "-articles\" }");
    write("Parcel", "plural: \"Parcels\" topics: { prefix: \"" + prefix + "-parcels\" }");
    write("Invoice", "plural: \"Invoices\" framing: CONFLUENT topics: { all: \"" + prefix + "-invoices\" }");
}

void Scene::writeWorkspace(const Options &options) const
{
    Workspace workspace;
    workspace.name = QStringLiteral("chaos");
    workspace.database = m_settings;
    workspace.brokers.bootstrapServers = m_world.stack.brokers();
    if (options.way == Way::ByProxies) {
        workspace.brokers.bootstrapServers = m_world.stack.brokerProxy();
        workspace.database.port = m_world.databaseLine->port();
    }
    workspace.brokers.registryUrl = m_world.stack.registryUrl();
    workspace.brokers.partitions = Partitions;
    workspace.brokers.properties = options.brokerProperties;
    workspace.entityFolder = m_folder.filePath(QStringLiteral("entities"));
    WorkspaceRepository repository(m_folder.filePath(QStringLiteral("home/config")),
                                   m_folder.filePath(QStringLiteral("home/data")));
    if (const Expected<> saved = repository.save(workspace); !saved)
        qFatal("%s", qPrintable(saved.error().sentence));
}

std::unique_ptr<Program> Scene::start(const QStringList &words, const QMap<QString, QString> &more) const
{
    QProcessEnvironment environment = m_environment;
    for (auto variable = more.cbegin(); variable != more.cend(); ++variable)
        environment.insert(variable.key(), *variable);
    return std::make_unique<Program>(
        QStringList{QStringLiteral("--workspace"), QStringLiteral("chaos"), QStringLiteral("--json")} + words,
        environment);
}

std::unique_ptr<Program> Scene::startRelay() const
{
    return start({QStringLiteral("relay")});
}

std::unique_ptr<Program> Scene::startRelayOn(const Island &island, quint16 port) const
{
    const QString url = QStringLiteral("postgresql://%1@%2:%3/%4?sslmode=disable")
                            .arg(m_settings.user, island.address())
                            .arg(port)
                            .arg(m_settings.name);
    return std::make_unique<Program>(
        QStringList{"--workspace", "chaos", "--json", "--database", url, "relay"}, m_environment,
        island.prefix());
}

std::unique_ptr<Program> Scene::startIngest() const
{
    return start({QStringLiteral("ingest")});
}

void Scene::kill(Program &program, int within)
{
    if (!program.endsWithin(m_world.random.bounded(within + 1)) && program.kill())
        ++m_world.totals.kills;
}

int Scene::cutConnections()
{
    countCut();
    return m_database
        ->value(
            QStringLiteral("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
                           "current_database() AND pid <> pg_backend_pid()"))
        .toInt();
}

void Scene::pause(int least, int most)
{
    QThread::msleep(ulong(m_world.random.bounded(least, most + 1)));
}

QString Scene::topic(const QString &entity, const QString &operation) const
{
    if (entity == QLatin1String("parcel"))
        return QStringLiteral("%1-parcels_%2").arg(m_prefix, operation);
    return QStringLiteral("%1-%2s").arg(m_prefix, entity);
}

Writers::Options Scene::writers() const
{
    Writers::Options options;
    options.database = m_settings;
    options.tag = m_prefix;
    options.seed = m_world.random.generate();
    return options;
}

Inputs::Options Scene::inputs() const
{
    Inputs::Options options;
    options.brokers = m_world.stack.brokers();
    options.topic = topic(QStringLiteral("article"));
    options.tag = m_prefix;
    options.seed = m_world.random.generate();
    return options;
}

bool Scene::isTakenIn()
{
    const QString name = topic(QStringLiteral("article"));
    const auto positions = m_database->positions();
    const auto ends = topics().ends(name);
    for (auto end = ends.cbegin(); end != ends.cend(); ++end) {
        if (positions.value({name, end.key()}) < *end)
            return false;
    }
    return !ends.isEmpty();
}

History Scene::history(const QList<Edit> &edits, const Inputs *inputs)
{
    History history;
    history.databaseId = m_database->id();
    history.edits = edits;
    history.journal = m_database->journal();
    history.refused = m_database->refused();
    history.poison = m_database->poison();
    for (const QString entity : {"article", "parcel", "invoice"}) {
        Contract &contract = history.contracts[entity];
        contract.isFramed = entity == QLatin1String("invoice");
        for (const QString operation : {"add", "update", "delete"})
            contract.topics[operation] = topic(entity, operation);
        history.rows += m_database->records(entity);
        QStringList names = contract.topics.values();
        names.removeDuplicates();
        for (const QString &name : names) {
            for (const Message &message : m_kept + topics().read(name)) {
                if (message.topic == name)
                    history.published.append(message);
            }
        }
    }
    if (inputs) {
        for (const Message &message : std::as_const(history.published)) {
            if (message.headers.contains("origin"))
                continue;
            history.inputs.append(message);
            if (message.value && inputs->spoiled().contains(*message.value))
                history.spoiledInputs.insert({message.topic, message.partition, message.offset});
        }
    }
    return history;
}

QString Scene::judge(const QList<Edit> &edits, const Inputs *inputs)
{
    const History seen = history(edits, inputs);
    const QList<Finding> findings = check(seen);
    Totals &totals = m_world.totals;
    QSet<QByteArray> events;
    for (const Message &message : seen.published) {
        if (!message.headers.contains("origin"))
            continue;
        ++totals.events;
        events.insert(message.headers["id"]);
    }
    totals.changes += seen.journal.size();
    totals.repeats += totals.events - m_before.events - events.size();
    totals.inputs += seen.inputs.size();
    totals.poison += qint64(seen.poison.size());
    m_world.findings += findings;
    if (seen.journal.isEmpty())
        return QStringLiteral("Nothing has been changed: this proves nothing.");
    const QString text = toText(findings);
    if (!text.isEmpty())
        fprintf(stderr, "chaos: %s: %s\n", qPrintable(m_name), qPrintable(text)); // Qt Test cuts it off
    return text;
}

} // namespace desk::chaos
