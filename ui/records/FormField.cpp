// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/FormField.h"

#include "models/schema/ColumnText.h"
#include "models/schema/SensitiveNames.h"
#include "ui/records/FieldEditor.h"
#include "ui/shell/DeskServices.h"

#include <QLabel>
#include <QVBoxLayout>

namespace desk {

FormField::FormField(const Column &column, int index, DeskServices &services, QWidget *parent)
    : QWidget(parent)
    , m_column(column)
    , m_index(index)
    , m_editor(makeFieldEditor(column, FieldEditor::Place::Form, services.store, &services.images, this))
    , m_problem(new QLabel(this))
    , m_conflict(new QLabel(this))
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setText(column.required ? tr("%1 *").arg(column.label) : column.label);
    if (column.required)
        label->setToolTip(tr("Required"));
    label->setProperty("role", QStringLiteral("muted"));
    label->setBuddy(m_editor);

    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setObjectName(QStringLiteral("problem-") + column.name);
    m_problem->setWordWrap(true);
    m_problem->hide();

    m_conflict->setTextFormat(Qt::RichText); // two links; the rest is escaped
    m_conflict->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_conflict->setProperty("role", QStringLiteral("muted"));
    m_conflict->setObjectName(QStringLiteral("conflict-") + column.name);
    m_conflict->setWordWrap(true);
    m_conflict->hide();
    connect(m_conflict, &QLabel::linkActivated, this,
            [this](const QString &link) { link == QLatin1String("mine") ? keepMine() : takeTheirs(); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(label);
    layout->addWidget(m_editor);
    layout->addWidget(m_problem);
    layout->addWidget(m_conflict);

    m_editor->setReadOnly(column.readOnly);
    connect(m_editor, &FieldEditor::edited, this, [this] {
        if (m_editor->isSearching())
            setProblem({});
        else
            check();
        Q_EMIT edited();
    });
    connect(m_editor, &FieldEditor::left, this, [this] {
        if (m_editor->isTouched() && !m_editor->isSearching())
            check();
    });
}

void FormField::setBase(const QVariant &value, const QString &label)
{
    m_base = value;
    hideConflict();
    m_editor->setValue(value, label);
    setProblem({});
}

void FormField::follow(const QVariant &value, const QString &label, const QString &author)
{
    if (!isEdited()) {
        setBase(value, label);
        return;
    }
    if (sameValue(value, m_base)) {
        hideConflict(); // changed and changed back
        return;
    }
    const Expected<QVariant> typed = m_editor->value();
    if (typed && sameValue(*typed, value)) { // our own write has arrived, or the same was typed twice
        setBase(value, label);
        return;
    }
    if (author.isEmpty()) { // our own write has arrived, and the typing has gone on
        m_base = value;
        hideConflict();
        return;
    }
    m_theirs = {value, label};
    const QString text = m_column.sensitive ? MaskedValue.toString()
        : label.isEmpty()                   ? textOf(m_column, value)
                                            : label;
    m_conflict->setText(tr("%1 changed this to “%2” meanwhile: <a href=\"mine\">keep mine</a> or <a "
                           "href=\"theirs\">take theirs</a>")
                            .arg(author.toHtmlEscaped(), text.left(120).toHtmlEscaped()));
    m_conflict->setAccessibleName(tr("%1 was changed by %2 meanwhile").arg(m_column.label, author));
    m_conflict->show();
}

bool FormField::isEdited() const
{
    if (!m_editor->isTouched())
        return false;
    const Expected<QVariant> typed = m_editor->value();
    return !typed || !sameValue(*typed, m_base);
}

Expected<QVariant> FormField::value() const
{
    return m_editor->isTouched() ? m_editor->value() : Expected<QVariant>(m_base);
}

bool FormField::check()
{
    Expected<QVariant> typed = value();
    if (typed) {
        if (const Expected<> valid = validateValue(m_column, *typed); !valid)
            typed = tl::make_unexpected(valid.error());
    }
    setProblem(typed ? QString() : fieldSentence(m_column, typed.error()));
    return typed.has_value();
}

void FormField::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    m_editor->setInvalid(!sentence.isEmpty());
    if (QWidget *inner = m_editor->focusProxy())
        inner->setAccessibleDescription(sentence);
}

QString FormField::problem() const
{
    return m_problem->text();
}

void FormField::keepMine()
{
    if (m_theirs)
        m_base = m_theirs->value;
    hideConflict();
    Q_EMIT edited();
}

void FormField::takeTheirs()
{
    if (m_theirs) {
        const Theirs theirs = *m_theirs;
        setBase(theirs.value, theirs.label);
    }
    Q_EMIT edited();
}

void FormField::hideConflict()
{
    m_theirs.reset();
    m_conflict->hide();
}

} // namespace desk
