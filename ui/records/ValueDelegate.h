// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "ui/records/CellDelegate.h"

#include <QPointer>

class QLabel;

namespace desk {

class FieldEditor;

// Cells of one column, shown as text and edited in the editor that fits the column. Return, Tab and losing
// the focus commit, Escape takes back; a text that does not fit the column stays in its editor with the
// sentence under it. Numbers stand right-aligned in tabular figures. GUI thread.
class ValueDelegate : public CellDelegate
{
    Q_OBJECT

public:
    ValueDelegate(const Column &column, DeskServices &services, QAbstractItemView *view);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void destroyEditor(QWidget *editor, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

    // True if what is typed in this editor does not fit, so that it must not be closed over the typing.
    [[nodiscard]] static bool isHeld(const QWidget *editor);
    // Shows the sentence of an editor that is held, and gives it the focus.
    void remind(QWidget *editor) const;

protected:
    void paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const override;
    [[nodiscard]] int contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const override;
    [[nodiscard]] QString placeholder() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

    [[nodiscard]] const Column &column() const { return m_column; }

private:
    void finish(FieldEditor *editor, EndEditHint hint);
    void validate(FieldEditor *editor) const;
    void placeBubble(const QWidget *editor) const;
    bool handleKey(FieldEditor *editor, QKeyEvent *event);

    Column m_column;
    QPointer<QWidget> m_finished;      // an editor on its way out
    mutable QPointer<QLabel> m_bubble; // the sentence under a held editor; child of the view's viewport
};

} // namespace desk
