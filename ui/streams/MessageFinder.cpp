// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageFinder.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/TabularText.h"
#include "ui/streams/FindBar.h"

#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int TypingMilliseconds = 120;

} // namespace

MessageFinder::MessageFinder(FindBar &bar, QObject *parent) : QObject(parent), m_bar(bar)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(TypingMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &MessageFinder::search);
    connect(&bar, &FindBar::patternChanged, &m_timer, qOverload<>(&QTimer::start));
    connect(&bar, &FindBar::nextRequested, this, [this] { step(1); });
    connect(&bar, &FindBar::previousRequested, this, [this] { step(-1); });
}

MessageFinder::~MessageFinder()
{
    stop();
}

void MessageFinder::stop()
{
    if (m_stop)
        *m_stop = true;
    m_stop.reset();
    m_isSearching = false;
    ++m_generation;
}

void MessageFinder::setTarget(FindTarget *target)
{
    if (m_target && m_target != target)
        m_target->showMatches(nullptr, -1);
    m_target = target;
    search();
}

void MessageFinder::search()
{
    m_timer.stop();
    stop();
    m_matches.reset();
    m_current = -1;
    if (!m_target)
        return;
    m_target->showMatches(nullptr, -1);
    const FilterPattern pattern = m_bar.pattern();
    if (m_bar.isHidden() || pattern.text.isEmpty()) {
        m_bar.setResult({});
        return;
    }
    if (const QString problem = PayloadSearch::problemOf(pattern); !problem.isEmpty()) {
        m_bar.setProblem(problem);
        return;
    }
    m_bar.setResult(tr("looking…"));
    m_stop = std::make_shared<std::atomic_bool>(false);
    m_isSearching = true;
    whenFinished(QtConcurrent::run([job = m_target->search(), pattern, stop = m_stop] {
                     return job(PayloadSearch(pattern, stop));
                 }),
                 this, [this, generation = m_generation](const PayloadMatches &matches) {
                     if (generation == m_generation)
                         take(matches);
                 });
}

void MessageFinder::take(const PayloadMatches &matches)
{
    m_isSearching = false;
    m_matches = std::make_shared<const PayloadMatches>(matches);
    m_current = m_target->firstMatch(matches);
    m_target->showMatches(m_matches, m_current);
    showResult();
}

void MessageFinder::showResult()
{
    const qsizetype count = m_matches->found.size();
    if (!m_matches->problem.isEmpty()) {
        m_bar.setProblem(m_matches->problem);
        return;
    }
    const QString all = m_matches->isCut ? tr("%1 and more").arg(groupedNumber(count)) : groupedNumber(count);
    m_bar.setResult(count == 0 ? tr("none") : tr("%1 of %2").arg(groupedNumber(m_current + 1), all));
}

void MessageFinder::step(int by)
{
    if (m_timer.isActive()) {
        search(); // for what has just been typed
        return;
    }
    if (!m_matches || m_matches->found.isEmpty())
        return;
    const qsizetype count = m_matches->found.size();
    m_current = (m_current + by + count) % count;
    m_target->showMatches(m_matches, m_current);
    showResult();
}

} // namespace desk
