// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/CompiledSchema.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <variant>

namespace desk {

// What a registry keeps the schemas of a topic's keys or values under: "orders-value". A value.
struct SchemaSubject {
    QString name;

    friend bool operator==(const SchemaSubject &, const SchemaSubject &) = default;
};

} // namespace desk

template <>
struct std::hash<desk::SchemaSubject> {
    size_t operator()(const desk::SchemaSubject &subject) const noexcept { return qHash(subject.name, 1); }
};

namespace desk {

// The schemas by which messages are read and made, for somebody who must not wait: fetched from a registry by their
// ids or as the latest of a subject (with what they refer to), or loaded from files, and compiled, on a thread of its
// own that begins with the first question. What is known stays known, but for which schema is a subject's latest:
// that is asked again after a minute, when somebody asks. A registry that is away is asked again by itself, after pauses
// that grow from half a second to ten; one that does not have a schema, after a minute, when somebody asks.
// Shared by all decoders of a window; any thread.
class SchemaLibrary
{
public:
    explicit SchemaLibrary(const BrokerSettings &settings);
    ~SchemaLibrary(); // within a tenth of a second, whatever the registry does
    SchemaLibrary(const SchemaLibrary &) = delete;
    SchemaLibrary &operator=(const SchemaLibrary &) = delete;

    struct Answer {
        enum class Kind { Known, Waiting, Failed };
        Kind kind = Kind::Waiting;
        std::shared_ptr<const CompiledSchema> schema; // Known
        Error error;                                  // Failed
        qint32 id = -1;                               // Known, from a registry
    };
    [[nodiscard]] bool hasRegistry() const { return !m_settings.registryUrl.isEmpty(); }
    // What is known at this moment; asks if it is time to. Never blocks.
    [[nodiscard]] Answer findById(qint32 id) { return find(id); }
    // The latest version of a subject.
    [[nodiscard]] Answer findLatest(const QString &subject) { return find(SchemaSubject{subject}); }
    // A .proto file, or a folder of them.
    [[nodiscard]] Answer findFile(const QString &path) { return find(path); }

    // Calls `onChange`, on the other thread, after each answer that changed something. One watcher per `owner`;
    // after forgetWatcher() it is not called any more.
    void watch(const void *owner, std::function<void()> onChange);
    void forgetWatcher(const void *owner);

private:
    using Clock = std::chrono::steady_clock;
    using Question = std::variant<qint32, QString, SchemaSubject>;
    struct Found {
        std::shared_ptr<const CompiledSchema> schema;
        qint32 id = -1;
    };
    struct Entry {
        Answer answer;
        bool isAsked = false; // waits, or is under way
        bool asksItself = false;
        int failures = 0;
        Clock::time_point askAgainAt;
    };

    [[nodiscard]] Answer find(const Question &question);
    void ask(const Question &question, Entry &entry);
    void askWhatIsDue();
    [[nodiscard]] Clock::time_point nextDue() const;
    void work();
    [[nodiscard]] static Expected<Found> answerTo(const Question &question, SchemaRegistry &registry);
    static void settle(Entry &entry, const Expected<Found> &answer);

    BrokerSettings m_settings;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unordered_map<Question, Entry> m_entries;
    std::deque<Question> m_questions;
    bool m_isStopping = false;
    SchemaRegistry *m_registry = nullptr; // on the thread's stack while it runs
    std::mutex m_watchersMutex;           // never taken with m_mutex held
    QHash<const void *, std::function<void()>> m_watchers;
    std::jthread m_thread;
};

} // namespace desk
