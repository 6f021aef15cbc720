// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/ColumnsDialog.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {
namespace {

enum Roles { FixedRole = Qt::UserRole, WidthRole };

QPushButton *makeButton(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

ColumnsDialog::ColumnsDialog(const StreamColumns &columns, const QStringList &titles,
                             const QStringList &offered, QWidget *parent)
    : QDialog(parent)
    , m_titles(titles)
    , m_list(new QListWidget(this))
    , m_field(new QLineEdit(this))
    , m_add(makeButton(tr("&Add"), QStringLiteral("columnAdd"), this))
    , m_up(makeButton(tr("Move &up"), QStringLiteral("columnUp"), this))
    , m_down(makeButton(tr("Move &down"), QStringLiteral("columnDown"), this))
    , m_remove(makeButton(tr("&Remove"), QStringLiteral("columnRemove"), this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Columns of the stream"));
    resize(460, 520);
    build(offered);
    fill(columns);
    connect(m_list, &QListWidget::currentRowChanged, this, &ColumnsDialog::updateButtons);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ColumnsDialog::updateButtons);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        m_problem->hide();
        updateButtons();
    });
    connect(m_field, &QLineEdit::returnPressed, this, &ColumnsDialog::addField);
    connect(m_add, &QPushButton::clicked, this, &ColumnsDialog::addField);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_remove, &QPushButton::clicked, this, &ColumnsDialog::removeCurrent);
    m_list->setCurrentRow(0);
    updateButtons();
    m_field->setFocus();
}

void ColumnsDialog::build(const QStringList &offered)
{
    m_list->setObjectName(QStringLiteral("columnList"));
    m_list->setProperty("menu", true); // rows that can be hit
    m_list->setAccessibleName(tr("Columns, from left to right"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_field->setObjectName(QStringLiteral("columnField"));
    m_field->setAccessibleName(tr("Field of the messages"));
    m_field->setPlaceholderText(tr("price, pricing.amount, header.trace-id"));
    m_field->setMaxLength(int(StreamColumns::LongestPath));
    auto *completer = new QCompleter(offered, m_field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_field->setCompleter(completer);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *label = new QLabel(tr("&Field of the messages"), this);
    label->setBuddy(m_field);
    auto *note = new QLabel(
        tr("A field within another has a dot: pricing.amount. A message without the field "
           "has an empty cell; what is sensitive stays masked."),
        this);
    note->setProperty("role", QStringLiteral("muted"));
    note->setWordWrap(true);

    auto *adding = new QHBoxLayout;
    adding->setSpacing(8);
    adding->addWidget(m_field, 1);
    adding->addWidget(m_add);
    auto *moving = new QVBoxLayout;
    moving->setSpacing(8);
    for (QPushButton *button : {m_up, m_down, m_remove})
        moving->addWidget(button);
    moving->addStretch(1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(8);
    middle->addWidget(m_list, 1);
    middle->addLayout(moving);
    auto *buttons = new QDialogButtonBox(
        QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    buttons->button(QDialogButtonBox::RestoreDefaults)->setText(tr("Re&set"));
    buttons->button(QDialogButtonBox::RestoreDefaults)->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Ok)->setAutoDefault(false); // Enter in the field adds it
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(columns());
        accept();
    });
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { fill(StreamColumns::standard()); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addLayout(adding);
    layout->addWidget(m_problem);
    layout->addWidget(note);
    layout->addLayout(middle, 1);
    layout->addWidget(buttons);
}

void ColumnsDialog::fill(const StreamColumns &columns)
{
    m_list->clear();
    for (const StreamColumn &column : columns.columns())
        addItem(column);
}

void ColumnsDialog::addItem(const StreamColumn &column)
{
    auto *item = new QListWidgetItem(column.isField() ? column.field : m_titles.value(column.fixed),
                                     m_list); // the list owns it
    item->setFlags((item->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsDropEnabled);
    item->setCheckState(column.isShown ? Qt::Checked : Qt::Unchecked);
    item->setData(FixedRole, column.fixed);
    item->setData(WidthRole, column.width);
}

StreamColumns ColumnsDialog::columns() const
{
    QList<StreamColumn> columns;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        const int fixed = item->data(FixedRole).toInt();
        columns.append({fixed, fixed < 0 ? item->text() : QString(), item->checkState() == Qt::Checked,
                        item->data(WidthRole).toInt()});
    }
    return StreamColumns::of(columns);
}

void ColumnsDialog::addField()
{
    StreamColumns now = columns();
    const QString field = m_field->text().trimmed();
    const QString sentence = now.add(field);
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        return;
    fill(now);
    m_list->setCurrentRow(int(now.indexOf(-1, field)));
    m_field->clear();
}

void ColumnsDialog::move(int by)
{
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    m_list->insertItem(to, m_list->takeItem(row));
    m_list->setCurrentRow(to);
}

void ColumnsDialog::removeCurrent()
{
    delete m_list->takeItem(m_list->currentRow());
    updateButtons();
}

void ColumnsDialog::updateButtons()
{
    const int row = m_list->currentRow();
    const QListWidgetItem *item = m_list->currentItem();
    const bool isField = item && item->data(FixedRole).toInt() < 0;
    m_add->setEnabled(!m_field->text().trimmed().isEmpty());
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    m_remove->setEnabled(isField);
    m_remove->setToolTip(isField ? QString() : tr("Take the tick away to hide it"));
}

} // namespace desk
