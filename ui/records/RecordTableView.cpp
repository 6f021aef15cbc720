// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordTableView.h"

#include "ui/parts/EmptyState.h"
#include "ui/parts/TabularText.h"
#include "ui/records/CheckDelegate.h"
#include "ui/records/ColumnLayout.h"
#include "ui/records/FieldEditor.h"
#include "ui/records/FilterRow.h"
#include "ui/records/RecordHeader.h"
#include "ui/records/ReferenceDelegate.h"
#include "ui/records/StateDelegate.h"
#include "ui/records/ThumbnailDelegate.h"
#include "ui/records/ValueDelegate.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace desk {
namespace {

constexpr int RowHintMilliseconds = 900;
constexpr int MaximumCopiedRows = 100'000;

// A tab or a line break inside a value would move what follows into other cells.
QString cellText(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\n', u' ').remove(u'\r');
}

bool isPictureReference(const Column &column, const EntityCatalog &catalog)
{
    const EntityType *target = column.isReference() ? catalog.find(column.reference) : nullptr;
    return target && target->display().widget == ColumnWidget::ImageUrl;
}

} // namespace

RecordTableView::RecordTableView(RecordTableModel &model, DeskServices &services, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_services(services)
    , m_header(new RecordHeader(services.theme, this))
{
    setHorizontalHeader(m_header);
    setModel(&model);
    setShowGrid(false);
    setAlternatingRowColors(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed);
    setTabKeyNavigation(false); // between cells only while one is edited; otherwise Tab leaves the table
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(Theme::RowHeight);
    verticalHeader()->setDefaultSectionSize(Theme::RowHeight);
    verticalScrollBar()->setSingleStep(Theme::RowHeight);
    setAccessibleName(model.entity().plural);

    QList<int> columns;
    QList<int> pictures;
    for (int section = 0; section < model.columnCount(); ++section) {
        const int column = model.entityColumn(section);
        columns.append(column);
        if (column >= 0 && isPictureReference(model.entity().columns[column], *services.catalog))
            pictures.append(column);
    }
    m_filterRow = new FilterRow(model.entity(), columns, m_header);
    m_header->setFilterRow(m_filterRow);
    m_layout = new ColumnLayout(model.entity(), columns, pictures, services.settingsFile, m_header);
    connect(m_header, &RecordHeader::columnsReset, m_layout, &ColumnLayout::reset);
    m_header->setSortIndicator(model.sectionOf(model.query().sortColumn), model.query().sortOrder);
    setSortingEnabled(true);
    m_header->viewport()->installEventFilter(this);
    makeDelegates();

    m_rowHint = new QLabel(this);
    m_rowHint->setObjectName(QStringLiteral("rowHint"));
    m_rowHint->hide();
    m_rowHintTimer.setSingleShot(true);
    m_rowHintTimer.setInterval(RowHintMilliseconds);
    connect(&m_rowHintTimer, &QTimer::timeout, m_rowHint, &QWidget::hide);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &RecordTableView::showRowHint);

    m_empty = new EmptyState(viewport());
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_loadError)
            Q_EMIT retryRequested();
        else if (m_model.query().search.isEmpty() && m_model.query().filters.isEmpty())
            Q_EMIT newRequested();
        else
            Q_EMIT clearFiltersRequested();
    });
    connect(&model, &RecordTableModel::countChanged, this, [this] {
        m_loadError.reset();
        updateEmptyState();
    });
    connect(&model, &RecordTableModel::loadFailed, this, [this](const Error &error) {
        m_loadError = error;
        updateEmptyState();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, &RecordTableView::updateEmptyState);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &RecordTableView::updateEmptyState);
    connect(&model, &QAbstractItemModel::modelReset, this, &RecordTableView::updateEmptyState);
    connect(&services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    updateEmptyState();
}

void RecordTableView::makeDelegates()
{
    for (int section = 0; section < m_model.columnCount(); ++section) {
        const int index = m_model.entityColumn(section);
        CellDelegate *delegate = nullptr;
        if (index < 0) {
            delegate = new StateDelegate(m_model.entity().name, m_services, this);
        } else {
            const Column &column = m_model.entity().columns[index];
            if (column.sensitive)
                delegate = new ValueDelegate(column, m_services, this);
            else if (column.widget == ColumnWidget::ImageUrl
                     || isPictureReference(column, *m_services.catalog))
                delegate = new ThumbnailDelegate(column, m_services, this);
            else if (column.isReference())
                delegate = new ReferenceDelegate(column, m_services, this);
            else if (column.type == ColumnType::Boolean)
                delegate = new CheckDelegate(m_services, this);
            else
                delegate = new ValueDelegate(column, m_services, this);
        }
        setItemDelegateForColumn(section, delegate);
    }
}

QList<std::pair<int, int>> RecordTableView::selectedRanges() const
{
    QList<std::pair<int, int>> ranges;
    if (!selectionModel())
        return ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.append({range.top(), range.bottom()});
    std::sort(ranges.begin(), ranges.end());
    // Ranges may touch or lie over one another, one per column at worst.
    QList<std::pair<int, int>> merged;
    for (const std::pair<int, int> &range : std::as_const(ranges)) {
        if (!merged.isEmpty() && range.first <= merged.constLast().second + 1)
            merged.last().second = std::max(merged.constLast().second, range.second);
        else
            merged.append(range);
    }
    return merged;
}

qint64 RecordTableView::selectedCount() const
{
    qint64 count = 0;
    for (const auto &[first, last] : selectedRanges())
        count += last - first + 1;
    return count;
}

void RecordTableView::showRow(int row)
{
    const int column = currentIndex().isValid() ? currentIndex().column()
                                                : m_model.sectionOf(m_model.entity().displayColumn);
    const QModelIndex index = m_model.index(row, std::max(column, 0));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void RecordTableView::copySelection() const
{
    QStringList lines;
    for (const auto &[first, last] : selectedRanges()) {
        for (int row = first; row <= last && lines.size() < MaximumCopiedRows; ++row) {
            if (!m_model.index(row, 0).data(RecordTableModel::IsLoadedRole).toBool())
                continue;
            QStringList cells;
            for (int visual = 0; visual < m_header->count(); ++visual) {
                const int section = m_header->logicalIndex(visual);
                if (!m_header->isSectionHidden(section))
                    cells.append(cellText(m_model.index(row, section).data(Qt::DisplayRole).toString()));
            }
            lines.append(cells.join(u'\t'));
        }
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QWidget *RecordTableView::heldEditor() const
{
    if (state() != EditingState)
        return nullptr;
    QWidget *editor = indexWidget(currentIndex());
    return editor && ValueDelegate::isHeld(editor) ? editor : nullptr;
}

bool RecordTableView::remindOfHeldEditor()
{
    QWidget *editor = heldEditor();
    if (!editor)
        return false;
    if (const auto *delegate = qobject_cast<ValueDelegate *>(itemDelegateForIndex(currentIndex())))
        delegate->remind(editor);
    return true;
}

bool RecordTableView::isTyping() const
{
    const auto *editor = state() == EditingState ? qobject_cast<FieldEditor *>(indexWidget(currentIndex()))
                                                 : nullptr;
    return editor && editor->isTouched();
}

void RecordTableView::commitTyping()
{
    if (!isTyping() || remindOfHeldEditor())
        return;
    QWidget *editor = indexWidget(currentIndex());
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
}

void RecordTableView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    if (hint != QAbstractItemDelegate::RevertModelCache && ValueDelegate::isHeld(editor))
        return; // stays, with its sentence
    QTableView::closeEditor(editor, hint);
}

void RecordTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || !current.isValid())
        Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
}

void RecordTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionCountChanged();
}

// A selection that goes with a reset goes without a word.
void RecordTableView::reset()
{
    QTableView::reset();
    Q_EMIT selectionCountChanged();
}

void RecordTableView::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::NoModifier && state() != EditingState
        && currentIndex().isValid()) {
        if (currentIndex().flags() & Qt::ItemIsEditable)
            edit(currentIndex());
        else
            Q_EMIT openRequested(currentIndex());
        event->accept();
        return;
    }
    if (state() != EditingState && beginTyping(event))
        return;
    QTableView::keyPressEvent(event);
}

// A letter or a digit on a cell takes the place of its value, as in every other table. Space does not: it turns a
// checkbox over.
bool RecordTableView::beginTyping(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers()
        & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const QString text = event->text();
    if (modifiers || text.isEmpty() || !text.at(0).isPrint() || text.at(0).isSpace()
        || !(currentIndex().flags() & Qt::ItemIsEditable)
        || currentIndex().data(Qt::CheckStateRole).isValid())
        return false;
    edit(currentIndex());
    QWidget *editor = indexWidget(currentIndex());
    QWidget *inner = editor && editor->focusProxy() ? editor->focusProxy() : editor;
    if (state() != EditingState || !inner)
        return false;
    if (auto *line = qobject_cast<QLineEdit *>(inner))
        line->selectAll();
    else if (auto *lines = qobject_cast<QPlainTextEdit *>(inner))
        lines->selectAll();
    QCoreApplication::sendEvent(inner, event);
    event->accept();
    return true;
}

// Another order closes the cell that is open: what is typed there is committed first, or held to be mended.
bool RecordTableView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_header->viewport() && event->type() == QEvent::MouseButtonPress) {
        if (remindOfHeldEditor())
            return true;
        commitTyping();
    }
    return QTableView::eventFilter(watched, event);
}

void RecordTableView::mousePressEvent(QMouseEvent *event)
{
    if (remindOfHeldEditor())
        return;
    QTableView::mousePressEvent(event);
}

void RecordTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_layout->fit(viewport()->width());
    m_rowHint->hide();
}

void RecordTableView::showRowHint()
{
    const int rows = m_model.rowCount();
    const int row = rowAt(0);
    if (rows == 0 || row < 0 || !isVisible())
        return;
    m_rowHint->setText(tr("row %1 of %2%3")
                           .arg(groupedNumber(row + 1),
                                m_model.isCounting() ? QStringLiteral("~") : QString(), groupedNumber(rows)));
    const Colours &colours = m_services.theme.colours();
    m_rowHint->setStyleSheet(
        QStringLiteral("background: %1; color: %2; border-radius: 4px; padding: 3px 8px; font-size: 11px;")
            .arg(colours.text.name(), colours.surface.name()));
    m_rowHint->adjustSize();
    const QRect room = viewport()->geometry();
    m_rowHint->move(room.right() - m_rowHint->width() - 8, room.top() + 8);
    m_rowHint->show();
    m_rowHint->raise();
    m_rowHintTimer.start();
}

void RecordTableView::updateEmptyState()
{
    if (m_model.rowCount() > 0 || (m_model.isCounting() && !m_loadError)) {
        m_empty->hide();
        return;
    }
    const EntityType &entity = m_model.entity();
    const QString plural = entity.plural.toLower();
    if (m_loadError) {
        m_empty->setText(tr("%1 cannot be shown now").arg(entity.plural), m_loadError->sentence,
                         tr("Try again"));
    } else if (!m_model.query().search.isEmpty() || !m_model.query().filters.isEmpty()) {
        const QString what = m_model.query().search;
        m_empty->setText(what.isEmpty() ? tr("No %1 match these filters").arg(plural)
                                        : tr("No %1 match “%2”").arg(plural, what),
                         {}, tr("Clear filters"));
    } else {
        m_empty->setText(tr("There are no %1 yet").arg(plural), {},
                         tr("New %1").arg(entity.singular.toLower()));
    }
    m_empty->show();
    m_empty->raise();
}

} // namespace desk
