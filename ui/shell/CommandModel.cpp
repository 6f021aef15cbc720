// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandModel.h"

#include <QMenu>
#include <QMenuBar>
#include <QSet>

#include <algorithm>

namespace desk {

namespace {

QString plainTitle(const QString &text)
{
    QString title = text;
    title.remove(QLatin1Char('&'));
    while (title.endsWith(QLatin1Char('.')) || title.endsWith(QChar(0x2026)))
        title.chop(1);
    return title;
}

constexpr int SeldomRank = 9;

class Collector
{
public:
    // `rank`: of the menu these stand in, by its dynamic property.
    void add(const QList<QAction *> &actions, const QString &context, int rank = SeldomRank)
    {
        for (QAction *action : actions) {
            const QString title = plainTitle(action->text());
            if (QMenu *menu = action->menu())
                add(menu->actions(), context.isEmpty() ? title : context + QStringLiteral(" › ") + title,
                    menu->property(CommandRank).isValid() ? menu->property(CommandRank).toInt() : rank);
            else if (!action->isSeparator() && action->isVisible() && !title.isEmpty()
                     && !m_seen.contains(action))
                take(action, title, context, rank);
        }
    }

    [[nodiscard]] QList<Command> commands() const { return m_commands; }

private:
    void take(QAction *action, const QString &title, const QString &context, int rank)
    {
        m_seen.insert(action);
        m_commands.append({action, title, context, rank});
    }

    QSet<const QAction *> m_seen;
    QList<Command> m_commands;
};

// 0: no match; the higher the better.
int scoreOf(const Command &command, const QStringList &words)
{
    const QString title = command.title.toLower();
    const QString context = command.context.toLower();
    int score = 1;
    for (const QString &word : words) {
        if (title.startsWith(word))
            score += 8;
        else if (title.contains(QLatin1Char(' ') + word))
            score += 6;
        else if (title.contains(word))
            score += 3;
        else if (context.contains(word))
            score += 1;
        else
            return 0;
    }
    return score;
}

} // namespace

QList<Command> collectCommands(const QMenuBar &menus, const QList<QWidget *> &widgets)
{
    Collector collector;
    collector.add(menus.actions(), {});
    for (const QWidget *widget : widgets)
        collector.add(widget->actions(), {});
    QList<Command> commands = collector.commands();
    std::stable_sort(commands.begin(), commands.end(),
                     [](const Command &left, const Command &right) { return left.rank < right.rank; });
    return commands;
}

void CommandModel::setCommands(const QList<Command> &commands)
{
    m_commands = commands;
    select();
}

void CommandModel::setText(const QString &text)
{
    m_text = text;
    select();
}

void CommandModel::select()
{
    const QStringList words = m_text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QList<std::pair<int, int>> found; // score, index
    for (int index = 0; index < m_commands.size(); ++index) {
        if (const int score = scoreOf(m_commands.at(index), words); score > 0)
            found.append({score, index});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &left, const auto &right) { return left.first > right.first; });

    beginResetModel(); // each letter is a new question
    m_shown.clear();
    for (const auto &[score, index] : found)
        m_shown.append(index);
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QAction *CommandModel::action(const QModelIndex &index) const
{
    return index.isValid() ? m_commands.at(m_shown.at(index.row())).action.data() : nullptr;
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Command &command = m_commands.at(m_shown.at(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return command.title;
    case Qt::DecorationRole:
        return command.action ? command.action->icon() : QIcon();
    case Qt::ToolTipRole:
        return command.action ? command.action->statusTip() : QString();
    case ContextRole:
        return command.context;
    case ShortcutRole:
        return command.action ? command.action->shortcut().toString(QKeySequence::NativeText) : QString();
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    const QAction *target = action(index);
    return target && target->isEnabled() ? QAbstractListModel::flags(index) : Qt::NoItemFlags;
}

} // namespace desk
