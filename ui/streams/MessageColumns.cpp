// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageColumns.h"

#include "kafka/MessageTableModel.h"
#include "ui/parts/HeaderWidth.h"
#include "ui/shell/Theme.h"
#include "ui/streams/ColumnsDialog.h"
#include "ui/streams/MessageTableView.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>

namespace desk {
namespace {

const char *const ColumnsKey = "columns";
constexpr int KeepMilliseconds = 400; // after the last change of a width
constexpr int SampledMessages = 50;
constexpr int FieldWidth = 110;
constexpr qsizetype MostInMenu = 40;

} // namespace

MessageColumns::MessageColumns(MessageTableView &table, MessageTableModel &model, Theme &theme,
                               QWidget *window)
    : QObject(window)
    , m_table(table)
    , m_model(model)
    , m_models{&model}
    , m_shown(&model)
    , m_theme(theme)
    , m_window(window)
    , m_columns(StreamColumns::standard())
    , m_choose(new QAction(theme.icon(QStringLiteral("columns")), tr("Co&lumns…"), this))
    , m_reset(new QAction(theme.icon(QStringLiteral("undo")), tr("Reset the colum&ns"), this))
    , m_messageMenu(new QMenu(tr("Show as &column"), &table))
{
    m_choose->setObjectName(QStringLiteral("streamColumns"));
    m_choose->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C));
    m_choose->setToolTip(tr("Which columns the messages have, fields of their values among them"));
    connect(m_choose, &QAction::triggered, this, &MessageColumns::chooseColumns);
    m_reset->setObjectName(QStringLiteral("streamColumnsReset"));
    m_reset->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z));
    m_reset->setToolTip(tr("The columns as they are by themselves"));
    connect(m_reset, &QAction::triggered, this, [this] { setColumns(StreamColumns::standard()); });
    makeMessageMenu();

    QHeaderView *header = table.horizontalHeader();
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setToolTip(tr("Drag to move, right-click to choose columns"));
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &place) {
        QMenu *menu = makeHeaderMenu(header->logicalIndexAt(place));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(header->mapToGlobal(place));
    });
    connect(header, &QHeaderView::sectionMoved, this, &MessageColumns::noteOrder);
    connect(header, &QHeaderView::sectionResized, this,
            [this](int column, int, int width) { noteWidth(column, width); });
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(KeepMilliseconds);
    connect(&m_keepTimer, &QTimer::timeout, this, &MessageColumns::keep);
}

MessageColumns::~MessageColumns()
{
    if (m_keepTimer.isActive())
        keep();
}

void MessageColumns::makeMessageMenu()
{
    m_messageMenu->setIcon(m_theme.icon(QStringLiteral("columns")));
    m_messageMenu->menuAction()->setObjectName(QStringLiteral("showAsColumn"));
    connect(m_messageMenu, &QMenu::aboutToShow, this, &MessageColumns::fillMessageMenu);
    m_table.addAction(m_messageMenu->menuAction());
    const auto update = [this] { m_messageMenu->menuAction()->setEnabled(m_table.chosenLogRow() >= 0); };
    connect(&m_table, &MessageTableView::chosenChanged, this, update);
    update();
}

void MessageColumns::fillMessageMenu()
{
    m_messageMenu->clear();
    const int row = m_shown->rowOf(m_table.chosenLogRow());
    const QStringList fields = row < 0 ? QStringList() : fieldPaths(m_shown->decoded(row), MostInMenu);
    for (const QString &field : fields) {
        QAction *action = m_messageMenu->addAction(QString(field).replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(m_model.columnOf(field) >= 0);
        connect(action, &QAction::toggled, this, [this, field](bool isShown) {
            if (isShown)
                addField(field);
            else
                removeField(field);
        });
    }
    if (fields.isEmpty())
        m_messageMenu->addAction(tr("The message has no fields"))->setEnabled(false);
}

void MessageColumns::addModel(MessageTableModel &model)
{
    m_models.append(&model);
    model.setFields(m_columns.shownFields());
}

void MessageColumns::show(QAbstractItemModel &model, MessageTableModel &messages)
{
    m_shown = &messages;
    if (m_table.model() != &model) {
        const QScopedValueRollback<bool> arranging(m_isArranging, true);
        m_table.setModel(&model);
    }
    arrange();
}

void MessageColumns::keepIn(const StreamSettings &settings)
{
    m_settings = settings;
    const auto kept = settings.object(ColumnsKey);
    m_columns = kept ? StreamColumns::fromJson(*kept) : StreamColumns::standard();
    arrange();
}

void MessageColumns::keep() const
{
    const bool isStandard = m_columns == StreamColumns::standard();
    m_settings.setObject(ColumnsKey, isStandard ? std::nullopt : std::optional(m_columns.toJson()));
}

void MessageColumns::setColumns(const StreamColumns &columns)
{
    m_columns = columns;
    arrange();
    keep();
}

QString MessageColumns::addField(const QString &field)
{
    StreamColumns columns = m_columns;
    const QString sentence = columns.add(field);
    if (sentence.isEmpty())
        setColumns(columns);
    else
        Q_EMIT problem(sentence);
    return sentence;
}

void MessageColumns::removeField(const QString &field)
{
    StreamColumns columns = m_columns;
    columns.remove(field);
    setColumns(columns);
}

QStringList MessageColumns::offeredFields() const
{
    QStringList fields = m_described + m_model.fieldsSeen(SampledMessages);
    fields.removeDuplicates();
    std::sort(fields.begin(), fields.end(), [](const QString &left, const QString &right) {
        return left.compare(right, Qt::CaseInsensitive) < 0;
    });
    return fields;
}

int MessageColumns::modelColumn(const StreamColumn &column) const
{
    return column.isField() ? m_model.columnOf(column.field) : column.fixed;
}

QString MessageColumns::title(const StreamColumn &column) const
{
    return column.isField() ? column.field : m_model.headerData(column.fixed, Qt::Horizontal).toString();
}

int MessageColumns::standardWidth(const StreamColumn &column) const
{
    constexpr int WidestByItself = 220;
    return column.isField()
        ? std::clamp(headerWidth(m_theme.font(), column.field, HeaderUse::Read), FieldWidth, WidestByItself)
        : m_table.standardWidth(column.fixed);
}

// The table as the columns say.
void MessageColumns::arrange()
{
    if (!m_table.model())
        return;
    const QScopedValueRollback<bool> arranging(m_isArranging, true);
    for (MessageTableModel *model : std::as_const(m_models))
        model->setFields(m_columns.shownFields());
    selectWholeRows();
    QHeaderView *header = m_table.horizontalHeader();
    int place = 0;
    for (const StreamColumn &column : m_columns.columns()) {
        const int section = modelColumn(column);
        if (section < 0 || section >= header->count())
            continue;
        header->moveSection(header->visualIndex(section), place++);
        m_table.setColumnChosen(section, column.isShown);
        if (section != MessageTableModel::ValueColumn) // which takes what is left
            header->resizeSection(section, column.width > 0 ? column.width : standardWidth(column));
    }
    m_reset->setEnabled(m_columns != StreamColumns::standard());
}

// What was selected before a column came has it, too: else it is no selected row to Qt.
void MessageColumns::selectWholeRows()
{
    QItemSelectionModel *selection = m_table.selectionModel();
    if (selection && selection->hasSelection())
        selection->select(selection->selection(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void MessageColumns::noteOrder()
{
    if (m_isArranging)
        return;
    const QHeaderView *header = m_table.horizontalHeader();
    QList<StreamColumn> columns = m_columns.columns();
    std::stable_sort(columns.begin(), columns.end(),
                     [&](const StreamColumn &left, const StreamColumn &right) {
                         const auto place = [&](const StreamColumn &column) {
                             const int section = modelColumn(column);
                             return section < 0 ? header->count() : header->visualIndex(section);
                         };
                         return place(left) < place(right);
                     });
    m_columns = StreamColumns::of(columns);
    m_reset->setEnabled(true);
    keep();
}

void MessageColumns::noteWidth(int column, int width)
{
    if (m_isArranging || width <= 0 || column == MessageTableModel::ValueColumn)
        return;
    const bool isField = column >= MessageTableModel::ColumnCount;
    const qsizetype index = m_columns.indexOf(
        isField ? -1 : column,
        isField ? m_model.fields().value(column - MessageTableModel::ColumnCount) : QString());
    if (index < 0)
        return;
    const StreamColumn &known = m_columns.columns()[index];
    if (width == (known.width > 0 ? known.width : standardWidth(known)))
        return; // a column that gave way is back
    m_columns.setWidth(index, width);
    m_reset->setEnabled(true);
    m_keepTimer.start(); // a drag is many of these
}

QMenu *MessageColumns::makeHeaderMenu(int column)
{
    auto *menu = new QMenu(&m_table);
    const auto text = [](QString name) { return name.replace(u'&', QStringLiteral("&&")); };
    for (qsizetype index = 0; index < m_columns.columns().size(); ++index) {
        const StreamColumn &entry = m_columns.columns()[index];
        QAction *action = menu->addAction(text(title(entry)));
        action->setCheckable(true);
        action->setChecked(entry.isShown);
        connect(action, &QAction::toggled, this, [this, entry](bool isShown) {
            StreamColumns columns = m_columns;
            columns.setShown(columns.indexOf(entry.fixed, entry.field), isShown);
            setColumns(columns);
        });
    }
    menu->addSeparator();
    QMenu *fields = menu->addMenu(m_theme.icon(QStringLiteral("plus")), tr("&Add a field"));
    for (const QString &field : offeredFields()) {
        if (m_columns.hasField(field) || fields->actions().size() >= MostInMenu)
            continue;
        connect(fields->addAction(text(field)), &QAction::triggered, this,
                [this, field] { addField(field); });
    }
    fields->setEnabled(!fields->isEmpty());
    if (const QString field = m_model.fields().value(column - MessageTableModel::ColumnCount);
        !field.isEmpty())
        connect(menu->addAction(m_theme.icon(QStringLiteral("minus")), tr("&Remove “%1”").arg(text(field))),
                &QAction::triggered, this, [this, field] { removeField(field); });
    menu->addSeparator();
    menu->addActions(actions());
    return menu;
}

void MessageColumns::chooseColumns()
{
    QStringList titles;
    for (int fixed = 0; fixed < MessageTableModel::ColumnCount; ++fixed)
        titles.append(m_model.headerData(fixed, Qt::Horizontal).toString());
    auto *dialog = new ColumnsDialog(m_columns, titles, offeredFields(), m_window); // goes when it is closed
    connect(dialog, &ColumnsDialog::chosen, this, &MessageColumns::setColumns);
    dialog->open();
}

} // namespace desk
