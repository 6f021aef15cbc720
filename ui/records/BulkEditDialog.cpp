// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/BulkEditDialog.h"
#include "models/schema/ColumnText.h"
#include "models/store/WhenFinished.h"

#include "ui/parts/TabularText.h"
#include "ui/records/BulkEditModel.h"
#include "ui/records/FieldEditor.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>

namespace desk {
namespace {

// What all of these records have in that column; nothing where they differ.
std::pair<QVariant, QString> commonValue(const QList<RecordRow> &rows, int column)
{
    for (const RecordRow &row : rows) {
        if (!sameValue(row.record.values.value(column), rows.constFirst().record.values.value(column)))
            return {};
    }
    return {rows.constFirst().record.values.value(column), rows.constFirst().labels.value(column)};
}

} // namespace

BulkEditDialog::BulkEditDialog(const EntityType &entity, const QList<RecordRow> &rows, DeskServices &services,
                               QWidget *parent)
    : QDialog(parent)
    , m_entity(entity)
    , m_services(services)
    , m_model(new BulkEditModel(entity, rows, this))
    , m_problem(new QLabel(this))
    , m_apply(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Edit %1 %2").arg(groupedNumber(rows.size()), entity.plural.toLower()));
    resize(860, 540);

    auto *table = new QTableView(this);
    table->setModel(m_model);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::RowHeight);
    table->horizontalHeader()->resizeSection(BulkEditModel::NameColumn, 220);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setAccessibleName(tr("What changes"));

    auto *splitter = new QSplitter(this);
    splitter->addWidget(makeLines(rows));
    splitter->addWidget(table);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({330, 530});
    splitter->setChildrenCollapsible(false);

    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_apply->setProperty("primary", true);
    m_apply->setObjectName(QStringLiteral("applyBulkEdit"));
    connect(m_apply, &QPushButton::clicked, this, &BulkEditDialog::apply);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 10, 14, 12);
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(cancel);
    foot->addWidget(m_apply);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addLayout(foot);
    connect(m_model, &BulkEditModel::changesChanged, this, [this] {
        const int count = m_model->changeCount();
        m_apply->setText(count == 1
                             ? tr("Change 1 %1").arg(m_entity.singular.toLower())
                             : tr("Change %1 %2").arg(groupedNumber(count), m_entity.plural.toLower()));
        m_apply->setEnabled(count > 0 && m_areValuesValid);
    });
    takeValues();
}

QWidget *BulkEditDialog::makeLines(const QList<RecordRow> &rows)
{
    auto *content = new QWidget(this);
    content->setProperty("role", QStringLiteral("surface"));
    content->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(4);
    for (int index = 0; index < m_entity.columns.size(); ++index) {
        const Column &column = m_entity.columns[index];
        if (column.hidden || column.readOnly || index == m_entity.idColumn)
            continue;
        Line line;
        line.column = index;
        line.box = new QCheckBox(column.label, content);
        line.box->setObjectName(QStringLiteral("set-") + column.name);
        line.editor = makeFieldEditor(column, FieldEditor::Place::Form, m_services.store, &m_services.images,
                                      content);
        const auto [value, label] = commonValue(rows, index);
        line.editor->setValue(value, label);
        line.editor->hide();
        line.problem = new QLabel(content);
        line.problem->setProperty("role", QStringLiteral("problem"));
        line.problem->setTextFormat(Qt::PlainText);
        line.problem->setWordWrap(true);
        line.problem->hide();
        layout->addWidget(line.box);
        layout->addWidget(line.editor);
        layout->addWidget(line.problem);
        connect(line.box, &QCheckBox::toggled, this, [this, editor = line.editor](bool on) {
            editor->setVisible(on);
            if (on)
                editor->setFocus();
            if (auto *text = qobject_cast<QLineEdit *>(editor->focusProxy()))
                text->selectAll();
            takeValues();
        });
        connect(line.editor, &FieldEditor::edited, this, &BulkEditDialog::takeValues);
        m_lines.append(line);
    }
    layout->addStretch();
    auto *area = new QScrollArea(this);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

void BulkEditDialog::takeValues()
{
    QMap<int, BulkEditModel::NewValue> values;
    m_areValuesValid = true;
    for (const Line &line : std::as_const(m_lines)) {
        if (!line.box->isChecked()) {
            line.problem->hide();
            continue;
        }
        const Expected<QVariant> value = line.editor->value();
        // A field that has only been opened is not called wrong yet; it just sets nothing.
        const bool isShown = !value && line.editor->isTouched();
        line.editor->setInvalid(isShown);
        line.problem->setText(value ? QString()
                                    : fieldSentence(m_entity.columns[line.column], value.error()));
        line.problem->setVisible(isShown);
        if (value)
            values.insert(line.column, {*value, line.editor->label()});
        else
            m_areValuesValid = false;
    }
    m_problem->clear();
    m_model->setValues(values);
}

void BulkEditDialog::apply()
{
    const QList<Change> changes = m_model->changes();
    if (changes.isEmpty() || !m_areValuesValid)
        return;
    m_apply->setEnabled(false);
    whenFinished(m_services.changes.apply(
                     changes, tr("Change %1 %2").arg(changes.size()).arg(m_entity.plural.toLower())),
                 this, [this](const Expected<QList<AppliedChange>> &applied) {
                     if (applied) {
                         accept();
                         return;
                     }
                     m_apply->setEnabled(true);
                     m_problem->setText(tr("Nothing was changed: %1").arg(applied.error().sentence));
                 });
}

} // namespace desk
