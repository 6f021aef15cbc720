// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GroupAdmin.h"
#include "kafka/TopicAdmin.h"
#include "tests/kafka/GroupReader.h"
#include "tests/kafka/TopicWriter.h"

#include <QTest>
#include <QUuid>

using namespace desk;

#define VERIFY_DONE(outcome) QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence))

// Consumer groups as a real broker keeps them, with real members. Needs BOOTSTRAP_SERVERS (./dev stack env).
class GroupAdminTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(
            !m_brokers.bootstrapServers.isEmpty(),
            "This test needs a Kafka broker: start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");
        m_admin = std::make_unique<GroupAdmin>(m_brokers);
    }

    // A topic of two partitions with messages, and a group that has read all of them.
    void init()
    {
        m_topic = unique("topic");
        m_group = unique("group");
        VERIFY_DONE(TopicAdmin(m_brokers).create({m_topic, 2, 1, {}}));
        write(40);
        m_reader = std::make_unique<GroupReader>(m_brokers, m_group, QStringList{m_topic});
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->count(), 40, 30'000);
    }
    void cleanup() { m_reader.reset(); }

    void listsAGroupWithItsMembersAndWhatTheyRead()
    {
        QTRY_VERIFY_WITH_TIMEOUT(stateInList() == GroupState::Stable, 15'000);
        const auto detail = m_admin->detail(m_group);
        VERIFY_DONE(detail);
        QCOMPARE(detail->state, GroupState::Stable);
        QVERIFY(!detail->coordinator.isEmpty());
        QVERIFY(!detail->assignor.isEmpty());
        QCOMPARE(detail->members.size(), 1);
        QCOMPARE(detail->members[0].clientId, "reader-of-" + m_group);
        QVERIFY(!detail->members[0].host.startsWith('/'));
        QCOMPARE(detail->members[0].partitions, (QList<TopicPartition>{{m_topic, 0}, {m_topic, 1}}));
        QCOMPARE(detail->partitions.size(), 2);
        QCOMPARE(detail->partitions[0].member, detail->members[0].clientId);
    }

    void lagGrowsWithWhatNobodyReads()
    {
        m_reader->end();
        QTRY_COMPARE_WITH_TIMEOUT(lag(), 0, 15'000);
        write(25);
        QTRY_COMPARE_WITH_TIMEOUT(lag(), 25, 15'000);
        const auto figures = m_admin->figures({m_group, unique("unheard-of")});
        VERIFY_DONE(figures);
        QCOMPARE(figures->size(), 2);
        const GroupFigures mine = figures->value(m_group);
        QCOMPARE(mine.lag, 25);
        QCOMPARE(mine.members, 0);
        QCOMPARE(mine.state, GroupState::Empty);
    }

    void aResetIsRefusedWhileMembersAreAtWork()
    {
        const auto refused = m_admin->setOffsets(m_group, {{{m_topic, 0}, 0}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InUse);
        QVERIFY2(refused.error().sentence.contains("Stop the programs"),
                 qPrintable(refused.error().sentence));
        m_reader->end();
        VERIFY_DONE(m_admin->setOffsets(m_group, {{{m_topic, 0}, 0}}));
    }

    void goesBackToTheBeginningAndReadsAgain()
    {
        m_reader->end();
        const auto detail = m_admin->detail(m_group);
        VERIFY_DONE(detail);
        const auto plan = planReset(detail->partitions, {ResetTarget::Earliest, {}, {}});
        VERIFY_DONE(m_admin->setOffsets(m_group, offsetsOf(plan)));
        qint64 repeated = 0;
        for (const ResetStep &step : plan)
            repeated += step.repeated;
        QCOMPARE(repeated, 40);
        QCOMPARE(lag(), 40);
        GroupReader again(m_brokers, m_group, {m_topic});
        QTRY_COMPARE_WITH_TIMEOUT(again.count(), 40, 30'000);
    }

    void findsOffsetsByTime()
    {
        m_reader->end();
        const QDateTime between = QDateTime::currentDateTime().addMSecs(20);
        QTRY_VERIFY(QDateTime::currentDateTime() > between);
        write(10);
        const QList<TopicPartition> places{{m_topic, 0}, {m_topic, 1}};
        const auto detail = m_admin->detail(m_group);
        VERIFY_DONE(detail);

        auto offsets = m_admin->offsetsAt(places, between);
        VERIFY_DONE(offsets);
        qint64 left = 0;
        for (const ResetStep &step : planReset(detail->partitions, {ResetTarget::Time, *offsets, {}}))
            left += detail->partitions[step.place.partition].high - *step.target;
        QCOMPARE(left, 10);

        offsets = m_admin->offsetsAt(places, QDateTime::currentDateTime().addDays(1));
        VERIFY_DONE(offsets);
        for (const ResetStep &step : planReset(detail->partitions, {ResetTarget::Time, *offsets, {}}))
            QCOMPARE(*step.target, detail->partitions[step.place.partition].high);
    }

    void keepsTheLagOfWhatIsLeftWhenATopicHasGone()
    {
        m_reader->end();
        write(5);
        VERIFY_DONE(TopicAdmin(m_brokers).remove({m_topic}));
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), 15'000);
        const auto detail = m_admin->detail(m_group);
        QVERIFY(detail || detail.error().code == ErrorCode::NotFound); // the broker may forget the offsets
        if (detail) {
            for (const GroupPartition &partition : detail->partitions)
                QCOMPARE(partition.lag(), -1);
        }
    }

    void deletesAGroupWithoutMembers()
    {
        auto refusals = m_admin->remove({m_group});
        VERIFY_DONE(refusals);
        QCOMPARE(refusals->keys(), QStringList{m_group});
        QCOMPARE(refusals->first().code, ErrorCode::InUse);
        m_reader->end();
        const QString unheardOf = unique("unheard-of");
        refusals = m_admin->remove({m_group, unheardOf});
        VERIFY_DONE(refusals);
        QCOMPARE(refusals->keys(), QStringList{unheardOf});
        QCOMPARE(refusals->first().code, ErrorCode::NotFound);
        const auto detail = m_admin->detail(m_group);
        QVERIFY(!detail);
        QCOMPARE(detail.error().code, ErrorCode::NotFound);
    }

private:
    static QString unique(const QString &name)
    {
        return QStringLiteral("test-%1-%2").arg(name, QUuid::createUuid().toString(QUuid::Id128));
    }
    void write(int count)
    {
        TopicWriter writer(m_brokers);
        for (int number = 0; number < count; ++number)
            writer.write(m_topic, QByteArray::number(number), "value");
        QVERIFY(writer.flush(30'000));
    }
    qint64 lag()
    {
        return m_admin->figures({m_group}).value_or(QMap<QString, GroupFigures>{}).value(m_group).lag;
    }
    GroupState stateInList()
    {
        const auto list = m_admin->groups();
        if (list) {
            for (const GroupInfo &group : list->groups) {
                if (group.name == m_group)
                    return group.state;
            }
        }
        return GroupState::Unknown;
    }
    bool isGone() const
    {
        const auto cluster = TopicAdmin(m_brokers).cluster();
        return cluster
            && std::none_of(cluster->topics.cbegin(), cluster->topics.cend(),
                            [this](const TopicInfo &topic) { return topic.name == m_topic; });
    }

    BrokerSettings m_brokers;
    std::unique_ptr<GroupAdmin> m_admin;
    QString m_topic;
    QString m_group;
    std::unique_ptr<GroupReader> m_reader;
};

QTEST_GUILESS_MAIN(GroupAdminTest)
#include "GroupAdminTest.moc"
