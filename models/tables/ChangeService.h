// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordStates.h"

#include <QObject>

namespace desk {

// The one way by which the window changes records: applies, follows each record's state, and keeps the
// history of undo and redo (compensating changes). GUI thread; nothing blocks.
class ChangeService : public QObject
{
    Q_OBJECT

public:
    static constexpr int MaximumUndo = 500;

    ChangeService(StoreClient &store, RecordStates &states, const QString &author, QObject *parent = nullptr);

    // Applies the changes as one step of undo. `text` names the step: "Change price of Fish Steak". The
    // future finishes with the outcome; failed() tells everyone else.
    QFuture<Expected<QList<AppliedChange>>> apply(const QList<Change> &changes, const QString &text);

    [[nodiscard]] bool canUndo() const { return !m_busy && !m_undo.isEmpty(); }
    [[nodiscard]] bool canRedo() const { return !m_busy && !m_redo.isEmpty(); }
    [[nodiscard]] QString undoText() const { return m_undo.isEmpty() ? QString() : m_undo.constLast().text; }
    [[nodiscard]] QString redoText() const { return m_redo.isEmpty() ? QString() : m_redo.constLast().text; }
    // A step that is refused for good is dropped, so that it does not stand in the way of those before it;
    // one that failed because the database was away stays.
    void undo();
    void redo();
    // Steps that are on their way to the database, or whose outcome has not reached everyone yet.
    [[nodiscard]] int pending() const { return m_pending; }

Q_SIGNALS:
    void historyChanged();
    void pendingChanged(int steps);
    void applied(const QList<desk::AppliedChange> &changes);
    // What undo or redo has just written, for whoever shows it.
    void reverted(const QList<desk::AppliedChange> &changes);
    // Nothing of this step was committed, and why. `text`: the step, or "Undo of “the step” was refused".
    void failed(const QString &text, const desk::Error &error);

private:
    struct Step {
        QString text;
        QList<AppliedChange> changes; // as they were applied; their inverses, last first, take them back
    };
    QFuture<Expected<QList<AppliedChange>>> commit(
        const QList<Change> &changes, const QString &text,
        std::function<void(const QList<AppliedChange> &)> whenApplied);
    void revert(QList<Step> &from, QList<Step> &to, const QString &refusal);
    static void carryVersions(QList<Step> &steps, const Step &reverted, const QList<AppliedChange> &applied);

    StoreClient &m_store;
    RecordStates &m_states;
    QString m_author;
    QList<Step> m_undo;
    QList<Step> m_redo;
    int m_pending = 0;
    bool m_busy = false; // an undo or redo is on its way
};

} // namespace desk
