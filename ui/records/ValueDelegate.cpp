// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ValueDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/parts/TabularText.h"
#include "ui/records/FieldEditor.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

namespace desk {
namespace {

constexpr int LeastForNames = 80; // pixels
constexpr int LeastForUrls = 260;

FieldEditor *fieldEditorOf(QObject *object)
{
    for (auto *widget = qobject_cast<QWidget *>(object); widget; widget = widget->parentWidget()) {
        if (auto *editor = qobject_cast<FieldEditor *>(widget))
            return editor;
    }
    return nullptr;
}

} // namespace

ValueDelegate::ValueDelegate(const Column &column, DeskServices &services, QAbstractItemView *view)
    : CellDelegate(services, view)
    , m_column(column)
{ }

QWidget *ValueDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                     const QModelIndex &index) const
{
    FieldEditor *editor = makeFieldEditor(m_column, FieldEditor::Place::Cell, services().store,
                                          &services().images, parent);
    auto *self = const_cast<ValueDelegate *>(
        this); // Qt declares this const; it is the delegate that is changed
    if (QWidget *inner = editor->focusProxy())
        inner->installEventFilter(self);
    if (auto *model = qobject_cast<RecordTableModel *>(view()->model()))
        model->beginEdit(index);
    connect(editor, &FieldEditor::edited, this, [this, editor] {
        if (!editor->isSearching()) {
            validate(editor);
            return;
        }
        editor->setInvalid(false);
        delete m_bubble.data();
    });
    connect(editor, &FieldEditor::chosen, this, [self, editor] { self->finish(editor, SubmitModelCache); });
    return editor;
}

void ValueDelegate::destroyEditor(QWidget *editor, const QModelIndex &index) const
{
    delete m_bubble.data();
    CellDelegate::destroyEditor(editor, index);
    if (auto *model = qobject_cast<RecordTableModel *>(view()->model()))
        model->endEdit();
}

void ValueDelegate::setEditorData(QWidget *widget, const QModelIndex &index) const
{
    auto *editor = qobject_cast<FieldEditor *>(widget);
    // The view asks again whenever the cell changes underneath; typing is never overwritten.
    if (!editor || editor->isTouched())
        return;
    editor->setValue(index.data(RecordTableModel::ValueRole),
                     m_column.isReference() ? index.data(Qt::DisplayRole).toString() : QString());
    if (auto *line = qobject_cast<QLineEdit *>(editor->focusProxy()))
        line->selectAll();
}

void ValueDelegate::setModelData(QWidget *widget, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *editor = qobject_cast<FieldEditor *>(widget);
    // A refused value is tried again when it is confirmed as it is.
    if (!editor || (!editor->isTouched() && !index.data(RecordTableModel::IsDraftRole).toBool()))
        return;
    if (const Expected<QVariant> value = editor->value())
        model->setData(index, *value, Qt::EditRole);
}

void ValueDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                         const QModelIndex &) const
{
    QRect rect = option.rect.adjusted(0, 0, 0, -1);
    if (m_column.widget == ColumnWidget::MultiLine || m_column.type == ColumnType::List) {
        rect.setWidth(std::max(rect.width(), 320));
        rect.setHeight(5 * Theme::RowHeight);
    } else if (m_column.isReference() && rect.width() < LeastForNames) { // of a column of thumbnails
        rect.setWidth(LeastForUrls);
    } else if (!m_column.allowed.isEmpty()) {
        rect.setWidth(std::max(rect.width(), 90));
    }
    // All of it in sight, at the lower and right edge too.
    const QRect room = view()->viewport()->rect();
    rect.moveRight(std::min(rect.right(), std::max(room.right(), rect.width() - 1)));
    if (rect.bottom() > room.bottom() && rect.height() > Theme::RowHeight)
        rect.moveBottom(room.bottom());
    editor->setGeometry(rect);
    placeBubble(editor);
}

bool ValueDelegate::isHeld(const QWidget *widget)
{
    const auto *editor = qobject_cast<const FieldEditor *>(widget);
    return editor && editor->isTouched() && !editor->value();
}

void ValueDelegate::remind(QWidget *widget) const
{
    if (auto *editor = qobject_cast<FieldEditor *>(widget)) {
        validate(editor);
        editor->setFocus();
    }
}

void ValueDelegate::validate(FieldEditor *editor) const
{
    const Expected<QVariant> value = editor->value();
    editor->setInvalid(!value);
    if (value) {
        delete m_bubble.data();
        return;
    }
    if (!m_bubble) {
        m_bubble = new QLabel(view()->viewport());
        m_bubble->setObjectName(QStringLiteral("cellProblem"));
        m_bubble->setTextFormat(Qt::PlainText);
        m_bubble->setStyleSheet(
            QStringLiteral(
                "background: %1; color: %2; padding: 4px 8px; border-radius: 4px; font-size: 12px;")
                .arg(colours().refused.chip.name(), colours().refused.text.name()));
    }
    m_bubble->setText(fieldSentence(m_column, value.error()));
    m_bubble->setAccessibleName(m_bubble->text());
    placeBubble(editor);
    m_bubble->show();
    m_bubble->raise();
}

void ValueDelegate::placeBubble(const QWidget *editor) const
{
    if (!m_bubble)
        return;
    m_bubble->adjustSize();
    const QRect room = view()->viewport()->rect();
    QPoint place = editor->geometry().bottomLeft() + QPoint(0, 1);
    if (place.y() + m_bubble->height() > room.bottom())
        place.setY(editor->geometry().top() - m_bubble->height());
    place.setX(std::max(0, std::min(place.x(), room.right() - m_bubble->width())));
    m_bubble->move(place);
}

void ValueDelegate::finish(FieldEditor *editor, EndEditHint hint)
{
    if (m_finished == editor)
        return; // its last events: closing takes the focus away
    if (hint != RevertModelCache && isHeld(editor)) {
        validate(editor);
        return;
    }
    m_finished = editor;
    if (hint != RevertModelCache)
        Q_EMIT commitData(editor);
    Q_EMIT closeEditor(editor, hint);
}

bool ValueDelegate::eventFilter(QObject *watched, QEvent *event)
{
    FieldEditor *editor = fieldEditorOf(watched);
    if (!editor)
        return CellDelegate::eventFilter(watched, event);

    switch (event->type()) {
    case QEvent::KeyPress:
        return handleKey(editor, static_cast<QKeyEvent *>(event));
    case QEvent::FocusOut: {
        // A popup of the editor or another window has the keyboard for a while; the edit goes on.
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason == Qt::PopupFocusReason || reason == Qt::ActiveWindowFocusReason
            || QApplication::activePopupWidget())
            return false;
        const QWidget *focus = QApplication::focusWidget();
        if (focus == editor || (focus && editor->isAncestorOf(focus)))
            return false;
        finish(editor, NoHint);
        return false;
    }
    default:
        return false;
    }
}

bool ValueDelegate::handleKey(FieldEditor *editor, QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Tab:
        finish(editor, EditNextItem);
        return true;
    case Qt::Key_Backtab:
        finish(editor, EditPreviousItem);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))
            return false; // a new line, where there can be one
        finish(editor, SubmitModelCache);
        return true;
    case Qt::Key_Escape:
        finish(editor, RevertModelCache);
        return true;
    default:
        return false;
    }
}

void ValueDelegate::paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    if (m_column.isNumber()) {
        if (index.data(RecordTableModel::ColumnRole).toInt() == 0)
            painter->setPen(colours().muted); // the id
        drawTabular(painter, content, text);
        return;
    }
    if (m_column.widget == ColumnWidget::MultiLine)
        painter->setPen(colours().muted);
    // Eliding looks at the whole text; only what can be seen is worth that.
    const QString line = text.left(500).simplified();
    painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(line, Qt::ElideRight, content.width()));
}

int ValueDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return m_column.isNumber() ? tabularWidth(metrics, text)
                               : metrics.horizontalAdvance(text.left(500).simplified());
}

QString ValueDelegate::placeholder() const
{
    return m_column.type == ColumnType::Text && m_column.searchable ? tr("loading…") : QString();
}

} // namespace desk
