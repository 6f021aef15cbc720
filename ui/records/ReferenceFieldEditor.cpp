// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ReferenceFieldEditor.h"
#include "models/store/WhenFinished.h"

#include "models/schema/ColumnText.h"
#include "models/store/StoreClient.h"
#include "ui/records/ImageLoader.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPixmap>
#include <QStandardItemModel>

namespace desk {
namespace {

constexpr int IdRole = Qt::UserRole + 1;
constexpr QSize ChoicePictureSize(40, 40);

} // namespace

ReferenceFieldEditor::ReferenceFieldEditor(const Column &column, Place place, StoreClient &store,
                                           ImageLoader *images, QWidget *parent)
    : FieldEditor(column, place, parent)
    , m_store(store)
    , m_images(images)
    , m_target(store.catalog().find(column.reference))
    , m_line(new QLineEdit(this))
    , m_choices(new QStandardItemModel(this))
    , m_completer(new QCompleter(this))
{
    setInner(m_line);
    m_line->setPlaceholderText(tr("Type to search"));
    m_line->setProperty("chooser", true);

    m_completer->setModel(m_choices);
    m_completer->setWidget(m_line);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->popup()->setProperty("menu", true);
    m_completer->popup()->setAccessibleName(tr("Choices for %1").arg(column.label));
    // On the popup's own size, not the cell's: names are longer than columns.
    m_completer->popup()->setMinimumWidth(260);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) {
                choose(index.data(IdRole).toString(), index.data(Qt::DisplayRole).toString());
                touch();
                Q_EMIT chosen();
            });

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(DebounceMilliseconds); // started with 0 where the list opens by itself
    connect(&m_debounce, &QTimer::timeout, this, &ReferenceFieldEditor::search);
    connect(m_line, &QLineEdit::textEdited, this, [this] {
        m_id.clear();
        m_label.clear();
        ++m_generation; // the list that is open answers another text: Return must not take from it
        m_completer->popup()->setCurrentIndex({});
        m_debounce.start(DebounceMilliseconds);
        touch();
    });
    if (m_images && m_target && m_target->display().widget == ColumnWidget::ImageUrl) {
        connect(m_images, &ImageLoader::pictureChanged, this, [this](const QString &url) {
            for (QStandardItem *item : m_choices->findItems(url)) {
                const ImageLoader::Picture picture = m_images->picture(url, ChoicePictureSize);
                item->setIcon(QIcon(QPixmap::fromImage(picture.image)));
            }
        });
    }
    m_line->installEventFilter(this);
}

void ReferenceFieldEditor::setTypedText(const QString &text)
{
    m_line->setText(text);
    m_id.clear();
    m_label.clear();
    m_debounce.start(DebounceMilliseconds);
    touch();
}

QString ReferenceFieldEditor::typedText() const
{
    return m_line->text();
}

Expected<QVariant> ReferenceFieldEditor::value() const
{
    if (!m_id.isEmpty())
        return idValue(m_id);
    if (m_line->text().trimmed().isEmpty()) {
        if (const Expected<> valid = validateValue(column(), QVariant()); !valid)
            return tl::make_unexpected(valid.error());
        return QVariant();
    }
    return failure(ErrorCode::InvalidValue,
                   tr("%1: Choose a %2 from the list; \"%3\" is none.")
                       .arg(column().label, m_target ? m_target->singular.toLower() : column().reference,
                            m_line->text()),
                   {}, column().name);
}

void ReferenceFieldEditor::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
}

bool ReferenceFieldEditor::isSearching() const
{
    return m_id.isEmpty() && (m_line->hasFocus() || m_completer->popup()->isVisible());
}

void ReferenceFieldEditor::showValue(const QVariant &value, const QString &label)
{
    ++m_generation;
    m_debounce.stop();
    const RecordId id = textOf(column(), value);
    const QString text = label.isEmpty() && !id.isEmpty() ? QStringLiteral("#%1").arg(id) : label;
    choose(id, text);
    m_line->setCursorPosition(0);
}

bool ReferenceFieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && !m_line->isReadOnly()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        // Down opens the list at any time, with everything in it when nothing has been typed.
        if (key->key() == Qt::Key_Down && !m_completer->popup()->isVisible()) {
            search();
            return true;
        }
    }
    // In a cell one has asked for the editor already; in a form a click asks for the list.
    // The focus that comes back from the list itself asks for nothing.
    const auto isEntered = [event] {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        return reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason;
    };
    const bool opens = place() == Place::Cell ? event->type() == QEvent::FocusIn && isEntered()
                                              : event->type() == QEvent::MouseButtonPress;
    if (opens && watched == m_line && !m_line->isReadOnly() && !isTouched()
        && !m_completer->popup()->isVisible())
        m_debounce.start(0);
    return FieldEditor::eventFilter(watched, event);
}

void ReferenceFieldEditor::search()
{
    if (!m_target)
        return;
    m_debounce.stop();
    const quint64 generation = ++m_generation;
    const QString text = m_id.isEmpty() ? m_line->text().trimmed() : QString();
    whenFinished(m_store.findChoicesAsync(*m_target, text, MaximumChoices), this,
                 [this, generation](const Expected<QList<ReferenceChoice>> &choices) {
                     if (generation == m_generation && choices)
                         showChoices(*choices);
                 });
}

void ReferenceFieldEditor::showChoices(const QList<ReferenceChoice> &choices)
{
    m_choices->clear();
    const bool havePictures = m_images && m_target->display().widget == ColumnWidget::ImageUrl;
    const ReferenceChoice *exact = nullptr;
    int exactCount = 0;
    for (const ReferenceChoice &choice : choices) {
        auto *item = new QStandardItem(choice.label.isEmpty() ? QStringLiteral("#%1").arg(choice.id)
                                                              : choice.label);
        item->setData(choice.id, IdRole);
        item->setToolTip(QStringLiteral("#%1").arg(choice.id));
        item->setEditable(false);
        if (havePictures)
            item->setIcon(
                QIcon(QPixmap::fromImage(m_images->picture(choice.label, ChoicePictureSize).image)));
        m_choices->appendRow(item); // takes the item
        if (choice.label.compare(m_line->text().trimmed(), Qt::CaseInsensitive) == 0) {
            exact = &choice;
            ++exactCount;
        }
    }
    // Typed in full, it need not be picked as well; of two with one name, one must be.
    if (exactCount == 1 && m_id.isEmpty()) {
        m_id = exact->id;
        m_label = exact->label;
        Q_EMIT edited();
    }
    if (choices.isEmpty() || !m_line->hasFocus()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
    int current = m_line->text().isEmpty() ? -1 : 0;
    for (int row = 0; row < m_choices->rowCount(); ++row) {
        if (!m_id.isEmpty() && m_choices->item(row)->data(IdRole).toString() == m_id)
            current = row;
    }
    if (current >= 0)
        m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(current, 0));
}

void ReferenceFieldEditor::choose(const RecordId &id, const QString &label)
{
    m_id = id;
    m_label = label;
    m_line->setText(label);
}

QVariant ReferenceFieldEditor::idValue(const RecordId &id) const
{
    const Expected<QVariant> value = valueFromText(column(), id);
    return value ? *value : QVariant();
}

} // namespace desk
