// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/HeaderTable.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace desk {
namespace {

constexpr int BytesRole = Qt::UserRole + 1; // QByteArray: what the text stands for
constexpr int ShownRole = Qt::UserRole + 2; // QString: while it is this one
constexpr int TableHeight = 96;

} // namespace

HeaderTable::HeaderTable(QWidget *parent) : QWidget(parent), m_table(new QTableWidget(0, 2, this))
{
    m_table->setObjectName(QStringLiteral("messageHeaders"));
    m_table->setAccessibleName(tr("Headers"));
    m_table->setHorizontalHeaderLabels({tr("Header"), tr("Value")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->resizeSection(0, 160);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->setFixedHeight(TableHeight);
    m_table->setTabKeyNavigation(false);
    auto *add = new QPushButton(tr("Add header"), this);
    add->setObjectName(QStringLiteral("addHeader"));
    add->setAutoDefault(false);
    auto *remove = new QPushButton(tr("Remove"), this);
    remove->setAccessibleName(tr("Remove the chosen header"));
    remove->setAutoDefault(false);
    remove->setEnabled(false);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, [this] {
        addHeader({}, {});
        m_table->setCurrentCell(m_table->rowCount() - 1, 0);
        m_table->editItem(m_table->currentItem());
    });
    connect(remove, &QPushButton::clicked, this, [this] { m_table->removeRow(m_table->currentRow()); });
    connect(m_table, &QTableWidget::currentCellChanged, this,
            [remove](int row) { remove->setEnabled(row >= 0); });
}

void HeaderTable::setHeaders(const QList<MessageHeader> &headers,
                             const QList<std::pair<QString, QString>> &shown)
{
    m_table->setRowCount(0);
    for (qsizetype index = 0; index < headers.size(); ++index) {
        const QString text = shown.value(index).second;
        addHeader(QString::fromUtf8(headers[index].name), text);
        QTableWidgetItem *value = m_table->item(m_table->rowCount() - 1, 1);
        value->setData(BytesRole, headers[index].value);
        value->setData(ShownRole, text);
    }
}

void HeaderTable::addHeader(const QString &name, const QString &value)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(name));
    m_table->setItem(row, 1, new QTableWidgetItem(value));
}

QList<MessageHeader> HeaderTable::headers() const
{
    QList<MessageHeader> headers;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QByteArray name = m_table->item(row, 0)->text().trimmed().toUtf8();
        if (name.isEmpty())
            continue;
        const QTableWidgetItem *value = m_table->item(row, 1);
        const bool isKept = value->data(BytesRole).isValid()
            && value->data(ShownRole).toString() == value->text();
        headers.append({name, isKept ? value->data(BytesRole).toByteArray() : value->text().toUtf8()});
    }
    return headers;
}

} // namespace desk
