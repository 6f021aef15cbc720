// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FindBar.h"

#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace desk {

FindBar::FindBar(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new QLineEdit(this))
    , m_case(new QToolButton(this))
    , m_expression(new QToolButton(this))
    , m_result(new QLabel(this))
    , m_problem(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setPlaceholderText(tr("Find in this tab"));
    m_text->setAccessibleName(tr("Find in this tab"));
    m_text->setToolTip(tr("Find in this tab. In Hex, “0a 04” and “0x0a04” are found as bytes, too. "
                          "Masked values are not looked into."));
    m_text->setClearButtonEnabled(true);
    m_result->setObjectName(QStringLiteral("findResult"));
    m_result->setTextFormat(Qt::PlainText);
    m_result->setProperty("role", QStringLiteral("muted"));

    const auto makeToggle = [this](QToolButton *button, const QString &text, const QString &name,
                                   const QString &objectName) {
        button->setText(text);
        button->setCheckable(true);
        button->setProperty("flat", true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setObjectName(objectName);
        connect(button, &QToolButton::toggled, this, &FindBar::patternChanged);
    };
    makeToggle(m_case, QStringLiteral("Aa"), tr("Upper and lower case as typed (Alt+C)"),
               QStringLiteral("findCase"));
    m_case->setShortcut(QKeySequence(Qt::ALT | Qt::Key_C));
    makeToggle(m_expression, QStringLiteral(".*"), tr("Regular expression (Alt+X)"),
               QStringLiteral("findExpression"));
    m_expression->setShortcut(QKeySequence(Qt::ALT | Qt::Key_X));
    const auto makeButton = [this](const QString &icon, const QString &name, auto signal) {
        auto *button = new QToolButton(this);
        button->setIcon(m_theme.icon(icon, Theme::IconColour::Muted));
        button->setProperty("flat", true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::clicked, this, signal);
        return button;
    };

    m_problem->setObjectName(QStringLiteral("findProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(12, 4, 8, 4);
    whole->setSpacing(2);
    auto *layout = new QHBoxLayout;
    layout->setSpacing(4);
    whole->addLayout(layout);
    whole->addWidget(m_problem);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_case);
    layout->addWidget(m_expression);
    layout->addWidget(m_result);
    layout->addWidget(
        makeButton(QStringLiteral("chevron-up"), tr("Previous (Shift+F3)"), &FindBar::previousRequested));
    layout->addWidget(makeButton(QStringLiteral("chevron-down"), tr("Next (F3)"), &FindBar::nextRequested));
    layout->addWidget(makeButton(QStringLiteral("close"), tr("Close the find line (Esc)"), &FindBar::closed));
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::patternChanged);
    hide();
}

void FindBar::open()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

FilterPattern FindBar::pattern() const
{
    return {m_expression->isChecked() ? FilterPattern::Kind::Expression : FilterPattern::Kind::Text,
            m_text->text(), m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive};
}

void FindBar::setResult(const QString &text)
{
    m_result->setText(text);
    m_problem->hide();
    Theme::setProperty(m_text, "invalid", false);
    m_text->setAccessibleDescription(text);
}

void FindBar::setProblem(const QString &sentence)
{
    m_result->clear();
    m_problem->setText(sentence);
    m_problem->show();
    Theme::setProperty(m_text, "invalid", true);
    m_text->setAccessibleDescription(sentence);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & Qt::ShiftModifier)
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return;
    case Qt::Key_Escape:
        Q_EMIT closed();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace desk
