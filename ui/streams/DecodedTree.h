// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedMessage.h"
#include "ui/streams/FindTarget.h"

#include <QTreeWidget>

namespace desk {

class Theme;

// The decoded key and value of one message as a tree of names and texts. Children are made when they are
// unfolded: a message can hold thousands. A masked row can be shown, if the window lets it: the tree only asks,
// with showRequested(), and is handed the value by setShown(). GUI thread.
class DecodedTree : public QTreeWidget, public FindTarget
{
    Q_OBJECT

public:
    // Never: nobody would write down who looked.
    enum class Showing { Never, OnRequest };

    DecodedTree(Theme &theme, QWidget *parent);

    void setMessage(const std::shared_ptr<const DecodedMessage> &message);
    void setShowing(Showing showing);
    // The masked row in the clear, until the next message.
    void setShown(MessagePart part, const NodePath &path, const QString &text);
    [[nodiscard]] QAction *showAction() const { return m_show; }     // of the current row
    [[nodiscard]] QAction *columnAction() const { return m_column; } // of the current row's field
    [[nodiscard]] QString text() const; // the rows that have been unfolded, a line each

    // Also in what is folded; not in values that have been shown in the clear.
    [[nodiscard]] Job search() const override;
    void showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current) override;

Q_SIGNALS:
    void showRequested(desk::MessagePart part, const desk::NodePath &path, const QString &field);
    // The field is to have a column in the table; see FieldPath.
    void columnRequested(const QString &field);

protected:
    void keyPressEvent(QKeyEvent *event) override; // Ctrl+C: the value of the row

private:
    enum Roles { PathRole = Qt::UserRole, PartRole, MaskedRole, FilledRole };

    void fill();
    void fillChildren(QTreeWidgetItem &item);
    QTreeWidgetItem *addNode(QTreeWidgetItem &parent, const DecodedNode &node, MessagePart part,
                             const NodePath &path);
    void addPart(const DecodedPart &decoded, MessagePart part);
    void updateAction();
    void requestShown(QTreeWidgetItem *item);
    [[nodiscard]] QString currentField() const; // empty: the row is none
    void showNode(MessagePart part, const NodePath &path);
    [[nodiscard]] const DecodedNode &root(MessagePart part) const;

    Theme &m_theme;
    std::shared_ptr<const DecodedMessage> m_message; // never null
    Showing m_showing = Showing::Never;
    QAction *m_show;
    QAction *m_column;
};

} // namespace desk
