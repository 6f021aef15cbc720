// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/FilterField.h"

#include "ui/records/FieldEditor.h"
#include "ui/shell/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace desk {
namespace {

// Denser than a form's fields; the colours stay the theme's.
const QString FieldSheet = QStringLiteral(
    "padding: 0 6px; min-height: 18px; border-radius: 4px; font-size: 12px;");

QString placeholderOf(const Column &column)
{
    if (column.sensitive)
        return QStringLiteral("!empty");
    if (column.isNumber() && !column.isReference())
        return QStringLiteral("≤ 200");
    if (column.type == ColumnType::Timestamp)
        return QStringLiteral("> 2024-01-31");
    return FilterField::tr("contains…");
}

} // namespace

FilterField::FilterField(const EntityType &entity, int columnIndex, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_column(columnIndex)
{
    const Column &column = entity.columns[columnIndex];
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);

    const bool isBoolean = column.type == ColumnType::Boolean;
    const bool isChosen = isBoolean || (!column.allowed.isEmpty() && column.allowed.size() <= ListedUpTo);
    if (isChosen && !column.sensitive) {
        m_combo = new QComboBox(this);
        m_combo->addItem(tr("any"), QString());
        if (isBoolean) {
            m_combo->addItem(tr("yes"), QStringLiteral("=true"));
            m_combo->addItem(tr("no"), QStringLiteral("=false"));
        }
        for (const QString &value : column.allowed)
            m_combo->addItem(value, QString(u'=' + value));
        m_combo->setMinimumContentsLength(1);
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(m_combo, &QComboBox::currentIndexChanged, this, &FilterField::takeText);
    } else {
        m_line = new QLineEdit(this);
        if (columnIndex != entity.idColumn)
            m_line->setPlaceholderText(placeholderOf(column));
        if (column.isNumber() && !column.isReference())
            m_line->setAlignment(Qt::AlignRight);
        m_line->setToolTip(column.sensitive
                               ? tr("Sensitive values are not searched. Only: empty, !empty. Esc clears.")
                               : tr("Text: contains. Also: =x, !=x, < 5, <= 5, > 5, >= 5, 10..20, empty, "
                                    "!empty. Esc clears."));
        connect(m_line, &QLineEdit::textEdited, &m_debounce, qOverload<>(&QTimer::start));
    }
    inner()->setStyleSheet(FieldSheet);
    inner()->setObjectName(QStringLiteral("filter-") + column.name);
    inner()->setAccessibleName(tr("Filter %1").arg(column.label));
    inner()->installEventFilter(this);
    layout->addWidget(inner());
    setFocusProxy(inner());

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(DebounceMilliseconds);
    connect(&m_debounce, &QTimer::timeout, this, &FilterField::takeText);
}

QWidget *FilterField::inner() const
{
    return m_line ? static_cast<QWidget *>(m_line) : m_combo;
}

QString FilterField::text() const
{
    return m_line ? m_line->text() : m_combo->currentData().toString();
}

void FilterField::setText(const QString &text)
{
    if (m_line)
        m_line->setText(text);
    else
        m_combo->setCurrentIndex(std::max(0, m_combo->findData(text)));
    takeText();
}

void FilterField::takeText()
{
    m_debounce.stop();
    const QString problemBefore = m_problem;
    const Expected<std::optional<ColumnFilter>> filter = filterFromText(m_entity, m_column, text());
    m_problem = filter ? QString() : fieldSentence(m_entity.columns[m_column], filter.error());
    Theme::setProperty(inner(), "invalid", !filter);
    Theme::setProperty(inner(), "set", filter && filter->has_value());
    inner()->setAccessibleDescription(m_problem);
    if (m_problem != problemBefore)
        Q_EMIT problemChanged();
    if (filter && *filter != m_filter) {
        m_filter = *filter;
        Q_EMIT filterChanged();
    }
}

bool FilterField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        Q_EMIT problemChanged(); // the sentence is shown while the focus is here
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            clear();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            takeText();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace desk
