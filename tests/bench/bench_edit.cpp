// SPDX-License-Identifier: GPL-3.0-or-later
// One edit at a time, from the call that commits it until the broker has acknowledged its event, with a relay
// that is woken after each commit as the window wakes it. Its peer is a bare UPDATE and then a bare produce,
// each waited for, with the same settings.
#include "kafka/Relay.h"
#include "models/store/SqlSession.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Peers.h"
#include "tests/store/StoreFixture.h"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr int edits = 500;
const QString peerTopic = QStringLiteral("bench_peer");

// A relay on a thread of its own, with a store of its own, whose progress can be waited for.
class Publishing
{
public:
    Publishing(const StoreFixture &fixture, const BrokerSettings &brokers)
        : m_thread([this, &fixture, brokers](const std::stop_token &stop) {
            const auto store = fixture.open();
            Relay relay(*store, brokers, [this](const RelayStatus &status) {
                const std::scoped_lock lock(m_mutex);
                m_published = status.published;
                m_changed.notify_all();
            });
            {
                const std::scoped_lock lock(m_mutex);
                m_relay = &relay;
                m_changed.notify_all();
            }
            if (!relay.run(stop))
                qFatal("The relay stopped");
        })
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_relay != nullptr; });
    }

    void wake() { m_relay->wake(); }
    void waitFor(qint64 published)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_published >= published; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    qint64 m_published = 0;
    Relay *m_relay = nullptr; // on the thread's stack
    std::jthread m_thread;
};

double millisecondsOf(const std::function<void()> &work)
{
    return 1000 * seconds(work);
}

// `part`: 0.5 for the median, 0.99 for the slowest of a hundred.
double quantile(std::vector<double> times, double part)
{
    const auto at = times.begin() + std::ptrdiff_t(double(times.size() - 1) * part);
    std::nth_element(times.begin(), at, times.end());
    return *at;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const BrokerSettings brokers = brokersOfStack(4);
    makeTopics(brokers,
               {peerTopic, QStringLiteral("products_add"), QStringLiteral("products_update"),
                QStringLiteral("products_delete")});
    const StoreFixture fixture(DatabaseKind::PostgreSql);
    const auto catalog = EntityCatalog::load();
    const auto store = fixture.open(catalog);
    const EntityType &product = *catalog->find(u"product");
    fixture.sql({QStringLiteral("INSERT INTO product (id, name, price) SELECT i, 'Product ' || i, 9.99 "
                                "FROM generate_series(1, %1) i")
                     .arg(edits),
                 QStringLiteral("CREATE TABLE bare AS SELECT * FROM product"),
                 QStringLiteral("ALTER TABLE bare ADD PRIMARY KEY (id)")});
    Publishing publishing(fixture, brokers);
    qint64 published = edits;
    publishing.waitFor(published);
    const auto session = SqlSession::open(fixture.settings());
    BareProducer producer(brokers, peerTopic);
    const int stock = product.indexOf(u"stock_quantity");

    std::vector<double> ours;
    std::vector<double> theirs;
    for (int id = 1; id <= edits; ++id) {
        const Record before = store->fetch(product, QString::number(id))->record;
        Record after = before;
        after.values[stock] = QVariant::fromValue<qint64>(id);
        ours.push_back(millisecondsOf([&] {
            if (!store->apply({{update(product, before, after)}, QStringLiteral("bench")}))
                qFatal("An edit was refused");
            publishing.wake();
            publishing.waitFor(++published);
        }));
        theirs.push_back(millisecondsOf([&] {
            if (!(*session)->run(QStringLiteral("UPDATE bare SET stock_quantity = ? WHERE id = ?"), {id, id}))
                qFatal("The peer's edit failed");
            producer.send({QByteArray::number(id), QByteArray(60, 'x'), {}});
            producer.flush();
        }));
    }
    bool ok = true;
    const QString peer = QStringLiteral("a bare UPDATE, then a bare produce");
    for (const auto &[name, part] : {std::pair("edit.published_median", 0.5), {"edit.published_p99", 0.99}}) {
        ok &= measure(
            {QString::fromLatin1(name), QStringLiteral("ms"), peer, 0, 1},
            [&, part = part] { return quantile(ours, part); },
            [&, part = part] { return quantile(theirs, part); });
    }
    return ok ? 0 : 1;
}
