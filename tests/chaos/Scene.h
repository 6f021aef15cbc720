// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/Checker.h"
#include "tests/chaos/Island.h"
#include "tests/chaos/Load.h"
#include "tests/chaos/Program.h"
#include "tests/chaos/Proxy.h"
#include "tests/chaos/Stack.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

namespace desk::chaos {

// What all faults together have done and seen.
struct Totals {
    int faults = 0;
    int kills = 0;
    int cuts = 0; // of networks, connections and servers
    qint64 changes = 0;
    qint64 events = 0;
    qint64 repeats = 0;
    qint64 inputs = 0;
    qint64 poison = 0;
};

// What the faults share: the servers, the network before them, the dice. Test thread.
struct World {
    Stack stack;
    std::unique_ptr<Proxy> brokerLine;
    std::unique_ptr<Proxy> databaseLine;
    quint32 seed = 0;
    QRandomGenerator random;
    int scenes = 0;
    bool isLong = false;  // faults strike often
    QDeadlineTimer share; // of the time, for the fault that is on
    Totals totals;
    QList<Finding> findings;

    // Empty, or why the servers do not start.
    [[nodiscard]] QString begin();
    // How much of something a fault takes.
    [[nodiscard]] int amount(int inShortRun, int inLongRun) const { return isLong ? inLongRun : inShortRun; }
    // Whether it strikes once more: as often as in a short run in any case, and in a long one as often as that says
    // while its share of the time lasts.
    [[nodiscard]] bool goesOn(int round, int inShortRun, int inLongRun) const
    {
        return round < inShortRun || (isLong && round < inLongRun && !share.hasExpired());
    }
};

// One fault's stage: a database, entities and topics of its own, the programs on it, and at the end the
// Checker's judgement on all of it. Test thread.
class Scene
{
public:
    enum class Way { Direct, ByProxies };
    struct Options {
        DatabaseKind kind = DatabaseKind::PostgreSql;
        Way way = Way::Direct;
        QMap<QString, QString> brokerProperties;
        QString sqliteFolder; // empty: a temporary one
    };

    Scene(World &world, const QString &name);
    Scene(World &world, const QString &name, const Options &options);
    ~Scene();

    // catalogctl on this database and these topics, with --json.
    [[nodiscard]] std::unique_ptr<Program> start(const QStringList &words,
                                                 const QMap<QString, QString> &environment = {}) const;
    [[nodiscard]] std::unique_ptr<Program> startRelay() const;
    [[nodiscard]] std::unique_ptr<Program> startIngest() const;
    // As from another computer, whose database is at the port of this one.
    [[nodiscard]] std::unique_ptr<Program> startRelayOn(const Island &island, quint16 port) const;
    // Kills it at a moment within so many milliseconds, and counts that.
    void kill(Program &program, int within);
    void countCut() { ++m_world.totals.cuts; }
    // Ends every connection to the PostgreSQL database but the one that looks on; how many there were.
    int cutConnections();
    // Lets the fault last, somewhere between the two.
    void pause(int least, int most);

    [[nodiscard]] QString topic(const QString &entity,
                                const QString &operation = QStringLiteral("update")) const;
    [[nodiscard]] Topics topics() const { return Topics(m_world.stack.brokers()); }
    [[nodiscard]] Database &database() { return *m_database; } // past any proxy
    [[nodiscard]] const DatabaseSettings &settings() const { return m_settings; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] Writers::Options writers() const;
    [[nodiscard]] Inputs::Options inputs() const;

    // The relay has come to the end of the journal.
    [[nodiscard]] bool isPublished() { return m_database->isPublished(); }
    // Everything on the article's topic has been read.
    [[nodiscard]] bool isTakenIn();

    // Messages that stood on a topic before it was deleted.
    void keep(const QList<Message> &messages) { m_kept = messages; }
    // Reads everything and judges; empty if all is well. Call when it has come to rest.
    [[nodiscard]] QString judge(const QList<Edit> &edits, const Inputs *inputs = nullptr);

private:
    void makeDatabase(const Options &options);
    void writeEntities() const;
    void writeWorkspace(const Options &options) const;
    [[nodiscard]] History history(const QList<Edit> &edits, const Inputs *inputs);

    World &m_world;
    QString m_name;
    QString m_prefix; // of its topics
    QElapsedTimer m_timer;
    Totals m_before;
    QTemporaryDir m_folder;
    DatabaseSettings m_settings;
    std::unique_ptr<Database> m_database;
    QProcessEnvironment m_environment;
    QList<Message> m_kept;
};

} // namespace desk::chaos

// Waits for it as long as a machine under load may need, and tells what the programs said if it never comes.
#define CHAOS_TRY(condition, program)                                                                        \
    do {                                                                                                     \
        const QDeadlineTimer deadline(300'000);                                                              \
        while (!(condition) && !deadline.hasExpired() && !(program).hasEnded())                              \
            QThread::msleep(100);                                                                            \
        QVERIFY2(condition, qPrintable((program).lastWords()));                                              \
    } while (false)

// The relay goes on by itself until everything is published, ends in order, and the Checker has no findings.
#define CHAOS_COMES_TO_REST(scene, writers, relay)                                                           \
    do {                                                                                                     \
        (writers).stop();                                                                                    \
        CHAOS_TRY((scene).isPublished(), *(relay));                                                          \
        QVERIFY2((relay)->stop() == 0, qPrintable((relay)->lastWords()));                                    \
        const QString findings = (scene).judge((writers).edits());                                           \
        QVERIFY2(findings.isEmpty(), qPrintable(findings));                                                  \
    } while (false)
