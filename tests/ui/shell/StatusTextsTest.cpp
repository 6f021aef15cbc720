// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusStrip.h"
#include "ui/shell/Theme.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace desk;

namespace {

DatabaseSettings shopDatabase()
{
    return *DatabaseSettings::fromUrl(QStringLiteral("postgresql://shop:secret@db.example/catalog"));
}

BrokerSettings shopBrokers()
{
    BrokerSettings settings;
    settings.bootstrapServers = QStringLiteral("kafka.example:9092");
    return settings;
}

RelayStatus relay(RelayStatus::State state, const QString &reason = {})
{
    RelayStatus status;
    status.state = state;
    status.reason = reason;
    return status;
}

} // namespace

class StatusTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDatabaseSaysWhereItIsAndWhyItIsAway()
    {
        const StatusText ready = databaseStatus(shopDatabase(), StoreClient::State::Ready, {});
        QCOMPARE(ready.tone, StatusTone::Good);
        QVERIFY(ready.text.contains(QLatin1String("db.example")));
        QVERIFY(!(ready.text + ready.toolTip).contains(QLatin1String("secret")));

        const Error error{ErrorCode::Unreachable, QStringLiteral("There is no host db.example."), {}, {}};
        const StatusText away = databaseStatus(shopDatabase(), StoreClient::State::Away, error);
        QCOMPARE(away.tone, StatusTone::Bad);
        QVERIFY(away.text.endsWith(QLatin1String("away")));
        QVERIFY(away.toolTip.startsWith(error.sentence));
    }

    void brokersAreNamedOrSaidToBeMissing()
    {
        BrokerSettings readOnly = shopBrokers();
        readOnly.readOnly = true;
        QCOMPARE(brokerStatus(readOnly, {}).text, QStringLiteral("kafka.example:9092: only read"));
        QCOMPARE(brokerStatus({}, {}).text, QStringLiteral("no broker"));
        BrokerSettings embedded;
        embedded.embedded = true;
        QCOMPARE(brokerStatus(embedded, relay(RelayStatus::State::Running)).text,
                 QStringLiteral("in-process broker"));
        const StatusText away = brokerStatus(
            shopBrokers(), relay(RelayStatus::State::BrokerAway, QStringLiteral("Refused.")));
        QCOMPARE(away.tone, StatusTone::Bad);
        QCOMPARE(away.toolTip, QStringLiteral("Refused."));
    }

    void theRelaySaysHowFarBehindItIs()
    {
        PublishingState publishing;
        QCOMPARE(relayStatusText(true, relay(RelayStatus::State::Running), publishing).text,
                 QStringLiteral("relay up to date"));
        publishing.waiting = 2;
        const StatusText behind = relayStatusText(true, relay(RelayStatus::State::Running), publishing);
        QCOMPARE(behind.text, QStringLiteral("relay 2 behind"));
        QCOMPARE(behind.tone, StatusTone::Busy);
        QCOMPARE(relayStatusText(false, {}, publishing).text, QStringLiteral("relay off"));
        QCOMPARE(relayStatusText(true, relay(RelayStatus::State::StandingBy), publishing).text,
                 QStringLiteral("relay standing by"));
    }

    void whatIsNotPublishedIsCounted()
    {
        PublishingState publishing;
        QVERIFY(outboxStatus(publishing).text.isEmpty());
        publishing.waiting = 2;
        QCOMPARE(outboxStatus(publishing).text, QStringLiteral("2 waiting"));
        RefusedEvent refused;
        publishing.refused = {refused};
        QCOMPARE(outboxStatus(publishing).text, QStringLiteral("2 waiting · 1 refused"));
        refused.isHeldBack = true; // waits behind the refused one, is not refused itself
        publishing.refused.append(refused);
        QCOMPARE(outboxStatus(publishing).text, QStringLiteral("3 waiting · 1 refused"));
        QCOMPARE(outboxStatus(publishing).tone, StatusTone::Bad);
    }

    void ingestSaysHowFarBehindItIsAndWhatItLeftAside()
    {
        QCOMPARE(ingestStatusText(false, {}).text, QString());
        IngestStatus ingest;
        ingest.state = IngestStatus::State::Running;
        QCOMPARE(ingestStatusText(true, ingest).text, QStringLiteral("ingest up to date"));
        ingest.lag = 12;
        QCOMPARE(ingestStatusText(true, ingest).text, QStringLiteral("ingest 12 behind"));
        ingest.state = IngestStatus::State::Halted;
        ingest.reason = QStringLiteral("The topic was made anew.");
        QCOMPARE(ingestStatusText(true, ingest).toolTip, ingest.reason);
        QCOMPARE(ingestStatusText(true, ingest).tone, StatusTone::Bad);
        PublishingState state;
        QCOMPARE(poisonStatus(state).text, QString());
        state.poison = 3;
        QCOMPARE(poisonStatus(state).text, QStringLiteral("3 poison"));
    }

    void theStripShowsItAndAsksForThePage()
    {
        Theme theme(Theme::Mode::Light);
        StatusStrip strip(theme);
        QSignalSpy clicked(&strip, &StatusStrip::clicked);
        strip.setItem(StatusStrip::Item::Outbox,
                      {StatusTone::Bad, QStringLiteral("1 refused"), QStringLiteral("Why.")});
        QToolButton *button = nullptr;
        for (QToolButton *candidate : strip.findChildren<QToolButton *>()) {
            if (!candidate->isHidden())
                button = candidate;
        }
        QVERIFY(button);
        QCOMPARE(button->text(), QStringLiteral("1 refused"));
        QVERIFY(button->accessibleName().contains(QLatin1String("1 refused")));
        button->click();
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(0).value<StatusStrip::Item>(), StatusStrip::Item::Outbox);
        strip.setItem(StatusStrip::Item::Outbox, {});
        QVERIFY(button->isHidden());
    }
};

QTEST_MAIN(StatusTextsTest)
#include "StatusTextsTest.moc"
