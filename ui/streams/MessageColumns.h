// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamColumns.h"
#include "ui/streams/StreamSettings.h"

#include <QObject>
#include <QTimer>

class QAbstractItemModel;
class QAction;
class QMenu;
class QPoint;

namespace desk {

class MessageTableModel;
class MessageTableView;
class Theme;

// The columns of the stream's table: which are shown, in which order, how wide, and which fields of the messages have
// one. Changed in the header (drag, right click), in a dialog, and from a message; kept with the workspace, for all of
// its topics alike: a message without a field has an empty cell, and nothing jumps when other topics are chosen.
// Owned by the panel, as are the table and the model. GUI thread.
class MessageColumns : public QObject
{
    Q_OBJECT

public:
    MessageColumns(MessageTableView &table, MessageTableModel &model, Theme &theme, QWidget *window);
    ~MessageColumns() override;

    // Another model whose messages the table shows at times. The panel owns it.
    void addModel(MessageTableModel &model);
    // Shows the table the one model, which is made of the other with the same columns, arranged as it should be.
    void show(QAbstractItemModel &model, MessageTableModel &messages);
    // Takes up what was chosen before in this workspace, and keeps what is chosen from now on.
    void keepIn(const StreamSettings &settings);
    // Fields that the topics are known to have, before any message has come.
    void setDescribedFields(const QStringList &fields) { m_described = fields; }

    [[nodiscard]] const StreamColumns &columns() const { return m_columns; }
    void setColumns(const StreamColumns &columns);
    // A sentence if there are too many; empty if it is shown.
    QString addField(const QString &field);
    void removeField(const QString &field);
    // Fields to choose from: those described, those in the newest messages.
    [[nodiscard]] QStringList offeredFields() const;

    [[nodiscard]] QList<QAction *> actions() const { return {m_choose, m_reset}; }
    // The menu of the table's header.
    [[nodiscard]] QMenu *makeHeaderMenu(int column); // the caller owns it

Q_SIGNALS:
    // A field's column cannot be added: why.
    void problem(const QString &sentence);

private:
    void makeMessageMenu();
    void fillMessageMenu();
    void arrange();
    void selectWholeRows();
    void noteOrder();
    void noteWidth(int column, int width);
    void chooseColumns();
    void keep() const;
    [[nodiscard]] int modelColumn(const StreamColumn &column) const; // -1: not shown
    [[nodiscard]] QString title(const StreamColumn &column) const;
    [[nodiscard]] int standardWidth(const StreamColumn &column) const;

    MessageTableView &m_table;
    MessageTableModel &m_model;
    QList<MessageTableModel *> m_models; // with that one
    MessageTableModel *m_shown;
    Theme &m_theme;
    QWidget *m_window;
    StreamColumns m_columns;
    QStringList m_described;
    QAction *m_choose;
    QAction *m_reset;
    QMenu *m_messageMenu;
    bool m_isArranging = false;
    QTimer m_keepTimer;
    StreamSettings m_settings;
};

} // namespace desk
