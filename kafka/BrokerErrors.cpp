// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/BrokerErrors.h"

#include <QLocale>

namespace desk {
namespace {

// "…/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)"
// has its point in the middle.
QString pointOf(const QString &reason)
{
    QString point = reason;
    const qsizetype failed = point.lastIndexOf(QLatin1String("failed: "));
    if (failed >= 0)
        point = point.mid(failed + 8);
    const qsizetype after = point.indexOf(QLatin1String(" (after "));
    if (after >= 0)
        point.truncate(after);
    while (point.endsWith(u'.') || point.endsWith(u' '))
        point.chop(1);
    return point;
}

QString withPoint(const QString &sentence, const QString &reason)
{
    const QString point = pointOf(reason);
    return point.isEmpty() ? sentence + u'.' : QStringLiteral("%1: %2.").arg(sentence, point);
}

} // namespace

Error brokerError(rd_kafka_resp_err_t code, const BrokerSettings &settings, const QString &reason)
{
    const QString servers = settings.embedded ? QStringLiteral("in this program")
                                              : QStringLiteral("at %1").arg(settings.bootstrapServers);
    Error error{ErrorCode::Unreachable,
                {},
                reason.isEmpty() ? QString::fromUtf8(rd_kafka_err2str(code)) : reason,
                {}};
    switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        error.sentence = withPoint(QStringLiteral("The broker %1 cannot be reached").arg(servers), reason);
        break;
    case RD_KAFKA_RESP_ERR__RESOLVE:
        error.sentence = withPoint(
            QStringLiteral("There is no host by the name of the broker %1").arg(servers), reason);
        break;
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        error.sentence = QStringLiteral("The broker %1 does not answer.").arg(servers);
        break;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        error.code = ErrorCode::Unauthorised;
        error.sentence = QStringLiteral("The broker %1 refused the user name or the password.").arg(servers);
        break;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        error.code = ErrorCode::Unauthorised;
        error.sentence = QStringLiteral("The broker does not let this user use the topic.");
        break;
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        error.code = ErrorCode::Unauthorised;
        error.sentence = QStringLiteral("The broker does not let this user do that.");
        break;
    case RD_KAFKA_RESP_ERR__SSL:
        error.sentence = withPoint(QStringLiteral("No secure connection to the broker %1").arg(servers),
                                   reason);
        break;
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
        error.code = ErrorCode::Broker;
        error.sentence = QStringLiteral("The cluster has too few brokers for %1 replicas of a new topic.")
                             .arg(settings.replicas);
        break;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        error.code = ErrorCode::NotFound;
        error.sentence = QStringLiteral("The topic does not exist.");
        break;
    default:
        error.code = ErrorCode::Broker;
        error.sentence = QStringLiteral("The broker %1 said: %2.").arg(servers, pointOf(error.detail));
        break;
    }
    return error;
}

DeliveryFailure deliveryFailure(rd_kafka_resp_err_t code)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
        return DeliveryFailure::Refused;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return DeliveryFailure::TopicMissing;
    default:
        return DeliveryFailure::TryAgain;
    }
}

QString refusalSentence(rd_kafka_resp_err_t code, const QString &topic, qsizetype bytes)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
        return QStringLiteral("The event has %1 bytes, more than the topic %2 takes.")
            .arg(QLocale::c().toString(bytes), topic);
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        return QStringLiteral("The broker does not let this user write to the topic %1.").arg(topic);
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
        return QStringLiteral("“%1” cannot be the name of a topic.").arg(topic);
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
        return QStringLiteral("The topic %1 does not take such a record: %2.")
            .arg(topic, QString::fromUtf8(rd_kafka_err2str(code)));
    default:
        return QStringLiteral("The broker refused the event for the topic %1: %2.")
            .arg(topic, QString::fromUtf8(rd_kafka_err2str(code)));
    }
}

} // namespace desk
