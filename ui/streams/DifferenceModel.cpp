// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/DifferenceModel.h"

namespace desk {
namespace {

QString partText(DifferenceRow::Section section)
{
    switch (section) {
    case DifferenceRow::Section::Message:
        return DifferenceModel::tr("message");
    case DifferenceRow::Section::Headers:
        return DifferenceModel::tr("header");
    case DifferenceRow::Section::Key:
        return DifferenceModel::tr("key");
    case DifferenceRow::Section::Value:
        return DifferenceModel::tr("value");
    }
    return {};
}

QString stateText(DifferenceRow::Kind kind)
{
    switch (kind) {
    case DifferenceRow::Kind::Same:
        return DifferenceModel::tr("same");
    case DifferenceRow::Kind::Changed:
        return DifferenceModel::tr("differs");
    case DifferenceRow::Kind::OnlyLeft:
        return DifferenceModel::tr("only left");
    case DifferenceRow::Kind::OnlyRight:
        return DifferenceModel::tr("only right");
    case DifferenceRow::Kind::MaskedSame:
        return DifferenceModel::tr("masked, same");
    case DifferenceRow::Kind::MaskedChanged:
        return DifferenceModel::tr("masked, differs");
    case DifferenceRow::Kind::MaskedUnknown:
        return DifferenceModel::tr("masked, may differ");
    }
    return {};
}

} // namespace

void DifferenceModel::setDifference(const MessageDifference &difference)
{
    beginResetModel();
    m_difference = difference;
    choose();
    endResetModel();
}

void DifferenceModel::setShown(Shown shown)
{
    if (shown == m_shown)
        return;
    beginResetModel();
    m_shown = shown;
    choose();
    endResetModel();
}

void DifferenceModel::choose()
{
    m_rows.clear();
    for (int row = 0; row < m_difference.rows.size(); ++row) {
        if (m_shown == Shown::All || m_difference.rows[row].isDifferent())
            m_rows.append(row);
    }
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int DifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DifferenceModel::text(const DifferenceRow &row, int column)
{
    switch (column) {
    case PartColumn:
        return partText(row.section);
    case NameColumn:
        return row.name;
    case LeftColumn:
        return row.left;
    case RightColumn:
        return row.right;
    case StateColumn:
        return stateText(row.kind);
    default:
        return {};
    }
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const DifferenceRow &row = m_difference.rows[m_rows[index.row()]];
    if (role == KindRole)
        return int(row.kind);
    if (role == Qt::ToolTipRole)
        return text(row, index.column());
    if (role != Qt::DisplayRole)
        return {};
    // Bytes keep their blanks.
    const QString shown = text(row, index.column());
    return m_difference.manner == MessageDifference::Manner::Fields ? shown.simplified() : shown;
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartColumn:
        return tr("Part");
    case NameColumn:
        return tr("What");
    case LeftColumn:
        return tr("Left");
    case RightColumn:
        return tr("Right");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

QString DifferenceModel::text() const
{
    QStringList lines;
    for (const int row : m_rows) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells.append(text(m_difference.rows[row], column).replace(u'\t', u' ').replace(u'\n', u' '));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace desk
