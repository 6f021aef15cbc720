// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/AdminDialog.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

AdminDialog::AdminDialog(const QString &title, const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_explanation(new QLabel(this))
    , m_form(new QFormLayout)
    , m_problem(new QLabel(this))
    , m_submit(new QPushButton(verb, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(460);
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("role", QStringLiteral("muted"));
    m_explanation->hide();
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_problem->setObjectName(QStringLiteral("dialogProblem"));
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_submit->setObjectName(QStringLiteral("submitDialog"));
    m_submit->setProperty("primary", true);
    m_submit->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(cancel, 0, Qt::AlignBottom);
    foot->addWidget(m_submit, 0, Qt::AlignBottom);
    m_body->addWidget(m_explanation);
    m_body->addLayout(m_form);
    m_body->setSpacing(10);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(12);
    layout->addLayout(m_body, 1);
    layout->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &AdminDialog::submit);
}

void AdminDialog::setExplanation(const QString &text)
{
    m_explanation->setText(text);
    m_explanation->setVisible(!text.isEmpty());
}

void AdminDialog::addWide(QWidget *widget, int stretch)
{
    m_body->addWidget(widget, stretch);
}

void AdminDialog::setReady(bool isReady)
{
    m_isReady = isReady;
    updateButton();
}

void AdminDialog::setVerb(const QString &verb)
{
    m_submit->setText(verb);
}

void AdminDialog::updateButton()
{
    m_submit->setEnabled(m_isReady && !m_isBusy);
}

void AdminDialog::submit()
{
    const QString sentence = check();
    showProblem(sentence);
    if (!sentence.isEmpty())
        return;
    m_isBusy = true;
    updateButton();
    Q_EMIT submitted();
}

void AdminDialog::finish(const Expected<> &outcome)
{
    m_isBusy = false;
    updateButton();
    if (outcome)
        accept();
    else
        showProblem(outcome.error().sentence);
}

void AdminDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
}

QString AdminDialog::problem() const
{
    return m_problem->text();
}

} // namespace desk
