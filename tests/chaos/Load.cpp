// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Load.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace desk::chaos {

using namespace std::chrono_literals;

Writers::Writers(const Options &options) : m_options(options) { }

Writers::~Writers()
{
    stop();
}

void Writers::start()
{
    ++m_starts;
    for (int number = 0; number < m_options.count; ++number) {
        const quint32 seed = m_options.seed + quint32(m_starts * 1000 + number);
        m_threads.emplace_back(
            [this, number, seed](const std::stop_token &stop) { work(stop, number, seed); });
    }
}

void Writers::stop()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
    m_threads.clear();
}

QList<Edit> Writers::edits() const
{
    const std::lock_guard lock(m_mutex);
    return m_edits;
}

void Writers::note(const QStringList &marks, Edit::Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    for (const QString &mark : marks)
        m_edits.append({mark, outcome});
}

void Writers::work(const std::stop_token &stop, int number, quint32 seed)
{
    QRandomGenerator random(seed);
    Database database(m_options.database);
    bool isOpen = false;
    while (!stop.stop_requested()) {
        if (!isOpen) {
            isOpen = database.open();
            if (!isOpen)
                std::this_thread::sleep_for(100ms);
            continue;
        }
        isOpen = transact(database, random, number);
        std::this_thread::sleep_for(
            std::chrono::milliseconds(random.bounded(m_options.pauseMilliseconds + 1)));
    }
}

bool Writers::transact(Database &database, QRandomGenerator &random, int number)
{
    constexpr int MostChanges = 4;
    const bool isSqlite = m_options.database.kind == DatabaseKind::Sqlite;
    if (!database.exec(isSqlite ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN")))
        return false;
    // In one order, so that two never wait for each other.
    QList<std::pair<int, int>> places;
    for (int count = random.bounded(1, MostChanges + 1); count > 0; --count)
        places.append(
            {random.bounded(int(m_options.entities.size())), random.bounded(1, m_options.records + 1)});
    std::sort(places.begin(), places.end());
    QStringList marks;
    for (const auto &[entity, id] : std::as_const(places)) {
        const QString mark = QStringLiteral("%1 %2.%3").arg(m_options.tag).arg(number).arg(++m_number);
        if (!change(database, random, m_options.entities[entity], id, mark, marks)) {
            note(marks, Edit::Outcome::NotCommitted);
            return false;
        }
    }
    if (random.bounded(12) == 0) {
        note(marks, Edit::Outcome::NotCommitted);
        return database.exec(QStringLiteral("ROLLBACK"));
    }
    const bool isCommitted = database.exec(QStringLiteral("COMMIT"));
    note(marks, isCommitted ? Edit::Outcome::Committed : Edit::Outcome::Unknown);
    return isCommitted;
}

bool Writers::change(Database &database, QRandomGenerator &random, const QString &entity, int id,
                     const QString &mark, QStringList &marks)
{
    int affected = 0;
    if (random.bounded(8) == 0)
        return database.exec(QStringLiteral("DELETE FROM %1 WHERE id = %2").arg(entity).arg(id));
    const QString note(random.bounded(m_options.noteLength + 1), QLatin1Char('n'));
    if (!database.exec(QStringLiteral("UPDATE %1 SET name = ?, stock = ?, note = ? WHERE id = ?").arg(entity),
                       {mark, random.bounded(1000), note, id}, &affected))
        return false;
    if (affected == 0
        && !database.exec(
            QStringLiteral("INSERT INTO %1 (name, stock, note, id) VALUES (?, ?, ?, ?) ON CONFLICT "
                           "DO NOTHING")
                .arg(entity),
            {mark, random.bounded(1000), note, id}, &affected))
        return false;
    if (affected > 0)
        marks.append(mark);
    return true;
}

Inputs::Inputs(const Options &options) : m_options(options) { }

Inputs::~Inputs() = default;

void Inputs::start()
{
    m_isFlushed = false;
    m_thread = std::jthread([this](const std::stop_token &stop) { work(stop); });
}

bool Inputs::stop()
{
    m_thread.request_stop();
    m_thread.join();
    return m_isFlushed;
}

void Inputs::work(const std::stop_token &stop)
{
    constexpr int FlushSeconds = 120;
    QRandomGenerator random(m_options.seed + quint32(m_number));
    TopicWriter writer(m_options.brokers);
    while (!stop.stop_requested()) {
        for (int count = 0; count < m_options.perSecond / 50; ++count)
            sendOne(writer, random);
        std::this_thread::sleep_for(20ms);
    }
    m_isFlushed = writer.flush(FlushSeconds);
}

void Inputs::sendOne(TopicWriter &writer, QRandomGenerator &random)
{
    constexpr int LongerThanAllowed = 300;
    const qint64 clock = m_clock;
    const qint64 at = clock == 0 ? 0 : QDateTime::currentMSecsSinceEpoch() + clock;
    const QByteArray key = QByteArray::number(random.bounded(1, m_options.records + 1));
    Fields fields{{"id", QString::fromLatin1(key)},
                  {"name", QStringLiteral("%1 %2").arg(m_options.tag).arg(++m_number)},
                  {"stock", QString::number(random.bounded(1000))}};
    const int kind = random.bounded(100);
    if (kind < 12) {
        writer.send(m_options.topic, key, std::nullopt, at);
        if (random.bounded(2) == 0) // made anew at once
            writer.send(m_options.topic, key, payloadOf(fields), at);
        return;
    }
    QByteArray value = payloadOf(fields);
    if (kind < 15) {
        if (kind == 12)
            fields["name"].append(QString(LongerThanAllowed, QLatin1Char('x')));
        else
            fields.remove("id");
        value = kind == 14 ? "\xff\xff" + fields["name"].toUtf8() : payloadOf(fields);
        m_spoiled.insert(value);
    }
    writer.send(m_options.topic, key, value, at);
}

} // namespace desk::chaos
