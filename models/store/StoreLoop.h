// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace desk {

// Keeps work on a database going on a thread of its own: opens a store there, runs the work with it, and when
// that fails opens the database again after a pause that grows from half a second to ten. The callbacks run on
// that thread. Made, started and ended on one thread; wake() may be called from any.
class StoreLoop
{
public:
    using Opener = std::function<Expected<std::unique_ptr<Store>>()>;
    // Ends well when it is stopped; fails when the store does.
    using Work = std::function<Expected<>(Store &store, const std::stop_token &stop)>;
    using Away = std::function<void(const Error &error)>;

    StoreLoop(Opener opener, Work work, Away away);
    ~StoreLoop(); // asks the work to stop, cancels the call that runs and waits
    StoreLoop(const StoreLoop &) = delete;
    StoreLoop &operator=(const StoreLoop &) = delete;

    void start();
    void wake(); // ends a pause

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
