// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/ChangeService.h"

#include "models/store/WhenFinished.h"

namespace desk {

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
                     Q_EMIT pendingChanged(--m_pending);
                 });
    return promise->future();
}

void ChangeService::undo()
{
    revert(m_undo, m_redo);
}

void ChangeService::redo()
{
    revert(m_redo, m_undo);
}

// What a step of undo applied is itself a step that redo can take back, and the other way round.
void ChangeService::revert(QList<Step> &from, QList<Step> &to)
{
    if (m_busy || from.isEmpty())
        return;
    const Step step = from.takeLast();
    QList<Change> changes;
    for (auto change = step.changes.crbegin(); change != step.changes.crend(); ++change)
        changes.append(change->inverse());
    m_busy = true;
    Q_EMIT historyChanged();
    const auto keep = [&to, text = step.text](const QList<AppliedChange> &applied) {
        to.append({text, applied});
    };
    whenFinished(commit(changes, step.text, keep), this,
                 [this, &from, step](const Expected<QList<AppliedChange>> &applied) {
                     m_busy = false;
                     if (!applied) { // nothing that was typed is left unsaved
                         for (const AppliedChange &change : step.changes)
                             m_states.clear(change.entity->name, change.id());
                     }
                     // Nothing was changed; the step can be tried again once the reason is gone.
                     if (!applied && applied.error().code == ErrorCode::Unreachable)
                         from.append(step);
                     Q_EMIT historyChanged();
                 });
}

} // namespace desk
