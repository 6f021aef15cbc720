// SPDX-License-Identifier: GPL-3.0-or-later
// A filter over a million messages of the log, on one thread, beside protobuf parsing each of them in full
// and comparing the same fields.
#include "kafka/filter/MessageFilter.h"
#include "models/schema/RecordCodec.h"
#include "tests/bench/Figure.h"
#include "tests/kafka/Samples.h"

#include <QCoreApplication>

#include <google/protobuf/dynamic_message.h>

using namespace desk;
using namespace desk::bench;

namespace {

constexpr qint64 Messages = 1'000'000;
constexpr qint64 Batch = 5'000;
constexpr int Kinds = 1'000;

// As a relay writes them: with their headers.
void fill(MessageLog &log, const EntityCatalog &catalog)
{
    const EntityType &product = *catalog.find(u"product");
    RecordCodec codec(product);
    QList<QByteArray> values;
    for (int number = 0; number < Kinds; ++number) {
        values.append(codec.encode(sampleRecord(
            product, QString::number(number + 1),
            {{"name",
              QStringLiteral("%1 no. %2").arg(number % 10 == 0 ? "Brass lamp" : "Oak chair").arg(number)},
             {"price", QStringLiteral("%1.99").arg(number / 4)},
             {"currency", "EUR"},
             {"stock_quantity", QString::number(number % 100)},
             {"description", "Made by hand, in the workshop behind the shop."}})));
    }
    const QList<MessageHeader> headers{{"id", QByteArray(36, 'i')},  {"origin", QByteArray(36, 'o')},
                                       {"operation", "update"},      {"version", "3"},
                                       {"author", "anna"},           {"at", "2026-03-04T10:00:00Z"},
                                       {"schema", "catalog.Product"}};
    for (qint64 first = 0; first < Messages; first += Batch) {
        QList<StreamMessage> batch;
        for (qint64 number = first; number < first + Batch; ++number) {
            StreamMessage message;
            message.topic = QStringLiteral("products_update");
            message.partition = qint32(number % 4);
            message.offset = number / 4;
            message.timestamp = 1'700'000'000'000 + number;
            message.hasKey = message.hasValue = true;
            message.key = QByteArray::number(number % Kinds + 1);
            message.value = values[number % Kinds];
            message.headers = headers;
            batch.append(message);
        }
        log.append(batch);
    }
}

qint64 found(const MessageLog &log, const std::shared_ptr<const EntityCatalog> &catalog,
             const char *expression)
{
    MessageFilter filter(*parseFilter(QString::fromUtf8(expression)), catalog,
                         std::make_shared<EntityDescriptors>(catalog),
                         [&log](quint32 topic) { return log.topicName(topic); });
    const MessageLog::Range range = log.range();
    qint64 count = 0;
    log.visit(range.generation, range.first, range.end, [&](qint64, const MessageView &message) {
        count += filter.matches(message) ? 1 : 0;
        return true;
    });
    return count;
}

// price > 100 and name ~ "lamp", with all of the message built first.
qint64 foundByParsing(const MessageLog &log, const EntityCatalog &catalog)
{
    const google::protobuf::Descriptor *const type = catalog.find(u"product")->descriptor;
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<google::protobuf::Message> product(factory.GetPrototype(type)->New());
    const google::protobuf::Reflection &reflection = *product->GetReflection();
    const auto *const price = type->FindFieldByName("exact_price");
    const auto *const name = type->FindFieldByName("name");
    const Decimal hundred(100, 0);
    const MessageLog::Range range = log.range();
    qint64 count = 0;
    std::string scratch;
    log.visit(range.generation, range.first, range.end, [&](qint64, const MessageView &message) {
        if (!product->ParseFromArray(message.value.data(), int(message.value.size())))
            return true;
        const auto value = Decimal::fromText(
            QString::fromStdString(reflection.GetStringReference(*product, price, &scratch)));
        if (!value || !(*value > hundred))
            return true;
        const std::string &text = reflection.GetStringReference(*product, name, &scratch);
        count += QString::fromStdString(text).contains(QLatin1String("lamp"), Qt::CaseInsensitive) ? 1 : 0;
        return true;
    });
    return count;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto catalog = EntityCatalog::load();
    MessageLog log({.rows = Messages, .bytes = 2LL * 1024 * 1024 * 1024});
    fill(log, *catalog);
    const qint64 wanted = foundByParsing(log, *catalog);
    if (wanted == 0 || found(log, catalog, "price > 100 and name ~ \"lamp\"") != wanted)
        qFatal("The two find different messages.");

    constexpr double Most = 0.5; // seconds
    double slowest = 0;
    bool isGood = measure(
        {.name = QStringLiteral("filter on two fields, 1,000,000 messages of the log"),
         .unit = QStringLiteral("messages/s"),
         .peer = QStringLiteral("DynamicMessage parsed in full"),
         .wanted = 3},
        [&] {
            const double taken = seconds([&] { found(log, catalog, "price > 100 and name ~ \"lamp\""); });
            slowest = std::max(slowest, taken);
            return double(Messages) / taken;
        },
        [&] { return double(Messages) / seconds([&] { foundByParsing(log, *catalog); }); });
    std::printf("{\"name\":\"the same, seconds at most\",\"ours\":%.3f,\"wanted\":%.1f,\"ok\":%s}\n", slowest,
                Most, slowest < Most ? "true" : "false");
    for (const char *other :
         {"offset < 1000", "lamp", "/lamp no\\. \\d+5$/", "stock_quantity = 7", "key = 77"}) {
        const double taken = seconds([&] { found(log, catalog, other); });
        std::printf("{\"name\":\"%s\",\"unit\":\"s\",\"ours\":%.3f}\n",
                    qPrintable(QString(other).replace("\\", "\\\\")), taken);
    }
    isGood = isGood && slowest < Most;
    return isGood ? 0 : 1;
}
