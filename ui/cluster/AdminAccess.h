// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrent>

#include <memory>

namespace desk {

// A page's way to one of the blocking classes that administer the cluster (TopicAdmin, TopicDetails,
// GroupAdmin): keeps one and its connection open, and runs its calls one after the other on a thread of its own.
// Goes without waiting for a broker that does not answer. GUI thread.
template <typename Admin>
class AdminAccess
{
public:
    explicit AdminAccess(const BrokerSettings &brokers)
        : m_shared(std::make_shared<Shared>(Shared{brokers, nullptr}))
        , m_pool(std::make_shared<QThreadPool>())
    {
        m_pool->setMaxThreadCount(1);
        m_pool->setExpiryTimeout(-1);
    }
    ~AdminAccess()
    {
        m_pool->clear();
        // The client ends where it worked, which may take a moment.
        m_pool->start([shared = std::move(m_shared)]() mutable { shared.reset(); });
        if (m_pool->waitForDone(Patience))
            return;
        // The program waits for this pool before it ends.
        QThreadPool::globalInstance()->start([pool = std::move(m_pool)] { pool->waitForDone(); });
    }
    AdminAccess(const AdminAccess &) = delete;
    AdminAccess &operator=(const AdminAccess &) = delete;

    // `call` takes an Admin & and runs on the thread; it captures values only. For whenFinished().
    template <typename Call>
    [[nodiscard]] auto run(Call call)
    {
        return QtConcurrent::run(m_pool.get(), [shared = m_shared, call = std::move(call)] {
            if (!shared->admin)
                shared->admin = std::make_unique<Admin>(shared->brokers);
            return call(*shared->admin);
        });
    }

private:
    static constexpr int Patience = 300; // milliseconds

    struct Shared {
        BrokerSettings brokers;
        std::unique_ptr<Admin> admin; // by the pool's thread
    };
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<QThreadPool> m_pool;
};

} // namespace desk
