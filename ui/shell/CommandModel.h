// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QAction>
#include <QList>
#include <QPointer>

class QMenuBar;
class QWidget;

namespace desk {

// One thing the operator can do: an action and where it stands.
struct Command {
    QPointer<QAction> action;
    QString title;   // without mnemonics and dots
    QString context; // "Record", "View › Theme"; or empty
    int rank = 0;    // where it stands before anything is typed; smaller is higher
};

// The property of a menu that says how high its commands stand (int).
constexpr const char *CommandRank = "commandRank";

// Every action of the menus, then those that only the given widgets carry; each once, in menu order,
// without separators and submenus. Pages and what is done to records come first: they are wanted most.
[[nodiscard]] QList<Command> collectCommands(const QMenuBar &menus, const QList<QWidget *> &widgets);

// Commands that match what was typed, best first: every word must begin a word of the title or the
// context, or at least occur in it. An action that has gone away or off shows as disabled. GUI thread.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Roles { ContextRole = Qt::UserRole + 1, ShortcutRole };

    using QAbstractListModel::QAbstractListModel;

    void setCommands(const QList<Command> &commands);
    void setText(const QString &text);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] QAction *action(const QModelIndex &index) const; // null: it is gone

private:
    void select();

    QList<Command> m_commands;
    QList<int> m_shown; // indexes of m_commands
    QString m_text;
};

} // namespace desk
