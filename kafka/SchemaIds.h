// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/SchemaRegistry.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace desk {

// The ids of schemas for somebody who must not wait for a registry: asked for on a thread of its own, which
// begins with the first question. A registry that is away, or wants a password, is asked again after pauses
// that grow from half a second to ten; one that refused the schema, after a minute. Without a registry every
// schema is refused. Owned by the one that asks.
class SchemaIds
{
public:
    // `onAnswer` is called on the other thread after each answer of the registry.
    SchemaIds(const BrokerSettings &settings, std::function<void()> onAnswer);
    ~SchemaIds(); // within a tenth of a second, whatever the registry does

    struct Answer {
        enum class Kind {
            Known,
            Waiting, // `error` says why; its sentence is empty until the registry has been asked once
            Refused, // for good as things stand: `error` says why
        };
        Kind kind = Kind::Waiting;
        qint32 id = 0;
        Error error;
    };
    // What is known at this moment. Asks the registry if it is time to. Never blocks.
    [[nodiscard]] Answer find(const std::shared_ptr<const WireSchema> &schema);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        Answer answer;
        bool isAsked = false; // a question is waiting or under way
        int failures = 0;
        Clock::time_point askAgainAt;
    };
    using Schema = std::shared_ptr<const WireSchema>;

    void work();
    [[nodiscard]] static Answer answerFrom(const Expected<qint32> &id);

    BrokerSettings m_settings;
    std::function<void()> m_onAnswer;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unordered_map<Schema, Entry> m_entries;
    std::deque<Schema> m_questions;
    bool m_isStopping = false;
    SchemaRegistry *m_registry = nullptr; // on the thread's stack while it runs
    std::jthread m_thread;
};

} // namespace desk
