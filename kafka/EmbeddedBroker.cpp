// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"

#include "kafka/KafkaClient.h"

#include <librdkafka/rdkafka_mock.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace desk {

using namespace std::chrono_literals;

namespace {

// Connects to the first broker and hangs up.
void knock(quint16 port)
{
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0)
        return;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static_cast<void>(::connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address));
    ::close(connection);
}

// The cluster's thread does not always notice that it is asked to do something until something happens on
// a socket, or a second has passed. So, for as long as something is asked of it, something happens.
class Visitor
{
public:
    explicit Visitor(const rd_kafka_mock_cluster_t *cluster)
    {
        const QByteArray servers(rd_kafka_mock_cluster_bootstraps(cluster));
        const quint16 port = servers.mid(servers.lastIndexOf(':') + 1).toUShort();
        m_thread = std::jthread([port](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                std::this_thread::sleep_for(2ms);
                knock(port);
            }
        });
    }

private:
    std::jthread m_thread;
};

struct ClusterDeleter {
    void operator()(rd_kafka_mock_cluster_t *cluster) const { rd_kafka_mock_cluster_destroy(cluster); }
};

} // namespace

struct EmbeddedBroker::Data {
    ClientHandle carrier; // the mock cluster lives on a client that talks to nobody
    std::unique_ptr<rd_kafka_mock_cluster_t, ClusterDeleter> cluster; // goes before its carrier
    int partitions = 1;
};

EmbeddedBroker::EmbeddedBroker() : m_data(std::make_unique<Data>()) { }

EmbeddedBroker::~EmbeddedBroker() = default;

Expected<std::unique_ptr<EmbeddedBroker>> EmbeddedBroker::start(int partitions)
{
    std::unique_ptr<EmbeddedBroker> broker(new EmbeddedBroker);
    auto carrier = openCarrier();
    if (!carrier)
        return tl::make_unexpected(carrier.error());
    broker->m_data->carrier = std::move(*carrier);
    broker->m_data->cluster.reset(rd_kafka_mock_cluster_new(broker->m_data->carrier.get(), 1));
    broker->m_data->partitions = partitions;
    if (!broker->m_data->cluster)
        return failure(
            ErrorCode::Broker,
            QStringLiteral("The in-process broker cannot listen on this machine's loopback address."));
    return broker;
}

QString EmbeddedBroker::bootstrapServers() const
{
    return QString::fromUtf8(rd_kafka_mock_cluster_bootstraps(m_data->cluster.get()));
}

BrokerSettings EmbeddedBroker::settings(BrokerSettings base) const
{
    base.embedded = true;
    base.bootstrapServers = bootstrapServers();
    return base;
}

Expected<> EmbeddedBroker::create(const QStringList &topics)
{
    const Visitor visitor(m_data->cluster.get());
    for (const QString &topic : topics) {
        const auto error = rd_kafka_mock_topic_create(m_data->cluster.get(), topic.toUtf8().constData(),
                                                      m_data->partitions, 1);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            return failure(
                ErrorCode::Broker,
                QStringLiteral("The topic %1 cannot be created in the in-process broker.").arg(topic),
                QString::fromUtf8(rd_kafka_err2str(error)));
    }
    return {};
}

rd_kafka_mock_cluster_s *EmbeddedBroker::cluster() const
{
    return m_data->cluster.get();
}

} // namespace desk
