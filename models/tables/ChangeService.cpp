// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/ChangeService.h"

#include "models/store/WhenFinished.h"

namespace desk {
namespace {

// From which version to which a set of changes took one record; empty: it was not there.
struct VersionRange {
    std::optional<qint64> first;
    std::optional<qint64> last;
    bool isBegun = false;

    void add(const AppliedChange &change)
    {
        if (!std::exchange(isBegun, true))
            first = change.before ? std::optional(change.before->version) : std::nullopt;
        last = change.after ? std::optional(change.after->version) : std::nullopt;
    }
};

std::pair<QString, RecordId> keyOf(const AppliedChange &change)
{
    return {change.entity->name, change.id()};
}

// True if the same step may be taken once the reason is gone, and nobody need decide anything.
bool mayPassLater(const Error &error)
{
    return error.code == ErrorCode::Unreachable || error.code == ErrorCode::Cancelled;
}

} // namespace

ChangeService::ChangeService(StoreClient &store, RecordStates &states, const QString &author, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_states(states)
    , m_author(author)
{ }

QFuture<Expected<QList<AppliedChange>>> ChangeService::apply(const QList<Change> &changes,
                                                             const QString &text)
{
    return commit(changes, text, [this, text](const QList<AppliedChange> &applied) {
        if (applied.isEmpty())
            return;
        m_undo.append({text, applied});
        if (m_undo.size() > MaximumUndo)
            m_undo.removeFirst();
        m_redo.clear();
        Q_EMIT historyChanged();
    });
}

QFuture<Expected<QList<AppliedChange>>> ChangeService::commit(
    const QList<Change> &changes, const QString &text,
    std::function<void(const QList<AppliedChange> &)> whenApplied)
{
    for (const Change &change : changes) {
        if (!change.id.isEmpty())
            m_states.setSaving(change.entity->name, change.id);
    }
    ChangeSet set;
    set.changes = changes;
    set.author = m_author;
    Q_EMIT pendingChanged(++m_pending);
    auto promise = std::make_shared<QPromise<Expected<QList<AppliedChange>>>>();
    promise->start();
    whenFinished(m_store.applyAsync(set), this,
                 [this, changes, text, promise,
                  whenApplied = std::move(whenApplied)](const Expected<QList<AppliedChange>> &applied) {
                     for (const Change &change : changes) {
                         if (change.id.isEmpty())
                             continue;
                         if (applied)
                             m_states.setSaved(change.entity->name, change.id);
                         else if (change.operation == Operation::Delete)
                             m_states.clear(change.entity->name, change.id); // it is simply still there
                         else
                             m_states.setRefused(change.entity->name, change.id, applied.error().sentence);
                     }
                     if (applied) {
                         for (const AppliedChange &change : *applied)
                             m_states.setSaved(change.entity->name, change.id());
                         m_store.poke(); // the publishing state read next knows of this write
                         whenApplied(*applied);
                         Q_EMIT this->applied(*applied);
                     } else {
                         Q_EMIT failed(text, applied.error());
                     }
                     promise->addResult(applied);
                     promise->finish();
                     // After those who wait for the future: what was refused is theirs to keep first.
                     QMetaObject::invokeMethod(
                         this, [this] { Q_EMIT pendingChanged(--m_pending); }, Qt::QueuedConnection);
                 });
    return promise->future();
}

void ChangeService::undo()
{
    revert(m_undo, m_redo, tr("Undo of “%1” was refused"));
}

void ChangeService::redo()
{
    revert(m_redo, m_undo, tr("Redo of “%1” was refused"));
}

// What a step of undo applied is itself a step that redo can take back, and the other way round.
void ChangeService::revert(QList<Step> &from, QList<Step> &to, const QString &refusal)
{
    if (m_busy || from.isEmpty())
        return;
    const Step step = from.takeLast();
    QList<Change> changes;
    for (auto change = step.changes.crbegin(); change != step.changes.crend(); ++change)
        changes.append(change->inverse());
    m_busy = true;
    Q_EMIT historyChanged();
    const auto keep = [&from, &to, step](const QList<AppliedChange> &applied) {
        carryVersions(from, step, applied);
        to.append({step.text, applied});
    };
    whenFinished(commit(changes, refusal.arg(step.text), keep), this,
                 [this, &from, step](const Expected<QList<AppliedChange>> &applied) {
                     m_busy = false;
                     if (applied) {
                         Q_EMIT reverted(*applied);
                     } else {
                         for (const AppliedChange &change : step.changes) // nothing that was typed is left
                             m_states.clear(change.entity->name, change.id());
                         if (mayPassLater(applied.error()))
                             from.append(step);
                     }
                     Q_EMIT historyChanged();
                 });
}

// Taking back a step leaves its records at a new version, but as they were before the step: the steps before
// it apply to that version now. Not where someone else has changed a record in between. Then the versions do
// not meet, and the store compares fields, or refuses.
void ChangeService::carryVersions(QList<Step> &steps, const Step &reverted,
                                  const QList<AppliedChange> &applied)
{
    QHash<std::pair<QString, RecordId>, VersionRange> done;
    for (const AppliedChange &change : reverted.changes)
        done[keyOf(change)].add(change);
    QHash<std::pair<QString, RecordId>, VersionRange> undone;
    for (const AppliedChange &change : applied)
        undone[keyOf(change)].add(change);

    for (auto after = undone.cbegin(); after != undone.cend(); ++after) {
        const VersionRange before = done.value(after.key());
        if (!before.first || before.last != after->first || !after->last)
            continue;
        for (Step &step : steps) {
            for (AppliedChange &change : step.changes) {
                if (keyOf(change) == after.key() && change.after && change.after->version == *before.first)
                    change.after->version = *after->last;
            }
        }
    }
}

} // namespace desk
