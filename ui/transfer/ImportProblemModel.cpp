// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ImportProblemModel.h"

namespace desk {
namespace {

QVariant alignmentOf(int column)
{
    const bool isNumber = column == ImportProblemModel::LineColumn
        || column == ImportProblemModel::PlaceColumn;
    return QVariant(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

void ImportProblemModel::setProblems(const QList<RefusedRow> &problems)
{
    beginResetModel();
    m_problems = problems;
    endResetModel();
}

QString ImportProblemModel::toText(const QString &file) const
{
    QStringList lines;
    for (const RefusedRow &problem : m_problems)
        lines.append(QStringLiteral("%1:%2:%3: %4")
                         .arg(file)
                         .arg(problem.position.line)
                         .arg(problem.position.column)
                         .arg(problem.sentence));
    return lines.join(u'\n');
}

int ImportProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ImportProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant ImportProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RefusedRow &problem = m_problems[index.row()];
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role == Qt::ToolTipRole)
        return problem.sentence;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case LineColumn:
        return problem.position.line;
    case PlaceColumn:
        return problem.position.column;
    case FieldColumn: {
        const int column = m_entity.indexOf(problem.field);
        return column >= 0 ? m_entity.columns[column].label : problem.field;
    }
    default:
        return problem.sentence;
    }
}

QVariant ImportProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LineColumn:
        return tr("Line");
    case PlaceColumn:
        return tr("Column");
    case FieldColumn:
        return tr("Field");
    default:
        return tr("What is wrong");
    }
}

} // namespace desk
